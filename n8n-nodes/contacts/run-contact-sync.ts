import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { memoryMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import {
  type Execution,
  type Request,
  syncWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import { NodeFault } from '../errors/node-fault.ts';
import type { NodePorts } from '../ports/node-ports.ts';

/** Addresses are compared within one execution only: the key protects nothing that is kept. */
const KEY = fingerprintKey('00000000000000000000000000000000');

export interface Sides {
  readonly left: Connector;
  readonly right: Connector;
}

export interface ContactSyncRun {
  readonly execution: Execution;
  /** What a first sync sets off, and what the recipe cannot keep apart. */
  readonly notes: readonly string[];
}

/**
 * One plan over everybody that the request names, then batched writes.
 *
 * @throws NodeFault where the recipe does not fit both systems; what the core's `syncWithoutStore` throws
 */
export async function runContactSync(
  recipe: ContactSyncRecipe,
  sides: Sides,
  request: Request,
  ports: NodePorts,
): Promise<ContactSyncRun> {
  const { clock } = ports;
  const prepared = await prepareContactSync({ recipe, ...sides, store: memoryMemos(), clock, key: KEY });
  if ('problems' in prepared)
    throw new NodeFault(
      `The recipe does not fit both systems. ${prepared.problems.map(({ message }) => message).join('; ')}`,
      'Correct the fields of the node, or the fields of the systems.',
    );
  return {
    execution: await syncWithoutStore(prepared.job, { ...ports, ...sides }, request),
    notes: prepared.notes,
  };
}
