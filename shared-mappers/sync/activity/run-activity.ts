import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { RunSummary } from '../../model/run-summary.ts';
import { DAY_MS } from '../../plan/activity/engagement.ts';
import type { PersonPlan } from '../../plan/activity/person-plan.ts';
import type { StoreChange } from '../../ports/store.ts';
import { LeaseGuard } from '../lease-guard.ts';
import type { RunResult } from '../run.ts';
import { type ActivityJob, type ActivityPorts, stateMemo } from './activity-job.ts';
import { ActivityTally } from './activity-tally.ts';
import { settleCampaigns } from './held-campaigns.ts';
import { type ActivityRunOptions, type PlannedActivity, planActivity } from './plan-activity.ts';
import { writeCampaigns } from './write-campaigns.ts';
import { type ActivityDesk, writePeople } from './write-people.ts';

/**
 * One run: read what the reports have counted since, decide, write, remember. What was read is not read again only when
 * every event of it is delivered, left out for a reason, or parked.
 *
 * @param onPlan sees the plan before anything of it is written
 */
export async function syncActivity(
  job: ActivityJob,
  ports: ActivityPorts,
  holder: string,
  options: ActivityRunOptions = {},
  onPlan: (planned: PlannedActivity) => void = () => {},
): Promise<RunResult> {
  const startedAt = ports.clock.now();
  const callsBefore = { ...ports.calls() };
  const writes = { salesforce: 0 };
  let planned: PlannedActivity | undefined;
  let error: StackbridgeError | undefined;
  try {
    const guard = await LeaseGuard.acquire(job.scope, holder, ports.store, ports.clock);
    try {
      planned = await planActivity(job, ports, options);
      try {
        onPlan(planned);
        const [brake] = planned.brakes;
        if (brake !== undefined) throw new StackbridgeError(brake.code, brake.message);
        await apply(planned, ports, guard, writes);
      } finally {
        await planned.dispose();
      }
    } finally {
      await guard.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof StackbridgeError)) throw thrown;
    error = thrown;
  }
  const runId = planned?.runId ?? ports.random.id();
  const tally = planned?.tally ?? new ActivityTally();
  const summary = activitySummary(runId, job, ports, tally, { startedAt, callsBefore, writes, error });
  await ports.store.saveRun(summary);
  return error === undefined ? { summary } : { summary, error };
}

/** Writes under way at once: people are taken until they come to about so many. */
const CHUNK_WRITES = 10_000;
const PAGE = 200;

async function apply(
  planned: PlannedActivity,
  ports: ActivityPorts,
  guard: LeaseGuard,
  writes: { salesforce: number },
): Promise<void> {
  const { progress } = ports;
  const { tally } = planned;
  const total = tally.planned.creates + tally.planned.updates;
  progress.begin('write-left', total);
  const { ids, written } =
    tally.pending > 0
      ? await writeCampaigns(planned, ports, guard)
      : { ids: new Map<string, string>(), written: 0 };
  writes.salesforce += written;
  const desk: ActivityDesk = { planned, ports, guard, writes, campaignIds: ids };
  let chunk: PersonPlan[] = [];
  let size = 0;
  let position = 0;
  for (;;) {
    const page = await planned.scratch.personPlans(position, PAGE);
    const last = page.at(-1);
    if (last !== undefined) position = last.position;
    for (const { plan } of page) {
      chunk.push(plan);
      size += plan.writes.length;
    }
    if (chunk.length > 0 && (size >= CHUNK_WRITES || last === undefined)) {
      await guard.hold();
      await writePeople(chunk, desk);
      chunk = [];
      size = 0;
    }
    if (last === undefined) break;
  }
  progress.end('write-left');
  await remember(planned, ports, guard);
}

async function remember(
  planned: PlannedActivity,
  { store, ledger }: ActivityPorts,
  guard: LeaseGuard,
): Promise<void> {
  const { job, next, serverTime, now } = planned;
  const changes: StoreChange[] = settleCampaigns(planned);
  if (next !== undefined) changes.push({ kind: 'memo', name: stateMemo(job), value: next });
  if (serverTime !== undefined) {
    changes.push({ kind: 'watermark', recipe: job.recipe, side: 'right', at: serverTime });
  }
  if (changes.length === 0) return;
  await guard.hold();
  await store.commit(guard.lease, changes);
  if (next === undefined) return;
  // What can neither be read again nor count any more.
  const keptMs = Math.max(job.followMs + job.overlapMs, job.options.days * DAY_MS) + DAY_MS;
  await ledger.pruneActivity(guard.lease, job.recipe, now - keptMs);
}

export interface ActivityRunFacts {
  readonly startedAt: number;
  readonly callsBefore: Readonly<Record<string, number>>;
  readonly writes: Readonly<Record<string, number>>;
  readonly error?: StackbridgeError | undefined;
}

/** What a run, or a run that was only planned, came to. Counts are events. */
export function activitySummary(
  runId: string,
  { recipe }: ActivityJob,
  { clock, calls: callsNow }: ActivityPorts,
  tally: ActivityTally,
  { startedAt, callsBefore, writes, error }: ActivityRunFacts,
): RunSummary {
  const calls = callsNow();
  return {
    runId,
    recipe,
    startedAt,
    finishedAt: clock.now(),
    counts: tally.counts(),
    writes,
    calls: Object.fromEntries(
      ['salesforce', 'mailchimp'].map((name) => [name, (calls[name] ?? 0) - (callsBefore[name] ?? 0)]),
    ),
    ...(tally.pending === 0 ? {} : { pending: tally.pending }),
    excluded: Object.fromEntries(tally.excluded),
    ...(error === undefined ? {} : { stoppedBy: error.code }),
  };
}
