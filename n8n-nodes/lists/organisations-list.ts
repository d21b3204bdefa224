import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { organisationsOf } from '../billing/organisations.ts';
import { startNode } from '../ports/node-ports.ts';
import { found } from './found.ts';
import { listed } from './listed.ts';

export function searchOrganisations(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  return listed(this, async () => {
    const known = await organisationsOf(this, startNode(this).http);
    return found(
      known.map(({ name, tenantId }) => ({ name, id: tenantId })),
      filter,
    );
  });
}
