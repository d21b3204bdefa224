import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import { listOrganisations } from '@stackbridge/shared-mappers/connectors/zoho-books/organisation.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import { listPortals } from '@stackbridge/shared-mappers/connectors/zoho-projects/portal.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { zohoConnection } from '../connection/zoho.ts';
import { located } from '../located.ts';
import { startNode } from '../ports/node-ports.ts';
import { found } from './found.ts';
import { listed } from './listed.ts';

const editing = z.object({ portal: located.default('') });

export function searchPortals(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return listed(this, async () => found(await listPortals(await zohoClient(this, 'zoho-projects')), filter));
}

/** Projects of the chosen portal. */
export function searchProjects(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return listed(this, async () => {
    const { portal } = editing.parse(this.getCurrentNodeParameters() ?? {});
    const client = await zohoClient(this, 'zoho-projects');
    const source = createZohoProjectsConnector({ client, ...(portal === '' ? {} : { portal }) });
    const projects: { readonly id: string; readonly name: string }[] = [];
    for await (const page of source.projects())
      for (const { id, name, customerName = '' } of page)
        projects.push({ id, name: customerName === '' ? name : `${name} (${customerName})` });
    return found(projects, filter);
  });
}

export function searchBooksOrganisations(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  return listed(this, async () => {
    const organisations = await listOrganisations(await zohoClient(this, 'zoho-books'));
    return found(
      organisations.map(({ organization_id: id, name }) => ({ id, name })),
      filter,
    );
  });
}

async function zohoClient(
  context: ILoadOptionsFunctions,
  system: 'zoho-projects' | 'zoho-books',
): Promise<SystemClient> {
  return clientTo({ ...startNode(context), system, connection: await zohoConnection(context, system) });
}
