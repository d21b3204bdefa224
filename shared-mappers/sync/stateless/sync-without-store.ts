import type { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { Instant } from '../../model/instant.ts';
import type { RunSummary } from '../../model/run-summary.ts';
import type { Side } from '../../model/side.ts';
import type { Brake, BrakeName } from '../../plan/brakes.ts';
import type { SubjectPlan } from '../../plan/subject-plan.ts';
import type { Scratch } from '../../ports/scratch.ts';
import type { SyncJob, SyncPorts } from '../job.ts';
import { memoryScratch } from '../memory-scratch.ts';
import { type PlannedRun, planRun, type ReadRecords } from '../plan-run.ts';
import { summaryOf, sync } from '../run.ts';
import { Claims } from './claims.ts';
import { type ExecutionStore, executionStore, type PairDecision } from './execution-store.ts';
import { observed } from './observed-connector.ts';
import { outcomesOf, type PersonOutcome } from './person-outcome.ts';
import { readPairs, type Scope } from './read-pairs.ts';

/** The effects of one execution on a host that keeps no state. */
export type StatelessPorts = Omit<SyncPorts, 'store' | 'openScratch'>;

export interface Request {
  readonly scope: Scope;
  /** A person's answers to conflicts. Default: none. */
  readonly decisions?: readonly PairDecision[];
  /** Brakes that may be passed. Default: none. */
  readonly allow?: readonly BrakeName[];
  /** Plans and writes nothing. Default: false. */
  readonly preview?: boolean;
}

export interface Execution {
  readonly summary: RunSummary;
  /** What ended it early, already told in `summary.stoppedBy`. */
  readonly error?: StackbridgeError;
  /** Everybody who was looked at, but for whom it ended too early. */
  readonly people: readonly PersonOutcome[];
  /** Brakes that the plan trips: nothing was written while there is one. */
  readonly brakes: readonly Brake[];
  /** Where the next execution begins, once everything of this one is settled: see `mayAdvance`. */
  readonly serverTimes: Readonly<Partial<Record<Side, Instant>>>;
  /** It ran to its end, so that what has changed since `serverTimes` is all there is to look at next. */
  readonly mayAdvance: boolean;
}

/**
 * One cycle of the same sync, for a host that keeps no state: who belongs to whom and what both last agreed on is read
 * from the records. Nothing is remembered but what is written onto them; outcomes go back to the caller.
 *
 * @param job of a recipe whose base stands on the records
 * @throws anything that is no `StackbridgeError`; and a `StackbridgeError` where the records could not be read
 */
export async function syncWithoutStore(
  job: SyncJob,
  ports: StatelessPorts,
  { scope, decisions = [], allow = [], preview = false }: Request,
): Promise<Execution> {
  const claims = new Claims(job);
  const desk = { ...observing(ports, claims), store: executionStore(job, claims, decisions) };
  const callsBefore = { ...ports.calls() };
  const { records, serverTimes } = await readPairs(scope, claims, job, desk);
  return { ...(await execute(job, desk, { records, claims, allow, preview, callsBefore })), serverTimes };
}

export interface ExecuteOptions {
  readonly records: ReadRecords;
  readonly claims: Claims;
  readonly allow: readonly BrakeName[];
  readonly preview: boolean;
  readonly callsBefore: Readonly<Record<string, number>>;
}

/** Plans what was read and, but for a preview, carries it out. */
export async function execute(
  job: SyncJob,
  ports: StatelessPorts & { readonly store: ExecutionStore },
  { records, claims, allow, preview, callsBefore }: ExecuteOptions,
): Promise<Omit<Execution, 'serverTimes'>> {
  const plans: SubjectPlan[] = [];
  let brakes: readonly Brake[] = [];
  const whole: SyncPorts = { ...ports, openScratch: async () => keeping(plans) };
  const look = async (planned: PlannedRun): Promise<void> => {
    brakes = planned.brakes;
  };
  const options = { records, allow };
  const run = async (): Promise<{ summary: RunSummary; error?: StackbridgeError }> => {
    if (!preview) return sync(job, whole, 'execution', options, look);
    const planned = await planRun(job, whole, options);
    await look(planned);
    const summary = summaryOf(planned.desk, ports.clock.now(), {}, callsBefore, undefined);
    await planned.dispose();
    return { summary };
  };
  const { summary, error } = await run();
  const isPreview = preview || brakes.length > 0;
  const people = await outcomesOf(plans, { job, claims, store: ports.store, isPreview, stopped: error });
  return {
    summary: { ...summary, calls: callsSince(callsBefore, ports) },
    ...(error === undefined ? {} : { error }),
    people,
    brakes,
    mayAdvance: !preview && error === undefined,
  };
}

export function observing(ports: StatelessPorts, claims: Claims): StatelessPorts {
  return {
    ...ports,
    left: observed(ports.left, (records) => claims.observe('left', records)),
    right: observed(ports.right, (records) => claims.observe('right', records)),
  };
}

function callsSince(before: Readonly<Record<string, number>>, ports: StatelessPorts): Record<string, number> {
  const now = ports.calls();
  return Object.fromEntries(
    [ports.left.system, ports.right.system].map((system) => [
      system,
      (now[system] ?? 0) - (before[system] ?? 0),
    ]),
  );
}

/** A working space that also hands every plan to the caller. */
function keeping(plans: SubjectPlan[]): Scratch & { dispose(): Promise<void> } {
  const scratch = memoryScratch();
  return {
    ...scratch,
    addPlans: async (some) => {
      plans.push(...some);
      await scratch.addPlans(some);
    },
  };
}
