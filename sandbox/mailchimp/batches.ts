import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { z } from 'zod';
import { type Account, freshId, nowS } from './account.ts';
import { invalidResource, notFound } from './problem.ts';

/** One operation of a batch. */
const Operation = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().min(1),
  params: z.record(z.string(), z.unknown()).optional(),
  body: z.string().optional(),
  operation_id: z.string().optional(),
});
export type Operation = z.infer<typeof Operation>;

/** Most operations one batch may carry. */
const MOST_OPERATIONS = 1000;
/** Most batches that may wait for their results at once. */
const MOST_PENDING = 500;
/** How long the address of the results is good for. */
const RESULT_LIFE_S = 600;
/** How long results are kept. */
const KEPT_S = 7 * 24 * 3600;

/** Body of `POST /batches`. */
export const NewBatch = z.object({ operations: z.array(Operation).max(MOST_OPERATIONS) });

/** How one operation ended; `response` is JSON text. */
export interface OperationResult {
  status_code: number;
  operation_id: string | null;
  response: string;
}

/** Operations handed in together, carried out later. */
export interface Batch {
  id: string;
  status: 'pending' | 'started' | 'finished';
  operations: readonly Operation[];
  results: OperationResult[];
  submittedS: number;
  completedS: number | undefined;
  /** The signature in the results' address, and until when it is good. */
  signature: string;
  signedUntilS: number;
}

export function addBatch(account: Account, operations: readonly Operation[]): Batch {
  let pending = 0;
  for (const batch of account.batches.values()) if (batch.status !== 'finished') pending += 1;
  if (pending >= MOST_PENDING) throw invalidResource(`You have more than ${MOST_PENDING} pending batches.`);
  const batch: Batch = {
    id: freshId(account, 'batch'),
    status: 'pending',
    operations,
    results: [],
    submittedS: nowS(account),
    completedS: undefined,
    signature: '',
    signedUntilS: 0,
  };
  account.batches.set(batch.id, batch);
  return batch;
}

/** @throws Problem 404, also once the results are too old to be kept */
export function findBatch(account: Account, id: string): Batch {
  const batch = account.batches.get(id);
  if (batch === undefined || nowS(account) - batch.submittedS > KEPT_S) throw notFound();
  return batch;
}

/**
 * Moves a batch on by one step, each time it is looked at: pending, started, finished. The operations are carried
 * out on the way to `finished`.
 */
export function advanceBatch(
  account: Account,
  batch: Batch,
  run: (operation: Operation) => OperationResult,
): void {
  if (batch.status === 'pending') {
    batch.status = 'started';
  } else if (batch.status === 'started') {
    batch.results = batch.operations.map(run);
    batch.status = 'finished';
    batch.completedS = nowS(account);
  }
  if (batch.status === 'finished') {
    batch.signature = freshId(account, `results:${batch.id}`, 32);
    batch.signedUntilS = nowS(account) + RESULT_LIFE_S;
  }
}

/** The results as they are downloaded: JSON files in a gzipped tar. @throws Problem when the address is stale */
export async function batchResults(account: Account, id: string, signature: string): Promise<Buffer> {
  const batch = findBatch(account, id);
  if (batch.signature === '' || batch.signature !== signature || nowS(account) > batch.signedUntilS)
    throw notFound();
  const archive = pack();
  archive.entry({ name: `${batch.id}/`, type: 'directory' });
  archive.entry({ name: `${batch.id}/${freshId(account, 'file')}.json` }, JSON.stringify(batch.results));
  archive.finalize();
  return gzipSync(await buffer(archive));
}
