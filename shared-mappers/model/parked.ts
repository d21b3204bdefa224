import type { ErrorCode } from '../errors/codes.ts';
import type { Instant } from './instant.ts';

/**
 * A subject that a run could not finish. `conflict`: a person decides. `failure`: a dead letter, retried where the
 * cause may pass. `terminal`: the vendor's final word (cleaned, compliance, forgotten), never retried.
 */
export interface Parked {
  readonly kind: 'conflict' | 'failure' | 'terminal';
  readonly scope: string;
  readonly recipe: string;
  readonly subject: string;
  readonly leftId?: string;
  readonly rightId?: string;
  /** Keyed hash of the address it was parked under: a corrected address is looked at anew. */
  readonly keyHash: string;
  readonly code: ErrorCode;
  /** Rule names at issue; empty when the whole record is. */
  readonly fields: readonly string[];
  /** What the vendor or the planner said; names fields, never values. */
  readonly message: string;
  /** What a person can do next. */
  readonly next: string;
  readonly attempts: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** When a run looks at it again by itself; absent: not before a person or a new change does. */
  readonly retryAt?: Instant;
}
