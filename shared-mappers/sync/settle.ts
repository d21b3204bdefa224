import { consentEntries } from '../merge/consent.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { Parked } from '../model/parked.ts';
import type { FieldChange } from '../plan/operation.ts';
import { isMark } from '../plan/record-marks.ts';
import type { WriteResult } from '../ports/connector.ts';
import type { QueuedOperation } from '../ports/scratch.ts';
import type { StoreChange } from '../ports/store.ts';
import { parkRefusal } from './dead-letter.ts';
import type { Desk, WritingDesk } from './desk.ts';
import type { SyncJob } from './job.ts';

/** The sync state after a write that succeeded: link, base entries, audit, and nothing parked any more. */
export function settleWritten(
  queued: QueuedOperation,
  result: Extract<WriteResult, { outcome: 'written' }>,
  desk: WritingDesk,
): StoreChange[] {
  const { operation, subject } = queued;
  const { job } = desk;
  const changes: StoreChange[] = [];
  const agreed = agreedNow(queued, desk);
  const leftId = operation.side === 'left' && operation.action === 'create' ? result.id : subject.leftId;
  const rightId = operation.side === 'right' && operation.action === 'create' ? result.id : subject.rightId;
  const { remember = [] } = operation;
  const burials = remember.filter(({ kind }) => kind === 'tombstone');
  changes.push(...remember.filter(({ kind }) => kind !== 'tombstone'));
  if (leftId !== undefined && rightId !== undefined && operation.action !== 'archive') {
    const isFollower =
      operation.side === 'left' && operation.recordId !== undefined && operation.recordId !== leftId;
    if (!isFollower) {
      const link = {
        scope: job.scope,
        leftId,
        leftObject: subject.leftObject ?? job.leftObject,
        rightId,
        role: 'owner' as const,
        keyHash: keyHashAfter(queued, job),
      };
      changes.push({ kind: 'link', link, base: entriesOf(agreed, job) });
      if (operation.action === 'create') {
        for (const followerId of subject.followerIds) {
          changes.push({ kind: 'link', link: { ...link, leftId: followerId, role: 'follower' }, base: {} });
        }
      }
    }
  }
  // After the link, which is written as a living one.
  changes.push(...burials, ...settleIntent(queued, job.scope));
  for (const change of agreed) {
    if (change.reason === 'decision') {
      changes.push({ kind: 'settle-decision', scope: job.scope, subject: subject.key, field: change.name });
    }
  }
  changes.push(...auditOf(queued, result.id, desk), ...unparked(queued, leftId, desk));
  return changes;
}

/** The sync state after a write that was refused or stayed uncertain. */
export function settleRefused(
  queued: QueuedOperation,
  result: Exclude<WriteResult, { outcome: 'written' }>,
  desk: WritingDesk,
): { readonly changes: StoreChange[]; readonly parked: Parked } {
  const { subject } = queued;
  desk.refused.add(subject.key);
  const { job, ports } = desk;
  const { error } = result;
  const fields = error.context.field === undefined ? [] : [error.context.field];
  const where = {
    scope: job.scope,
    recipe: job.recipe,
    subject,
    now: ports.clock.now(),
    before: desk.parked.get(subject.key) ?? [],
  };
  const parked = parkRefusal(error, fields, where);
  const changes: StoreChange[] = [{ kind: 'park', parked }];
  if (result.outcome === 'refused') changes.push(...settleIntent(queued, job.scope));
  return { changes, parked };
}

/** What became of a create is known. */
export function settleIntent({ operation, subject }: QueuedOperation, scope: string): StoreChange[] {
  if (operation.action !== 'create') return [];
  const sourceId = (operation.side === 'left' ? subject.rightId : subject.leftId) ?? '';
  return [{ kind: 'settle-intent', scope, side: operation.side, sourceId }];
}

/**
 * The changes that both sides agree on now. What goes to both sides is no base before it stands on both: else a run
 * that ends between the two writes leaves an old value that looks like an edit.
 */
function agreedNow({ operation, subject }: QueuedOperation, { halfWritten }: WritingDesk): FieldChange[] {
  return operation.changes.filter((change) => {
    if (change.both !== true) return true;
    const field = `${subject.key} ${change.name}`;
    const isSecond = halfWritten.has(field);
    halfWritten.add(field);
    return isSecond;
  });
}

function entriesOf(changes: readonly FieldChange[], job: SyncJob): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const change of changes) {
    const rule = job.map.rules[change.rule];
    if (rule !== undefined) entries[rule.key] = change.entry;
    else if (!isMark(change)) Object.assign(entries, consentEntries(change.entry));
  }
  return entries;
}

function keyHashAfter({ operation, subject }: QueuedOperation, job: SyncJob): string {
  const email = operation.changes.find((change) => job.map.rules[change.rule]?.isEmail === true);
  return email === undefined ? subject.keyHash : job.keyHashOf(email.to);
}

/** One entry a changed field; a new record overwrote nothing and has one entry for the whole. */
function auditOf(
  { operation, subject }: QueuedOperation,
  recordId: string,
  { runId, job, ports }: Desk,
): AuditChange[] {
  const common = {
    runId,
    recipe: job.recipe,
    at: ports.clock.now(),
    scope: job.scope,
    subject: subject.rightId ?? (operation.side === 'right' ? recordId : subject.key),
    side: operation.side,
    recordId,
    action: operation.action,
  };
  if (operation.action === 'create' || operation.changes.length === 0) {
    const reason = operation.action === 'create' ? 'new-record' : 'deleted';
    return [{ kind: 'audit', entry: { ...common, id: ports.random.id(), field: '', reason } }];
  }
  const told = operation.changes.filter((change) => !isMark(change));
  return told.map((change): AuditChange => {
    const before = change.from === undefined ? {} : { before: change.from };
    const entry: AuditEntry = {
      ...common,
      id: ports.random.id(),
      field: change.name,
      ...before,
      after: change.to,
      reason: change.reason,
    };
    return { kind: 'audit', entry };
  });
}

type AuditChange = Extract<StoreChange, { kind: 'audit' }>;

/** A subject whose plan had nothing left to settle is parked no more once it is written. */
function unparked(
  { subject }: QueuedOperation,
  leftId: string | undefined,
  desk: WritingDesk,
): StoreChange[] {
  const { job, parked, stillParked, refused } = desk;
  if (parked.size === 0 || stillParked.has(subject.key) || refused.has(subject.key)) return [];
  return [subject.key, `left:${leftId ?? ''}`]
    .filter((key) => parked.has(key))
    .map((key) => ({ kind: 'unpark', scope: job.scope, recipe: job.recipe, subject: key }));
}
