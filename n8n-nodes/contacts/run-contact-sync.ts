import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { memoryMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import {
  type Execution,
  type Request,
  syncWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import { unfitRecipe } from '../errors/unfit-recipe.ts';
import type { NodePorts } from '../ports/node-ports.ts';
import type { Described } from './mark-fields.ts';

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
 * @throws StackbridgeError where the recipe does not fit both systems, and what the core's `syncWithoutStore` throws
 */
export async function runContactSync(
  { recipe, memos, notes }: Described,
  sides: Sides,
  request: Request,
  ports: NodePorts,
): Promise<ContactSyncRun> {
  const { clock } = ports;
  const store = memoryMemos(memos);
  const prepared = await prepareContactSync({ recipe, ...sides, store, clock, key: KEY });
  if ('problems' in prepared) throw unfitRecipe(prepared.problems, 'both systems');
  const execution = await syncWithoutStore(prepared.job, { ...ports, ...sides }, request);
  return { execution, notes: [...notes, ...prepared.notes] };
}
