import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import { chainOf, webhookNode } from '../n8n/chain.ts';
import type { N8nClient } from '../n8n/client.ts';
import { connectAll } from '../n8n/sandbox-credentials.ts';
import { contactSyncNode } from '../people-recipe.ts';
import type { Side } from './side.ts';

/** One Contact Sync node, which is the same in both directions. */
export async function openPack(client: N8nClient, systems: SimulatedSystems): Promise<Side> {
  const credentials = await connectAll(client, systems);
  return {
    name: 'this pack',
    workflow: (direction, path) =>
      chainOf(`this pack ${direction}`, [
        webhookNode(path),
        contactSyncNode(credentials, { lookAt: 'everything' }),
      ]),
  };
}
