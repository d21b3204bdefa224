import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Operation } from '../plan/operation.ts';
import type { SubjectPlan, SubjectRef } from '../plan/subject-plan.ts';

/** A record read in this run, waiting to be paired. */
export interface StagedRecord {
  readonly side: Side;
  readonly record: SourceRecord;
  /** Key of the subject it is linked to, from the store; absent for records never linked. */
  readonly subject?: string;
  /** Its value under each of the recipe's match keys, in order; `''` where it has none. */
  readonly keys: readonly string[];
}

/** An operation in the queue of its side, with what apply needs to remember its result. */
export interface QueuedOperation {
  /** Unique within the run and ascending. */
  readonly seq: number;
  readonly subject: SubjectRef;
  readonly operation: Operation;
}

/**
 * The working space of one run, outside the heap where runs are large: what was read, and the plan. It is emptied
 * when the run ends and nothing in it outlives the run.
 */
export interface Scratch {
  /** Adds records; one staged before with the same side and id is replaced. */
  stage(records: readonly StagedRecord[]): Promise<void>;
  countStaged(side: Side): Promise<number>;
  /** Which of these ids have been staged on that side in this run, taken or not. */
  staged(side: Side, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes up to `limit` groups of linked records, grouped by subject. Empty when none is left. */
  takeLinked(limit: number): Promise<StagedRecord[][]>;
  /**
   * Takes up to `limit` groups of unlinked records that share their `key`-th match key (records without it are not
   * touched); with `bothSides`, only groups with a record on each side. Empty when none is left.
   */
  takeMatching(key: number, bothSides: boolean, limit: number): Promise<StagedRecord[][]>;
  /** Takes up to `limit` of whatever is left: records with no key at all. */
  takeRest(limit: number): Promise<StagedRecord[]>;

  /** Appends to the plan and queues its operations. */
  addPlans(plans: readonly SubjectPlan[]): Promise<void>;
  /** Pages through the plan in the order it was made; `after` is the last position seen, 0 at first. */
  plans(after: number, limit: number): Promise<{ readonly position: number; readonly plan: SubjectPlan }[]>;
  /**
   * Pages through one side's operations, by priority, then action, then seq. A page holds one priority and one action,
   * so it can travel as a batch. `after` is the last operation seen.
   */
  operations(side: Side, after: QueuedOperation | undefined, limit: number): Promise<QueuedOperation[]>;
  countOperations(side: Side): Promise<number>;
}
