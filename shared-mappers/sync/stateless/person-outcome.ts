import { ERROR_CODES, type ErrorCode } from '../../errors/codes.ts';
import type { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { AuditEntry } from '../../model/audit.ts';
import type { Parked } from '../../model/parked.ts';
import { SIDES, type Side } from '../../model/side.ts';
import type { Operation, Reason } from '../../plan/operation.ts';
import { CONSENT_NAME } from '../../plan/plan-consent.ts';
import { isMark } from '../../plan/record-marks.ts';
import type { SubjectPlan } from '../../plan/subject-plan.ts';
import type { WriteAction } from '../../ports/connector.ts';
import type { SyncJob } from '../job.ts';
import type { Claims } from './claims.ts';
import type { ExecutionStore } from './execution-store.ts';

/** One value that was written, or in a preview would be. */
export interface ValueChange {
  readonly side: Side;
  readonly action: WriteAction;
  /** Rule name, or `consent`; empty for what concerns the whole record. */
  readonly field: string;
  readonly from?: string;
  readonly to: string;
  readonly reason: Reason | '';
  readonly written: boolean;
}

/** Why a person has to look at it, with what both sides hold now. */
export interface PersonIssue {
  readonly kind: Parked['kind'];
  readonly code: ErrorCode;
  readonly fields: readonly string[];
  readonly message: string;
  readonly next: string;
  /** By rule name. A host hands these to whoever decides; they belong in no log. */
  readonly values: Readonly<Record<string, Readonly<Record<Side, string>>>>;
}

/** What one execution came to for one person. `unchanged` is also who was given nothing but marks. */
export interface PersonOutcome {
  readonly outcome: 'planned' | 'applied' | 'unchanged' | 'stale' | 'excluded' | 'conflict' | 'failed';
  readonly leftId?: string;
  readonly rightId?: string;
  /** Why it was left out. */
  readonly because?: string;
  readonly changes: readonly ValueChange[];
  readonly issues: readonly PersonIssue[];
  /** Of a step that reaches one side: the other direction's has something to carry out, and need not wait for its turn. */
  readonly othersTurn?: true;
}

interface Facts {
  readonly job: SyncJob;
  readonly claims: Claims;
  readonly store: ExecutionStore;
  /** Nothing was to be written. */
  readonly isPreview: boolean;
  /** What ended the execution before everything was written. */
  readonly stopped: StackbridgeError | undefined;
}

/** One outcome a person, in the order of planning; who was planned again in the same execution counts as planned last. */
export async function outcomesOf(plans: readonly SubjectPlan[], facts: Facts): Promise<PersonOutcome[]> {
  const outcomes: PersonOutcome[] = [];
  for (const plan of lastWords(plans)) outcomes.push(await outcomeOf(plan, facts));
  return outcomes;
}

function lastWords(plans: readonly SubjectPlan[]): SubjectPlan[] {
  const told = new Set<string>();
  const last = plans.toReversed().filter(({ subject: { leftId, rightId } }) => {
    const names = [
      ...(leftId === undefined ? [] : [`l${leftId}`]),
      ...(rightId === undefined ? [] : [`r${rightId}`]),
    ];
    const isNew = !names.some((name) => told.has(name));
    for (const name of names) told.add(name);
    return isNew;
  });
  return last.reverse();
}

async function outcomeOf(
  plan: SubjectPlan,
  { job, claims, store, isPreview, stopped }: Facts,
): Promise<PersonOutcome> {
  const ids = await idsAfter(plan, job, store);
  const written = store.audit.filter(
    ({ side, recordId }) => recordId === (side === 'left' ? ids.leftId : ids.rightId),
  );
  const rows = isPreview
    ? plan.issues.map((issue) => ({ ...issue, next: ERROR_CODES[issue.code].next }))
    : store.rows().filter((row) => isOf(plan, row));
  const changes = plan.operations.flatMap((operation) => changesOf(operation, written));
  const unreached = changes.some((change) => !change.written) && rows.length === 0 && !isPreview;
  const issues = (unreached && stopped !== undefined ? [told(stopped)] : rows).map(
    ({ kind, code, fields, message, next }): PersonIssue => ({
      kind,
      code,
      fields,
      message,
      next,
      values: valuesOf(fields, ids, job, claims),
    }),
  );
  return {
    outcome: verdict(plan, issues, changes, isPreview),
    ...ids,
    ...(plan.excludedBecause === undefined ? {} : { because: plan.excludedBecause }),
    changes,
    issues,
    ...(plan.othersTurn === undefined ? {} : { othersTurn: plan.othersTurn }),
  };
}

function told({ code, message, next }: StackbridgeError): Omit<PersonIssue, 'values'> {
  return { kind: 'failure', code, fields: [], message, next };
}

interface Ids {
  readonly leftId?: string;
  readonly rightId?: string;
}

/** Both ids, that of a record which this execution created among them. */
async function idsAfter({ subject }: SubjectPlan, { scope }: SyncJob, store: ExecutionStore): Promise<Ids> {
  const { leftId, rightId } = subject;
  const [link] =
    leftId === undefined
      ? await store.linksByRight(scope, rightId === undefined ? [] : [rightId])
      : await store.linksByLeft(scope, [leftId]);
  const ids = { leftId: leftId ?? link?.leftId, rightId: rightId ?? link?.rightId };
  return {
    ...(ids.leftId === undefined ? {} : { leftId: ids.leftId }),
    ...(ids.rightId === undefined ? {} : { rightId: ids.rightId }),
  };
}

function isOf({ subject }: SubjectPlan, row: Parked): boolean {
  return row.subject === subject.key || (row.leftId !== undefined && row.leftId === subject.leftId);
}

function changesOf({ side, action, changes }: Operation, written: readonly AuditEntry[]): ValueChange[] {
  const isWritten = written.some((entry) => entry.side === side && entry.action === action);
  const told = changes.filter((change) => !isMark(change));
  if (told.length === 0 && action !== 'archive') return [];
  if (told.length === 0) return [{ side, action, field: '', to: '', reason: 'deleted', written: isWritten }];
  return told.map(({ name, from, to, reason }) => ({
    side,
    action,
    field: name,
    ...(from === undefined ? {} : { from }),
    to,
    reason,
    written: isWritten,
  }));
}

function verdict(
  plan: SubjectPlan,
  issues: readonly PersonIssue[],
  changes: readonly ValueChange[],
  isPreview: boolean,
): PersonOutcome['outcome'] {
  if (issues.some(({ kind }) => kind === 'conflict')) return 'conflict';
  if (issues.some(({ kind }) => kind === 'failure')) return 'failed';
  if (plan.excludedBecause === 'older than what the record has already taken in') return 'stale';
  if (plan.outcome === 'excluded' || issues.length > 0) return 'excluded';
  if (changes.length === 0) return 'unchanged';
  if (isPreview) return 'planned';
  return 'applied';
}

function valuesOf(
  fields: readonly string[],
  { leftId, rightId }: Ids,
  { map }: SyncJob,
  claims: Claims,
): PersonIssue['values'] {
  const records = {
    left: leftId === undefined ? undefined : claims.record('left', leftId),
    right: rightId === undefined ? undefined : claims.record('right', rightId),
  };
  const values: Record<string, Record<Side, string>> = {};
  for (const field of fields) {
    const read =
      field === CONSENT_NAME ? map.consent?.read : map.rules.find(({ name }) => name === field)?.read;
    if (read === undefined) continue;
    const held: Record<Side, string> = { left: '', right: '' };
    for (const side of SIDES) {
      const record = records[side];
      if (record !== undefined) held[side] = read[side](record.values);
    }
    values[field] = held;
  }
  return values;
}
