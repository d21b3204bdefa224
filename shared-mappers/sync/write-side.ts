import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Side } from '../model/side.ts';
import type { Connector, WriteResult } from '../ports/connector.ts';
import type { QueuedOperation, Scratch } from '../ports/scratch.ts';
import type { StoreChange } from '../ports/store.ts';
import type { WritingDesk } from './desk.ts';
import { connectorOf } from './job.ts';
import { sendOptOutsAlone } from './opt-out-alone.ts';
import { requestOf } from './payload-of.ts';
import { settleIntent, settleRefused, settleWritten } from './settle.ts';

/**
 * Writes one side's part of the plan, batch by batch, remembering each batch as soon as it is answered. Ends between
 * batches when asked to stop. Rejects only for what concerns the connection as a whole; every record is accounted for.
 */
export async function writeSide(side: Side, scratch: Scratch, desk: WritingDesk): Promise<void> {
  const connector = connectorOf(desk.ports, side);
  const total = await scratch.countOperations(side);
  if (total === 0) return;
  const phase = side === 'left' ? 'write-left' : 'write-right';
  desk.ports.progress.begin(phase, total);

  const inFlight = new Set<Promise<void>>();
  let failure: unknown;
  let after: QueuedOperation | undefined;
  for (;;) {
    const batch = await scratch.operations(side, after, connector.capabilities.writeBatch);
    const first = batch[0];
    if (first === undefined || failure !== undefined) break;
    // Opt-outs are through before anything else begins, and a member's rename waits for its opt-out.
    const turns =
      after !== undefined &&
      (after.operation.priority !== first.operation.priority ||
        after.operation.action !== first.operation.action);
    if (turns) await Promise.all(inFlight);
    if (desk.ports.stop.requested) break;
    if (isBulk(connector, first, total)) {
      after = await writeInBulk(side, first, after, connector, scratch, desk);
      continue;
    }
    after = batch.at(-1);
    const sending = sendBatch(batch, connector, desk)
      .then(() => desk.ports.progress.advance(phase, batch.length))
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= connector.capabilities.writeConcurrency) await Promise.race(inFlight);
  }
  await Promise.all(inFlight);
  if (failure !== undefined) throw failure;
  desk.ports.progress.end(phase);
  if (desk.ports.stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between batches');
}

function isBulk(connector: Connector, first: QueuedOperation, total: number): boolean {
  const { action } = first.operation;
  return (
    connector.writeBulk !== undefined &&
    total >= (connector.bulkThreshold ?? Number.POSITIVE_INFINITY) &&
    (action === 'create' || action === 'update')
  );
}

async function sendBatch(
  batch: readonly QueuedOperation[],
  connector: Connector,
  desk: WritingDesk,
): Promise<void> {
  await announce(batch, desk);
  const results = await connector.write(batch.map((queued) => requestOf(queued, desk.job)));
  const away = silence(results);
  if (away !== undefined) throw away;
  await settleBatch(batch, results, connector, desk);
  await sendOptOutsAlone(batch, results, connector, desk);
}

/** No record of the batch was answered: the system is away, and its records are not at fault. The next run reads back. */
function silence(results: readonly WriteResult[]): StackbridgeError | undefined {
  const first = results[0];
  const silent = (result: WriteResult): boolean =>
    result.outcome !== 'written' && result.error.code === 'NO_ANSWER';
  return first !== undefined && first.outcome !== 'written' && results.every(silent)
    ? first.error
    : undefined;
}

/** What a batch is about to create is remembered before it is sent: a crash afterwards looks for it first. */
async function announce(batch: readonly QueuedOperation[], desk: WritingDesk): Promise<void> {
  await desk.guard.hold();
  if (batch[0]?.operation.action !== 'create') return;
  const batchId = desk.ports.random.id();
  const at = desk.ports.clock.now();
  const intents = batch.map(({ operation, subject }): StoreChange => {
    const sourceId = (operation.side === 'left' ? subject.rightId : subject.leftId) ?? '';
    return { kind: 'intent', intent: { scope: desk.job.scope, side: operation.side, sourceId, batchId, at } };
  });
  await desk.ports.store.commit(desk.guard.lease, intents);
}

async function settleBatch(
  batch: readonly QueuedOperation[],
  results: readonly WriteResult[],
  connector: Connector,
  desk: WritingDesk,
): Promise<void> {
  if (results.length !== batch.length) {
    throw new StackbridgeError(
      'BUG',
      `${connector.system} answered ${results.length} of ${batch.length} records`,
    );
  }
  const changes: StoreChange[] = [];
  const { tally } = desk;
  for (const [index, queued] of batch.entries()) {
    const result = results[index];
    const subject = queued.subject.key;
    if (result === undefined) continue;
    if (result.outcome === 'written') {
      changes.push(...settleWritten(queued, result, desk));
      if (queued.operation.action === 'create' && desk.job.marks?.partner !== undefined)
        desk.created.push({ side: queued.operation.side, id: result.id, operation: queued });
      desk.writes[connector.system] = (desk.writes[connector.system] ?? 0) + 1;
      tally.operationDone(subject);
      continue;
    }
    if (mayBeSettledNow(queued, result)) {
      desk.again.push(queued);
      changes.push(...settleIntent(queued, desk.job.scope));
      tally.withdraw(subject);
      continue;
    }
    const { changes: parking, parked } = settleRefused(queued, result, desk);
    changes.push(...parking);
    const { leftId } = queued.subject;
    if (parked.kind === 'terminal' && leftId !== undefined) {
      desk.outcomes.push({ leftId, subject, code: parked.code });
    }
    tally.operationNotDone(
      subject,
      parked.kind === 'terminal'
        ? { excluded: parked.message }
        : parked.kind === 'conflict'
          ? 'conflict'
          : 'failed',
    );
  }
  await desk.ports.store.commit(desk.guard.lease, changes);
}

/** The record turned out to exist, or to be gone: reading it once more settles what no retry would. */
function mayBeSettledNow(
  { operation }: QueuedOperation,
  result: Exclude<WriteResult, { outcome: 'written' }>,
): boolean {
  return (
    (operation.action === 'create' && result.error.code === 'MEMBER_EXISTS') ||
    (operation.action !== 'create' && result.error.code === 'RECORD_GONE')
  );
}

/** Feeds every operation of one action into the system's bulk interface and settles answers as they come. */
async function writeInBulk(
  side: Side,
  first: QueuedOperation,
  start: QueuedOperation | undefined,
  connector: Connector,
  scratch: Scratch,
  desk: WritingDesk,
): Promise<QueuedOperation | undefined> {
  const phase = side === 'left' ? 'write-left' : 'write-right';
  const waiting: QueuedOperation[][] = [];
  let last = start;
  async function* requests() {
    for (;;) {
      if (desk.ports.stop.requested) return;
      const batch = await scratch.operations(side, last, 2000);
      const { operation } = first;
      const next = batch[0]?.operation;
      if (next === undefined || next.priority !== operation.priority || next.action !== operation.action)
        return;
      await announce(batch, desk);
      waiting.push(batch);
      last = batch.at(-1);
      yield batch.map((queued) => requestOf(queued, desk.job));
    }
  }
  for await (const results of connector.writeBulk?.(requests()) ?? []) {
    const batch = waiting.shift() ?? [];
    await settleBatch(batch, results, connector, desk);
    desk.ports.progress.advance(phase, batch.length);
  }
  return last;
}
