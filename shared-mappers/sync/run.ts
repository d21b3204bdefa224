import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Instant } from '../model/instant.ts';
import type { RunSummary } from '../model/run-summary.ts';
import type { StoreChange } from '../ports/store.ts';
import { bothOrNeither } from './both-sides.ts';
import type { Desk, WritingDesk } from './desk.ts';
import type { SyncJob, SyncPorts } from './job.ts';
import { LeaseGuard } from './lease-guard.ts';
import { lookAgain } from './look-again.ts';
import { namePartners } from './name-partners.ts';
import { openDesk, type PlannedRun, planWith, type RunOptions, versionMemo } from './plan-run.ts';
import { rememberPlan } from './remember-plan.ts';
import { showOutcomes } from './show-outcomes.ts';
import { writeSide } from './write-side.ts';

/** How a run ended: `error` is what stopped it early, already told in `summary.stoppedBy`. */
export interface RunResult {
  readonly summary: RunSummary;
  readonly error?: StackbridgeError;
}

/**
 * One cycle: read, match, merge, plan, apply, remember, under the scope's lease from before the first read, so that no
 * plan is carried out that another run has made stale. Anything but a `StackbridgeError` is rethrown.
 *
 * @param holder who runs, for whoever finds the lease taken: `host:pid`.
 * @param onPlan sees the plan before anything of it is written.
 */
export async function sync(
  job: SyncJob,
  ports: SyncPorts,
  holder: string,
  options: RunOptions = {},
  onPlan: (planned: PlannedRun) => Promise<void> = async () => {},
): Promise<RunResult> {
  const desk: Desk = await openDesk(job, ports);
  const callsBefore = { ...ports.calls() };
  const startedAt = ports.clock.now();
  const writes: Record<string, number> = {};
  let error: StackbridgeError | undefined;
  try {
    const guard = await LeaseGuard.acquire(job.scope, holder, ports.store, ports.clock);
    try {
      await cycle(desk, guard, writes, options, onPlan);
    } finally {
      await guard.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof StackbridgeError)) throw thrown;
    error = thrown;
  }
  const summary = summaryOf(desk, startedAt, writes, callsBefore, error);
  await ports.store.saveRun(summary);
  return error === undefined ? { summary } : { summary, error };
}

async function cycle(
  desk: Desk,
  guard: LeaseGuard,
  writes: Record<string, number>,
  options: RunOptions,
  onPlan: (planned: PlannedRun) => Promise<void>,
): Promise<void> {
  const planned = await planWith(desk, options);
  try {
    await onPlan(planned);
    const brake = planned.brakes[0];
    if (brake !== undefined) throw new StackbridgeError(brake.code, brake.message);
    await apply(planned, guard, writes);
  } finally {
    await planned.dispose();
  }
}

/** Carries a plan out. Both sides are written at once; each batch is remembered as soon as it is answered. */
async function apply(planned: PlannedRun, guard: LeaseGuard, writes: Record<string, number>): Promise<void> {
  const { desk, scratch } = planned;
  const stillParked = await rememberPlan(scratch, guard, desk);
  const writing: WritingDesk = {
    ...desk,
    guard,
    stillParked,
    writes,
    halfWritten: new Set(),
    refused: new Set(),
    again: [],
    created: [],
    outcomes: [],
  };
  await bothOrNeither([writeSide('left', scratch, writing), writeSide('right', scratch, writing)]);
  await lookAgain(writing);
  await namePartners(writing);
  await showOutcomes(writing);
  await desk.ports.store.commit(guard.lease, milestones(planned));
}

function milestones({ watermarks, intents, desk: { job } }: PlannedRun): StoreChange[] {
  if (watermarks.length === 0) return [];
  return [
    ...intents.map(
      ({ scope, side, sourceId }): StoreChange => ({ kind: 'settle-intent', scope, side, sourceId }),
    ),
    ...watermarks.map(({ side, at }): StoreChange => ({ kind: 'watermark', recipe: job.recipe, side, at })),
    { kind: 'memo', name: versionMemo(job), value: { version: job.mappingVersion } },
  ];
}

/** What a run, or a run that was only planned, came to. */
export function summaryOf(
  { runId, job, ports, tally }: Desk,
  startedAt: Instant,
  writes: Readonly<Record<string, number>>,
  callsBefore: Readonly<Record<string, number>>,
  stopped: StackbridgeError | undefined,
): RunSummary {
  const systems = [ports.left.system, ports.right.system];
  const calls = ports.calls();
  return {
    runId,
    recipe: job.recipe,
    startedAt,
    finishedAt: ports.clock.now(),
    counts: tally.counts(),
    writes: Object.fromEntries(systems.map((system) => [system, writes[system] ?? 0])),
    calls: Object.fromEntries(
      systems.map((system) => [system, (calls[system] ?? 0) - (callsBefore[system] ?? 0)]),
    ),
    ...(tally.pending === 0 ? {} : { pending: tally.pending }),
    excluded: Object.fromEntries(tally.excluded),
    ...(stopped === undefined ? {} : { stoppedBy: stopped.code }),
  };
}
