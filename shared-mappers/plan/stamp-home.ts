import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { EntryOf } from '../merge/decision.ts';
import { type Remembered, RememberedEntries } from '../merge/remembered.ts';
import { fingerprint, fingerprintKey } from '../model/fingerprint.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import {
  decodeStamp,
  generationsAhead,
  isLater,
  NO_STAMP,
  STAMP_ENTRY,
  type Stamp,
  type StampEntry,
} from '../model/stamp.ts';
import type { BaseHome, HomePair } from './base-home.ts';
import type { Mark, RecordMarks } from './record-marks.ts';
import { sealBothSides } from './seal-both-sides.ts';
import { sealOneSide } from './seal-one-side.ts';
import { type Sealing, touchOf } from './stamp-changes.ts';

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
 *
 * @param target the only side that can be written, the other one being as it was delivered; absent: both can.
 */
export function stampHome(map: FieldMap, marks: RecordMarks, target?: Side): BaseHome {
  const stampOf = (side: Side, record: SourceRecord | undefined): Stamp =>
    record === undefined ? NO_STAMP : decodeStamp(marks.stamp[side].read(record.values));
  const partnerOf = (side: Side, record: SourceRecord | undefined): string =>
    record === undefined ? '' : (marks.partner?.[side].read(record.values) ?? '');
  /** What it agreed on with a member that is gone is none of its new one's. */
  const speaksOfAnother = ({ left, right }: HomePair): boolean =>
    right !== undefined &&
    !['', right.id].includes(partnerOf('left', left)) &&
    partnerOf('right', right) !== left?.id;
  const stampsOf = (pair: HomePair): Record<Side, Stamp> => ({
    left: speaksOfAnother(pair) ? NO_STAMP : stampOf('left', pair.left),
    right: stampOf('right', pair.right),
  });

  return {
    entryOf,
    isOnRecords: true,
    ...(target === undefined ? {} : { target }),
    isSettledOn: (left, right) =>
      partnerOf('left', left) === right.id && !isLater(right, stampOf('left', left)),
    touch: (side, record) => touchOf(side, record, marks),
    baseOf: (pair) => {
      const stamps = stampsOf(pair);
      return new RememberedEntries(entriesOf(newest(stamps.left, stamps.right)), entryOf);
    },
    seal: (plan, pair) => {
      const stamps = stampsOf(pair);
      const sealing: Sealing = {
        pair,
        map,
        marks,
        stamps,
        before: newest(stamps.left, stamps.right),
        entryOf,
      };
      return target === undefined ? sealBothSides(plan, sealing) : sealOneSide(plan, sealing, target);
    },
  };
}

const entryOf: EntryOf = (_, value) => fingerprint(KEY, value).slice(0, STAMP_ENTRY);

/** What one record remembers both sides to agree on, for whoever cannot see the other one. */
export function rememberedOn({ read }: Mark, { values }: Pick<SourceRecord, 'values'>): Remembered {
  return new RememberedEntries(entriesOf(decodeStamp(read(values)).entries), entryOf);
}

/** The stamp with the higher generation has the base of a field; the same generation with two hashes is disputed. */
function newest(left: Stamp, right: Stamp): ReadonlyMap<string, StampEntry> {
  const entries = new Map<string, StampEntry>();
  for (const key of new Set([...left.entries.keys(), ...right.entries.keys()])) {
    const entry = newer(left.entries.get(key), right.entries.get(key));
    if (entry !== undefined) entries.set(key, entry);
  }
  return entries;
}

function newer(one: StampEntry | undefined, other: StampEntry | undefined): StampEntry | undefined {
  if (one === undefined || other === undefined) return onItsOwn(one ?? other);
  const ahead = generationsAhead(one.generation, other.generation);
  if (ahead !== 0) return onItsOwn(ahead > 0 ? one : other);
  return one.entry === other.entry ? { ...one, half: false } : { ...one, entry: DISPUTED };
}

function onItsOwn(entry: StampEntry | undefined): StampEntry | undefined {
  return entry?.half === true ? { ...entry, entry: DISPUTED } : entry;
}

function entriesOf(entries: ReadonlyMap<string, StampEntry>): ReadonlyMap<string, string> {
  const base = new Map<string, string>();
  for (const [key, { entry }] of entries) base.set(key.replace(PADDING, ''), entry.replace(PADDING, ''));
  return base;
}
