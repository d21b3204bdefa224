import type { Instant } from './instant.ts';

/** Every record a run looked at ends in exactly one of these. */
export interface Counts {
  readonly applied: number;
  readonly unchanged: number;
  readonly excluded: number;
  readonly conflicts: number;
  readonly failed: number;
}

/** What a run did, as `history` keeps it and `--json` prints it. Times are ISO 8601 there. */
export interface RunSummary {
  readonly runId: string;
  readonly recipe: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly counts: Counts;
  /** Records written, by system name. */
  readonly writes: Readonly<Record<string, number>>;
  /** API calls sent, by system name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Planned, and not reached because the run stopped early; absent when there are none. */
  readonly pending?: number;
  /** Why each excluded record was left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Code of what ended the run early. */
  readonly stoppedBy?: string;
}
