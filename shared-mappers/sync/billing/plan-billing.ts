import type { ChartOfAccounts } from '../../model/billing/chart.ts';
import type { Instant } from '../../model/instant.ts';
import { checkMap } from '../../plan/billing/check-map.ts';
import type { LeftOut } from '../../plan/billing/document-plan.ts';
import type { MapFault } from '../../plan/billing/map-fault.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { BrakeName } from '../../plan/brakes.ts';
import type { BillingJob, BillingPlan, BillingPorts } from './billing-job.ts';
import { calendarDay, zoneNamed } from './calendar-day.ts';

/** Everything decided before anything is written. */
export interface PlannedBilling extends BillingPlan {
  readonly runId: string;
  readonly context: BillingContext;
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
  /** Of the account map against the chart and the work there is. What they concern is parked. */
  readonly faults: readonly MapFault[];
}

export interface BillingOptions {
  /** Ids of the subjects to look at; absent: all. */
  readonly only?: readonly string[];
  /** Brakes that are let through. Default: none. */
  readonly allow?: readonly BrakeName[];
  /** When the work was read, where it was handed over. Default: in this run. */
  readonly asOf?: Instant;
}

/** One scope an organisation: all its billing recipes share ledger and lease. */
export function billingScope({ organisation }: ChartOfAccounts): string {
  return `xero:${organisation.id}`;
}

/** What is parked or written in such a scope came from a billing recipe. */
export function isBillingScope(scope: string): boolean {
  return scope.startsWith('xero:');
}

/** Reads what there is to bill and decides what becomes of it. Writes nothing. */
export async function planBilling(
  job: BillingJob,
  ports: BillingPorts,
  options: BillingOptions = {},
  chart?: ChartOfAccounts,
): Promise<PlannedBilling> {
  const live = chart ?? (await readChart(ports));
  const { asOf } = options;
  const context = { ...contextOf(job, ports, live), ...(asOf === undefined ? {} : { asOf }) };
  const only = options.only === undefined ? undefined : new Set(options.only);
  const isWanted = (id: string): boolean => only === undefined || only.has(id);
  const found = await job.read({ ports, context, isWanted });
  return {
    ...(await found.plan()),
    runId: ports.random.id(),
    context,
    leftOut: found.leftOut,
    faults: [...checkMap(job.map, live, found.needs), ...(found.faults ?? [])],
  };
}

/** Holds the account map against the accounts as they are and the work there is. Writes nothing. */
export async function checkAccounts(job: BillingJob, ports: BillingPorts): Promise<MapFault[]> {
  const chart = await readChart(ports);
  const context = contextOf(job, ports, chart);
  const { needs, faults = [] } = await job.read({
    ports,
    context,
    isWanted: () => true,
    looksAtAll: true,
  });
  return [...checkMap(job.map, chart, needs), ...faults];
}

export async function readChart({ target, progress }: BillingPorts): Promise<ChartOfAccounts> {
  progress.begin('describe');
  const chart = await target.chart();
  progress.end('describe');
  return chart;
}

function contextOf(
  { recipe, map }: BillingJob,
  { key, clock, log }: BillingPorts,
  chart: ChartOfAccounts,
): BillingContext {
  const now = clock.now();
  const { name, timezone } = chart.organisation;
  const today = calendarDay(now, timezone);
  if (zoneNamed(timezone) === undefined) {
    log.warn('unknown time zone: days are counted in UTC', { organisation: name, timezone, today });
  }
  return { scope: billingScope(chart), recipe, map, chart, key, today, now };
}
