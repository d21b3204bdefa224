import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { organisationsOf } from '../billing/organisations.ts';
import { startNode } from '../ports/node-ports.ts';
import { listed } from './listed.ts';

export function searchOrganisations(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  return listed(this, async () => {
    const known = await organisationsOf(this, startNode(this).http);
    const wanted = filter.toLowerCase();
    return {
      results: known
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .map(({ name, tenantId }) => ({ name, value: tenantId })),
    };
  });
}
