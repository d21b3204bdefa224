import type { FieldMap } from '../mapping/compiled-rule.ts';
import { consentEntries } from '../merge/consent.ts';
import type { EntryOf } from '../merge/decision.ts';
import { RememberedEntries } from '../merge/remembered.ts';
import { fingerprint, fingerprintKey } from '../model/fingerprint.ts';
import type { JsonObject } from '../model/json.ts';
import type { SourceRecord } from '../model/record.ts';
import { otherSide, type Side } from '../model/side.ts';
import {
  compareGenerations,
  decodeStamp,
  encodeStamp,
  NO_STAMP,
  nextGeneration,
  STAMP_ENTRY,
  STAMP_KEY,
  type Stamp,
  type StampEntry,
} from '../model/stamp.ts';
import type { BaseHome, HomePair } from './base-home.ts';
import type { FieldChange, Operation } from './operation.ts';
import type { SubjectPlan } from './subject-plan.ts';

/** Rule index of the stamp's line in an operation. */
export const STAMP_RULE = -2;

/** Fills keys and entries up to their length in a stamp. */
const PADDING = /\.+$/;
/** Equal to no entry, so that a field with it counts as changed on both sides. */
const DISPUTED = '!';

/** Whoever can read a stamp can read the record it stands on, so its key keeps no secret; all hosts have to share it. */
const KEY = fingerprintKey('7374616d70732d6f6e2d7265636f7264');

/**
 * The base stands on the records themselves, a generation and a short hash a field: for hosts that keep no state, or
 * that reach only one side for writing. A set is remembered as a whole, so what was removed from it while the other
 * side changed it too comes back.
 */
export function stampHome(
  map: FieldMap,
  read: Readonly<Record<Side, (values: JsonObject) => string>>,
): BaseHome {
  const stampOf = (side: Side, record: SourceRecord | undefined): Stamp =>
    record === undefined ? NO_STAMP : decodeStamp(read[side](record.values));

  const entryOf: EntryOf = (_, value) => fingerprint(KEY, value).slice(0, STAMP_ENTRY);

  return {
    entryOf,
    baseOf: ({ left, right }) =>
      new RememberedEntries(entriesOf(newest(stampOf('left', left), stampOf('right', right))), entryOf),
    seal: (plan, pair) =>
      seal(plan, pair, map, newest(stampOf('left', pair.left), stampOf('right', pair.right)).entries),
  };
}

/** The stamp with the higher generation is the base of a field; the same generation with two hashes is disputed. */
function newest(left: Stamp, right: Stamp): Stamp {
  const entries = new Map<string, StampEntry>(left.entries);
  for (const [key, ours] of right.entries) {
    const theirs = entries.get(key);
    const order = theirs === undefined ? 1 : compareGenerations(ours.generation, theirs.generation);
    if (order > 0) entries.set(key, ours);
    else if (order === 0 && theirs?.entry !== ours.entry) entries.set(key, { ...ours, entry: DISPUTED });
  }
  return { takenIn: Math.max(left.takenIn, right.takenIn), entries };
}

function entriesOf({ entries }: Stamp): ReadonlyMap<string, string> {
  const base = new Map<string, string>();
  for (const [key, { entry }] of entries) base.set(key.replace(PADDING, ''), entry.replace(PADDING, ''));
  return base;
}

/** Every write carries the stamp of its record along; what both sides agree on without a write is stamped alone. */
function seal(
  plan: SubjectPlan,
  pair: HomePair,
  map: FieldMap,
  before: ReadonlyMap<string, StampEntry>,
): SubjectPlan {
  const agreed = agreedIn(plan);
  const carriers = plan.operations.filter((operation) => carriesStamp(operation, plan));
  if (carriers.length === 0) {
    const rightId = plan.subject.rightId;
    if (Object.keys(agreed).length === 0 || rightId === undefined || plan.outcome === 'excluded') return plan;
    const stamp = stampChange('right', agreed, [], pair, map, before);
    const email = addressOf(pair.right, map);
    const operation: Operation = {
      side: 'right',
      action: 'update',
      recordId: rightId,
      ...(email === undefined ? {} : { email }),
      changes: [stamp],
      priority: 1,
    };
    return {
      ...plan,
      outcome: plan.outcome === 'unchanged' ? 'apply' : plan.outcome,
      operations: [...plan.operations, operation],
    };
  }
  const operations = plan.operations.map((operation) =>
    carriers.includes(operation)
      ? {
          ...operation,
          changes: [
            ...operation.changes,
            stampChange(operation.side, agreed, operation.changes, pair, map, before),
          ],
        }
      : operation,
  );
  return { ...plan, operations };
}

function carriesStamp(operation: Operation, { subject }: SubjectPlan): boolean {
  if (operation.action === 'archive') return false;
  return (
    operation.side === 'right' || operation.recordId === undefined || operation.recordId === subject.leftId
  );
}

function addressOf(right: SourceRecord | undefined, map: FieldMap): string | undefined {
  return right === undefined ? undefined : map.rules.find((rule) => rule.isEmail)?.read.right(right.values);
}

function agreedIn(plan: SubjectPlan): Readonly<Record<string, string | null>> {
  const link = plan.remember.find((change) => change.kind === 'link' && change.link.role === 'owner');
  return link?.kind === 'link' ? link.base : {};
}

function stampChange(
  side: Side,
  agreed: Readonly<Record<string, string | null>>,
  changes: readonly FieldChange[],
  pair: HomePair,
  map: FieldMap,
  before: ReadonlyMap<string, StampEntry>,
): FieldChange {
  const entries = new Map(before);
  const put = (name: string, value: string): void => {
    const key = name.padEnd(STAMP_KEY, '.');
    const entry = value.padEnd(STAMP_ENTRY, '.');
    const known = before.get(key);
    if (known?.entry !== entry) entries.set(key, { generation: nextGeneration(known?.generation), entry });
  };
  for (const [key, entry] of Object.entries(agreed)) if (entry !== null) put(key, entry);
  for (const change of changes) {
    const rule = map.rules[change.rule];
    if (rule !== undefined) put(rule.key, change.entry);
    else for (const [key, letter] of Object.entries(consentEntries(change.entry))) put(key, letter);
  }
  const source = otherSide(side) === 'left' ? pair.left : pair.right;
  const takenIn = source?.modifiedAt ?? 0;
  return {
    rule: STAMP_RULE,
    name: 'stamp',
    to: encodeStamp({ takenIn, entries }),
    reason: 'changed',
    entry: '',
  };
}
