import { z } from 'zod';
import type { Project } from '../../model/billing/project-work.ts';
import { firstText, idOf, Reference, Text, ZohoId } from './identity.ts';

/** How the customer is written is not documented: as an object, or as id and name of its own. */
export const ProjectRow = z.object({
  id: ZohoId,
  name: z.string(),
  key: Text,
  prefix: Text,
  client: Reference,
  customer: Reference,
  client_id: Text,
  client_name: Text,
  project_group: Reference,
  group: Reference,
  budget_info: z.object({ currency: Text }).nullish().catch(undefined),
  currency: Text,
});
type ProjectRow = z.infer<typeof ProjectRow>;

/** @param webUrl address of the portal's web pages; absent: the project has no link */
export function toProject(row: ProjectRow, webUrl: string | undefined): Project {
  const key = firstText(row.key, row.prefix);
  const customerId = firstText(idOf(row.client), idOf(row.customer), row.client_id);
  const customerName = firstText(row.client?.name, row.customer?.name, row.client_name);
  const currency = /^[A-Z]{3}$/.exec(firstText(row.budget_info?.currency, row.currency) ?? '')?.[0];
  const category = firstText(row.project_group?.name, row.group?.name);
  return {
    id: row.id,
    name: row.name,
    ...(key === undefined ? {} : { key }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(customerName === undefined ? {} : { customerName }),
    ...(currency === undefined ? {} : { currency }),
    ...(category === undefined ? {} : { category }),
    ...(webUrl === undefined ? {} : { url: `${webUrl}#zp/projects/${row.id}` }),
  };
}
