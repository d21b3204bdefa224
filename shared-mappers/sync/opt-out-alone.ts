import { CONSENT_NAME } from '../plan/plan-consent.ts';
import type { Connector, WriteResult } from '../ports/connector.ts';
import type { QueuedOperation } from '../ports/scratch.ts';
import type { StoreChange } from '../ports/store.ts';
import type { WritingDesk } from './desk.ts';
import { requestOf } from './payload-of.ts';
import { settleWritten } from './settle.ts';

/**
 * An opt-out must not fail for a value that travels with it: a validation rule, a choice withdrawn, a text too long.
 * What was refused together goes once more as the opt-out alone; the value stays refused, and is told as such.
 */
export async function sendOptOutsAlone(
  batch: readonly QueuedOperation[],
  results: readonly WriteResult[],
  connector: Connector,
  desk: WritingDesk,
): Promise<void> {
  const alone = batch.filter((queued, index) => isHeldUp(queued, results[index])).map(withoutValues);
  if (alone.length === 0) return;
  const answers = await connector.write(alone.map((queued) => requestOf(queued, desk.job)));
  const changes: StoreChange[] = [];
  for (const [index, queued] of alone.entries()) {
    const answer = answers[index];
    if (answer?.outcome !== 'written') continue;
    changes.push(...settleWritten(queued, answer, desk));
    desk.writes[connector.system] = (desk.writes[connector.system] ?? 0) + 1;
  }
  await desk.ports.store.commit(desk.guard.lease, changes);
}

function isHeldUp({ operation }: QueuedOperation, result: WriteResult | undefined): boolean {
  if (operation.action !== 'opt-out' || !operation.changes.some(({ rule }) => rule >= 0)) return false;
  // A record that is gone is looked at again as a whole.
  return result?.outcome === 'refused' && result.error.code !== 'RECORD_GONE';
}

function withoutValues(queued: QueuedOperation): QueuedOperation {
  const { operation } = queued;
  return {
    ...queued,
    operation: { ...operation, changes: operation.changes.filter(({ name }) => name === CONSENT_NAME) },
  };
}
