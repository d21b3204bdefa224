import { z } from 'zod';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import type { Instant } from '../../model/instant.ts';
import type { ActivityOptions } from '../../plan/activity/activity-options.ts';
import type { ActivityLedger } from '../../ports/activity-ledger.ts';
import type { ActivityScratch } from '../../ports/activity-scratch.ts';
import type { ActivitySource } from '../../ports/activity-source.ts';
import type { ActivityTarget, CrmPersonObject } from '../../ports/activity-target.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Random } from '../../ports/random.ts';
import type { StopSignal } from '../../ports/stop-signal.ts';
import type { Store } from '../../ports/store.ts';

/** An activity recipe made ready: checked against the live schemas, nothing left to look up. */
export interface ActivityJob {
  readonly recipe: string;
  /** Of its lease, its state and what it parks. */
  readonly scope: string;
  readonly options: ActivityOptions;
  /** Only campaigns of this audience; absent: of all. */
  readonly listId?: string;
  /** How long after it was sent a campaign's report is read, in milliseconds. */
  readonly followMs: number;
  /** What happened before is left unread in reports that no run has read yet; absent: everything is read. */
  readonly since?: Instant;
  /** Milliseconds that are read again before the last run: reports learn of things late. */
  readonly overlapMs: number;
  /** Objects in which people are looked for, in this order. */
  readonly people: readonly CrmPersonObject[];
  /** Fields of people that planning looks at. */
  readonly personColumns: readonly string[];
  /** Leads and follow-up tasks that one run may make without being asked. */
  readonly mostCreates: number;
}

/** The effects of an activity run. */
export interface ActivityPorts {
  readonly source: ActivitySource;
  readonly target: ActivityTarget;
  readonly store: Store;
  readonly ledger: ActivityLedger;
  readonly openActivityScratch: () => Promise<ActivityScratch & { dispose(): Promise<void> }>;
  /** Of the home: fingerprints of one home mean nothing in another. */
  readonly key: FingerprintKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly progress: Progress;
  readonly log: Log;
  readonly stop: StopSignal;
  /** API calls sent so far, by system. */
  readonly calls: () => Readonly<Record<string, number>>;
}

const state = z.object({
  /** What each followed campaign's report came to when it was last read whole, and up to when. */
  campaigns: z.record(z.string(), z.object({ until: z.number(), seen: z.string() })).default({}),
  /** Our time at the last look for people who were unknown. */
  lookedAt: z.number().optional(),
  /** Our time at the last look for events that have left the days that count. */
  sweptAt: z.number().optional(),
});
export type ActivityState = z.output<typeof state>;

/** Each recipe keeps a lease, a state and events of its own. */
export function activityScope(recipe: string): string {
  return `activity:${recipe}`;
}

/** What is parked in such a scope came from a recipe for campaign activity. */
export function isActivityScope(scope: string): boolean {
  return scope.startsWith('activity:');
}

export function stateMemo({ scope }: Pick<ActivityJob, 'scope'>): string {
  return scope;
}

/** What is remembered between runs; nothing before the first. */
export async function readState(job: ActivityJob, store: Pick<Store, 'memo'>): Promise<ActivityState> {
  return state.parse((await store.memo(stateMemo(job))) ?? {});
}
