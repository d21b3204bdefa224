import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { Brake } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { ActivityTally } from '@stackbridge/shared-mappers/sync/activity/activity-tally.ts';
import type { BillingTally } from '@stackbridge/shared-mappers/sync/billing/billing-tally.ts';
import type { Tally } from '@stackbridge/shared-mappers/sync/tally.ts';
import { iso } from './words.ts';

/** How many writes a plan holds, by what they do. */
export type PlannedWrites = Tally['planned'] | BillingTally['planned'] | ActivityTally['planned'];

/** A run as every `--json` gives it. Keys are added, never renamed. Times are ISO 8601, waits milliseconds. */
export interface RunDocument extends Omit<RunSummary, 'startedAt' | 'finishedAt'> {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun?: true;
  readonly planned?: PlannedWrites;
  readonly brakes?: readonly Brake[];
  readonly warnings?: readonly string[];
  readonly waitedMs?: Readonly<Record<string, number>>;
  readonly error?: { readonly code: string; readonly message: string; readonly next: string };
}

export interface RunDetails {
  readonly dryRun?: boolean;
  readonly planned?: PlannedWrites;
  readonly brakes?: readonly Brake[];
  readonly warnings?: readonly string[];
  readonly waitedMs?: Readonly<Record<string, number>>;
  readonly error?: StackbridgeError | undefined;
}

export function runAsJson(summary: RunSummary, details: RunDetails = {}): RunDocument {
  const { startedAt, finishedAt, runId, recipe, ...rest } = summary;
  const { dryRun, planned, brakes, warnings, waitedMs, error } = details;
  return {
    runId,
    recipe,
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
    ...rest,
    ...(dryRun === true ? { dryRun } : {}),
    ...(planned === undefined ? {} : { planned }),
    ...(brakes === undefined ? {} : { brakes }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(waitedMs === undefined ? {} : { waitedMs }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message, next: error.next } }),
  };
}
