import type { EntryOf } from '../merge/decision.ts';
import type { Remembered } from '../merge/remembered.ts';
import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Operation } from './operation.ts';
import type { SubjectPlan } from './subject-plan.ts';

/** The pair a home is asked about. A side that was not read is undefined. */
export interface HomePair {
  readonly link: Link | undefined;
  readonly left: SourceRecord | undefined;
  readonly right: SourceRecord | undefined;
}

/** Where the base of a pair is kept: in the runtime's store, or stamped onto the records themselves. */
export interface BaseHome {
  readonly entryOf: EntryOf;
  /** Both records have to be read, whatever has changed: the base stands on them. Absent: an unread side is at its base. */
  readonly isOnRecords?: true;
  /** The only side that is written: what waits on the other one is told by a mark. Absent: both are. */
  readonly target?: Side;
  /** A write that changes nothing, so that the trigger of that side shows the record again. */
  touch?(side: Side, record: SourceRecord): Operation;
  /** The left record names this member and has taken in its present state. Absent where nothing on it would say so. */
  isSettledOn?(left: SourceRecord, right: SourceRecord): boolean;
  baseOf(pair: HomePair): Remembered;
  /** Makes a finished plan carry what this home has to remember; absent where the plan says it all. */
  seal?(plan: SubjectPlan, pair: HomePair): SubjectPlan;
}
