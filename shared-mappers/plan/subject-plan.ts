import type { ErrorCode } from '../errors/codes.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import type { Operation } from './operation.ts';

/** The records a plan is about. A subject is one person: one member and the CRM records that share it. */
export interface SubjectRef {
  /** Stable while the person has a member: the right record's id, else `left:<id>`. */
  readonly key: string;
  readonly leftId?: string;
  readonly leftObject?: string;
  readonly rightId?: string;
  /** Keyed hash of the normalised address. */
  readonly keyHash: string;
  readonly followerIds: readonly string[];
}

/** What a plan could not settle by itself. */
export interface Issue {
  readonly kind: 'conflict' | 'failure' | 'terminal';
  readonly code: ErrorCode;
  /** Rule names; empty when the whole record is at issue. */
  readonly fields: readonly string[];
  readonly message: string;
}

/**
 * Everything decided about one subject, before anything is written.
 * `apply` has operations or memory to write; the other outcomes are final for this run. A subject with both
 * operations and a conflict is a `conflict`: its other fields go on.
 */
export interface SubjectPlan {
  readonly subject: SubjectRef;
  readonly outcome: 'apply' | 'unchanged' | 'excluded' | 'conflict' | 'failed';
  /**
   * Why it is left out, in the words of the recipe: `no email address`, `not in audience and create is off`. Beside
   * operations: why the record is that was handed to a step of one side.
   */
  readonly excludedBecause?: string;
  readonly operations: readonly Operation[];
  /** Sync state to commit without any call: new bases, re-pointed links, tombstones. */
  readonly remember: readonly StoreChange[];
  readonly issues: readonly Issue[];
  /** The step of the other direction has something to carry out; where one side alone is written, a mark shows it. */
  readonly othersTurn?: true;
  /** Records that turned out to be somebody else: the loop plans them on their own. */
  readonly strangers?: readonly SourceRecord[];
}
