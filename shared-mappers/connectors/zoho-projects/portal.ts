import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { firstText, Text, ZohoId } from './identity.ts';
import { bodyOf, rowsUnder } from './listing.ts';

/** What all paths go through: one account may have several. */
export interface Portal {
  readonly id: string;
  /** As it stands in its web address: `acme`. */
  readonly name: string;
  /** `/api/v3/portal/60018022310` */
  readonly path: string;
}

const PortalRow = z.object({
  id: ZohoId,
  name: Text,
  portal_name: Text,
  is_default: z.union([z.boolean(), z.string().transform((text) => text === 'true')]).catch(false),
});
type PortalRow = z.infer<typeof PortalRow>;
const portalsOf = rowsUnder(PortalRow, 'portals');

/**
 * @param nameOrId absent: the only portal, or the account's default
 * @throws StackbridgeError `RECIPE_INVALID` where there is no such portal, or none stands out
 */
export async function findPortal(client: SystemClient, nameOrId: string | undefined): Promise<Portal> {
  const rows = await portalRows(client);
  const wanted = nameOrId?.toLowerCase();
  const found =
    wanted === undefined
      ? rows.length === 1
        ? rows[0]
        : rows.find((row) => row.is_default)
      : rows.find((row) => namesOf(row).includes(wanted));
  if (found !== undefined) return portalOf(found);
  const names = rows.map(webNameOf).join(', ');
  throw new StackbridgeError(
    'RECIPE_INVALID',
    nameOrId === undefined
      ? `Zoho Projects has ${rows.length} portals and no default one: name one of ${names}`
      : `Zoho Projects has no portal ${nameOrId} for this account; it has ${names || 'none'}`,
    { system: 'zoho-projects' },
  );
}

/** Every portal of the account. */
export async function listPortals(client: SystemClient): Promise<Portal[]> {
  return (await portalRows(client)).map(portalOf);
}

/** The one listing without pages. */
async function portalRows(client: SystemClient): Promise<PortalRow[]> {
  const answer = await client.send({ method: 'GET', path: '/api/v3/portals' }, { repeatable: true });
  return portalsOf(bodyOf(answer));
}

function portalOf(row: PortalRow): Portal {
  return { id: row.id, name: webNameOf(row), path: `/api/v3/portal/${encodeURIComponent(row.id)}` };
}

function webNameOf({ id, name, portal_name }: PortalRow): string {
  return firstText(portal_name, name) ?? id;
}

function namesOf({ id, name, portal_name }: PortalRow): string[] {
  return [id, name, portal_name].flatMap((text) => text?.toLowerCase() ?? []);
}
