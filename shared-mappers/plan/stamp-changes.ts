import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { EntryOf } from '../merge/decision.ts';
import type { SourceRecord } from '../model/record.ts';
import { otherSide, type Side } from '../model/side.ts';
import {
  encodeStamp,
  generationsAhead,
  nextGeneration,
  STAMP_ENTRY,
  STAMP_KEY,
  type Stamp,
  type StampEntry,
} from '../model/stamp.ts';
import type { HomePair } from './base-home.ts';
import type { FieldChange, Operation } from './operation.ts';
import { PARTNER_RULE, type RecordMarks, STAMP_RULE } from './record-marks.ts';
import type { SubjectPlan } from './subject-plan.ts';

/** Everything the marks of one pair are made of. */
export interface Sealing {
  readonly pair: HomePair;
  readonly map: FieldMap;
  readonly marks: RecordMarks;
  /** As each record carries it now. */
  readonly stamps: Readonly<Record<Side, Stamp>>;
  /** Of both, field by field the newer. */
  readonly before: ReadonlyMap<string, StampEntry>;
  readonly entryOf: EntryOf;
}

/** A field's new base, by rule key. */
export interface NewEntry {
  readonly key: string;
  readonly entry: string;
  readonly half?: boolean;
  /** It is the base already, and gets a new generation: a mark that is no different would not show as a change. */
  readonly again?: boolean;
}

/** Stamps this far apart are brought together before a generation could be taken for a later one. */
const MOST_GENERATIONS_BEHIND = 512;

/** The writes to the pair's own record on a side; followers carry no marks. */
export function ownWrites(side: Side, { operations, subject }: SubjectPlan): Operation[] {
  return operations.filter(
    (operation) =>
      operation.side === side &&
      operation.action !== 'archive' &&
      (side === 'right' || operation.recordId === undefined || operation.recordId === subject.leftId),
  );
}

/** The first of them carries the marks: a later one would take back what it has noted. */
export function carrierOn(side: Side, plan: SubjectPlan): Operation | undefined {
  return ownWrites(side, plan)[0];
}

/** What the plan found both sides to agree on already. */
export function agreedIn(plan: SubjectPlan): NewEntry[] {
  const link = plan.remember.find((change) => change.kind === 'link' && change.link.role === 'owner');
  if (link?.kind !== 'link') return [];
  return Object.entries(link.base).flatMap(([key, entry]) => (entry === null ? [] : [{ key, entry }]));
}

/** An entry that both sides know, to be stamped anew for the sake of the change. */
export function anyEntryAgain({ before }: Sealing): NewEntry[] {
  for (const [key, { entry, half }] of before) if (!half) return [{ key, entry, again: true }];
  return [];
}

export function isNewRecord({ action }: Operation): boolean {
  return action === 'create' || action === 'restore';
}

/** Of a new record, the fields that were not written because its source has nothing there: both agree on nothing. */
export function emptyTogether({ side, changes }: Operation, { pair, map, entryOf }: Sealing): NewEntry[] {
  const source = otherSide(side);
  const values = pair[source]?.values;
  if (values === undefined) return [];
  const written = new Set(changes.map(({ rule }) => rule));
  return map.rules
    .filter((rule) => !written.has(rule.index) && rule.read[source](values) === '')
    .map((rule) => ({ key: rule.key, entry: entryOf(rule, '') }));
}

/** The lines that put the stamp, and where it is missing the other record's id, onto the record of a side. */
export function marksFor(
  side: Side,
  entries: readonly NewEntry[],
  plan: SubjectPlan,
  sealing: Sealing,
): FieldChange[] {
  const stamped = new Map(sealing.before);
  for (const { key: name, entry: value, half = false, again = false } of entries) {
    const key = name.padEnd(STAMP_KEY, '.');
    const entry = value.padEnd(STAMP_ENTRY, '.');
    const known = sealing.before.get(key);
    if (known?.entry !== entry || half || again)
      stamped.set(key, { generation: nextGeneration(known?.generation), half, entry });
  }
  const source = sealing.pair[otherSide(side)];
  const takenIn = Math.max(sealing.stamps[side].takenIn, source?.modifiedAt ?? 0);
  const stamp = mark(STAMP_RULE, 'stamp', encodeStamp({ takenIn, entries: stamped }));
  const partnerId = side === 'left' ? plan.subject.rightId : plan.subject.leftId;
  return partnerId === undefined || sealing.marks.partner === undefined
    ? [stamp]
    : [stamp, mark(PARTNER_RULE, 'partner', partnerId)];
}

function mark(rule: number, name: string, to: string): FieldChange {
  return { rule, name, to, reason: 'changed', entry: '' };
}

/** The stamp as it is. Salesforce takes any write for a change, where Mailchimp would not. */
export function touchOf(side: Side, record: SourceRecord, { stamp }: RecordMarks): Operation {
  const changes = [mark(STAMP_RULE, 'stamp', stamp[side].read(record.values))];
  return { side, action: 'update', recordId: record.id, changes, priority: 1 };
}

/** A write of nothing but marks. Undefined where there is no live record on that side, or it is at issue whose it is. */
export function markOnly(
  side: Side,
  entries: readonly NewEntry[],
  plan: SubjectPlan,
  sealing: Sealing,
): Operation | undefined {
  const { leftId, rightId } = plan.subject;
  const record = sealing.pair[side];
  if (leftId === undefined || rightId === undefined || record?.state !== 'live') return undefined;
  if (
    (plan.outcome === 'excluded' && plan.othersTurn !== true) ||
    plan.issues.some(({ fields }) => fields.length === 0)
  )
    return undefined;
  const email = sealing.map.rules.find(({ isEmail }) => isEmail);
  return {
    side,
    action: 'update',
    recordId: record.id,
    ...(side === 'right' && email !== undefined ? { email: email.read.right(record.values) } : {}),
    changes: marksFor(side, entries, plan, sealing),
    priority: 1,
  };
}

/** The record does not yet say, or says wrongly, who it belongs to. */
export function lacksPartner(side: Side, { subject }: SubjectPlan, { marks, pair }: Sealing): boolean {
  const record = pair[side];
  const partnerId = side === 'left' ? subject.rightId : subject.leftId;
  if (marks.partner === undefined || record === undefined || partnerId === undefined) return false;
  return marks.partner[side].read(record.values) !== partnerId;
}

/** A side that is never written would fall so far behind that its stamp looks like the later one. */
export function fallsBehind(side: Side, { stamps, before }: Sealing): boolean {
  for (const [key, { generation }] of stamps[side].entries) {
    const ahead = generationsAhead(before.get(key)?.generation ?? generation, generation);
    if (ahead > MOST_GENERATIONS_BEHIND) return true;
  }
  return false;
}
