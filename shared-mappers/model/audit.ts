import type { Instant } from './instant.ts';
import type { Side } from './side.ts';

/** One written field: what changed, from which side, under which rule. Values are kept so that a loser can be restored. */
export interface AuditEntry {
  readonly id: string;
  readonly runId: string;
  readonly recipe: string;
  readonly at: Instant;
  readonly scope: string;
  readonly subject: string;
  readonly side: Side;
  readonly recordId: string;
  readonly action: string;
  /** Rule name; empty for actions on the whole record. */
  readonly field: string;
  /** Canonical value before the write; undefined where the record was at its base and therefore not read. */
  readonly before?: string;
  readonly after?: string;
  /** Why this side's value won: `changed`, `policy:newest`, `first-contact`, `opt-out`, … */
  readonly reason: string;
}
