import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { type Answered, answeredChanges, type LedgerPart } from '../../plan/billing/time-plan.ts';
import { auditWrite } from './audit-write.ts';
import type { PlannedSubject, WritingDesk } from './billing-job.ts';
import { parkSubject, type Trouble } from './park-billing.ts';
import { settledDecisions, troublesOf } from './remember-billing.ts';

/** A write that a call carries out by itself. */
export interface SingleWrite<Write> {
  readonly one: PlannedSubject;
  readonly write: Write & LedgerPart & { readonly action: 'create' | 'update' | 'delete' };
  /** What the audit says of it. */
  readonly after: string;
  /** Subjects that have to be written before. */
  readonly needs?: readonly string[];
}

/** So many writes without an answer in a row: the system is away. */
const MOST_SILENT = 3;

/**
 * Sends one after the other: at 60 calls a minute nothing is gained by sending several at once. Each is announced to the
 * ledger before it is sent and remembered as soon as it is answered, so that a run may break off anywhere. Ends between
 * two when asked to stop.
 */
export async function writeOneByOne<Write>(
  writes: readonly SingleWrite<Write>[],
  send: (write: Write) => Promise<Answered>,
  desk: WritingDesk,
): Promise<void> {
  const { progress, stop } = desk.ports;
  if (writes.length === 0) return;
  progress.begin('write-right', writes.length);
  const failed = new Map<string, StackbridgeError>();
  let silent = 0;
  for (const single of writes) {
    if (stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between two writes');
    const { id } = single.one.subject;
    const missing = single.needs?.map((need) => failed.get(need)).find((error) => error !== undefined);
    const error = missing ?? (await writeOne(single, send, desk));
    if (missing !== undefined) await tellFailure(single, missing, desk);
    if (error !== undefined) failed.set(id, error);
    silent = error?.class === 'Transient' && missing === undefined ? silent + 1 : 0;
    if (error !== undefined && silent >= MOST_SILENT) throw error;
    progress.advance('write-right', 1);
  }
  progress.end('write-right');
}

/** @returns why it is not there, where it is not, or nobody knows */
async function writeOne<Write>(
  single: SingleWrite<Write>,
  send: (write: Write) => Promise<Answered>,
  desk: WritingDesk,
): Promise<StackbridgeError | undefined> {
  const { ports, guard, context, tally, writes, parked } = desk;
  const { one, write, after } = single;
  await guard.hold();
  await ports.ledger.commitLedger(guard.lease, write.intent);
  const decided = settledDecisions(one, context.scope);
  if (decided.length > 0) await ports.store.commit(guard.lease, decided);

  let answer: Answered;
  try {
    answer = await send(write);
  } catch (error) {
    if (!(error instanceof StackbridgeError) || endsTheRun(error)) throw error;
    await guard.hold();
    if (isWithout(write.action, error)) await ports.ledger.commitLedger(guard.lease, write.withdrawal);
    await tellFailure(single, error, desk);
    return error;
  }
  await guard.hold();
  await ports.ledger.commitLedger(guard.lease, answeredChanges(write, answer));
  const troubles = troublesOf(one);
  writes.xero++;
  tally.settle(troubles.length > 0 ? 'conflicts' : 'applied');
  await ports.store.commit(guard.lease, [
    auditWrite(one.subject.id, { recordId: answer.id, action: write.action, after }, desk),
    ...parkSubject(one.subject, troubles, parked.get(one.subject.id) ?? [], context),
  ]);
  return undefined;
}

async function tellFailure<Write>(
  { one }: SingleWrite<Write>,
  { class: kindOfError, code, message }: StackbridgeError,
  { ports, guard, context, tally, parked }: WritingDesk,
): Promise<void> {
  const kind = kindOfError === 'Conflict' ? 'conflict' : 'failure';
  const troubles: Trouble[] = [...troublesOf(one), { kind, code, message }];
  tally.settle(kind === 'conflict' ? 'conflicts' : 'failed');
  const before = parked.get(one.subject.id) ?? [];
  await ports.store.commit(guard.lease, parkSubject(one.subject, troubles, before, context));
}

/** The next write would fail as well. */
function endsTheRun({ class: kind, code }: StackbridgeError): boolean {
  const isOfAll = kind === 'Reconnect' || kind === 'Throttled' || kind === 'InvalidRecipe' || kind === 'Bug';
  return isOfAll || code === 'STOPPED' || code === 'LEASE_LOST';
}

/** Nothing of it is there for certain: an update may have got half-way. */
function isWithout(action: 'create' | 'update' | 'delete', { class: kind }: StackbridgeError): boolean {
  return kind === 'Conflict' || (kind === 'Rejected' && action === 'create');
}
