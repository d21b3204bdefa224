import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { RunSummary } from '../../model/run-summary.ts';
import { LeaseGuard } from '../lease-guard.ts';
import type { RunResult } from '../run.ts';
import type { BillingJob, BillingPorts, WritingDesk } from './billing-job.ts';
import { BillingTally } from './billing-tally.ts';
import {
  type BillingOptions,
  billingScope,
  type PlannedBilling,
  planBilling,
  readChart,
} from './plan-billing.ts';
import { rememberBilling } from './remember-billing.ts';

/**
 * One run: read what there is to bill, hold it against the ledger and the accounts, remember, write. Under the
 * organisation's lease from before the first read of work, so that two workers never bill one milestone at once.
 *
 * @param onPlan sees the plan before anything of it is written.
 */
export async function syncBilling(
  job: BillingJob,
  ports: BillingPorts,
  holder: string,
  options: BillingOptions = {},
  onPlan: (planned: PlannedBilling) => void = () => {},
): Promise<RunResult> {
  const startedAt = ports.clock.now();
  const callsBefore = { ...ports.calls() };
  let planned: PlannedBilling | undefined;
  let tally = new BillingTally([]);
  const writes = { xero: 0 };
  let error: StackbridgeError | undefined;
  try {
    const chart = await readChart(ports);
    const guard = await LeaseGuard.acquire(billingScope(chart), holder, ports.store, ports.clock);
    try {
      planned = await planBilling(job, ports, options, chart);
      tally = new BillingTally(planned.planned);
      onPlan(planned);
      const [brake] = (planned.brakes ?? []).filter(({ name }) => options.allow?.includes(name) !== true);
      if (brake !== undefined) throw new StackbridgeError(brake.code, brake.message);
      const parked = Map.groupBy(await ports.store.parked({ recipe: job.recipe }), ({ subject }) => subject);
      const { runId, context } = planned;
      const desk: WritingDesk = { ports, context, runId, guard, tally, parked, writes };
      await rememberBilling(planned.planned, desk);
      await planned.write(desk);
    } finally {
      await guard.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof StackbridgeError)) throw thrown;
    error = thrown;
  }
  const runId = planned?.runId ?? ports.random.id();
  const summary = billingSummary(runId, job, ports, tally, { startedAt, callsBefore, writes, error });
  await ports.store.saveRun(summary);
  return error === undefined ? { summary } : { summary, error };
}

export interface RunFacts {
  readonly startedAt: number;
  readonly callsBefore: Readonly<Record<string, number>>;
  readonly writes: Readonly<Record<string, number>>;
  readonly error?: StackbridgeError | undefined;
}

/** What a run, or a run that was only planned, came to. */
export function billingSummary(
  runId: string,
  { recipe, sources }: BillingJob,
  { clock, calls: callsNow }: BillingPorts,
  tally: BillingTally,
  { startedAt, callsBefore, writes, error }: RunFacts,
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
      [...sources, 'xero'].map((system) => [system, (calls[system] ?? 0) - (callsBefore[system] ?? 0)]),
    ),
    ...(tally.pending === 0 ? {} : { pending: tally.pending }),
    excluded: Object.fromEntries(tally.excluded),
    ...(error === undefined ? {} : { stoppedBy: error.code }),
  };
}
