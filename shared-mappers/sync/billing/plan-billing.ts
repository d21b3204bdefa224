import type { ChartOfAccounts } from '../../model/billing/chart.ts';
import { checkMap } from '../../plan/billing/check-map.ts';
import type { DocumentPlan, LeftOut } from '../../plan/billing/document-plan.ts';
import type { MapFault } from '../../plan/billing/map-fault.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { BillingJob, BillingPorts, BillingSubject } from './billing-job.ts';
import { calendarDay } from './calendar-day.ts';
import { Customers } from './customers.ts';
import { ledgerFacts, type StateOf } from './ledger-facts.ts';

export interface PlannedSubject {
  readonly subject: BillingSubject;
  readonly plan: DocumentPlan;
}

/** Everything decided before anything is written. */
export interface PlannedBilling {
  readonly runId: string;
  readonly context: BillingContext;
  readonly planned: readonly PlannedSubject[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
  /** Of the account map against the chart and the work there is. Documents that they concern are parked. */
  readonly faults: readonly MapFault[];
  readonly customers: Customers;
  readonly stateOf: StateOf;
}

export interface BillingOptions {
  /** Ids of the subjects to look at; absent: all. */
  readonly only?: readonly string[];
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
  const context = contextOf(job, ports, live);
  const found = await job.read((sources) => ports.ledger.entries(context.scope, sources), context.today);
  const only = options.only === undefined ? undefined : new Set(options.only);
  const subjects = found.subjects.filter(({ id }) => only === undefined || only.has(id));

  ports.progress.begin('read-right');
  const stateOf = await ledgerFacts(subjects, found.entries, context.scope, job, ports);
  const parties = subjects
    .filter((subject) => subject.waits === undefined || stateOf(subject).memories.length > 0)
    .map(({ party }) => party);
  const customers = await Customers.find(parties, ports.target, job.createsContacts);
  ports.progress.end('read-right');

  ports.progress.begin('plan', subjects.length);
  const planned = subjects.map((subject): PlannedSubject => {
    const { contact } = customers.of(subject.party);
    return { subject, plan: subject.plan(contact, stateOf(subject), context) };
  });
  ports.progress.advance('plan', planned.length);
  ports.progress.end('plan');
  return {
    runId: ports.random.id(),
    context,
    planned,
    leftOut: found.leftOut,
    faults: checkMap(job.map, live, found.needs),
    customers,
    stateOf,
  };
}

/** Holds the account map against the accounts as they are and the work there is. Writes nothing. */
export async function checkAccounts(job: BillingJob, ports: BillingPorts): Promise<MapFault[]> {
  const chart = await readChart(ports);
  const { scope, today } = contextOf(job, ports, chart);
  const { needs } = await job.read((sources) => ports.ledger.entries(scope, sources), today);
  return checkMap(job.map, chart, needs);
}

export async function readChart({ target, progress }: BillingPorts): Promise<ChartOfAccounts> {
  progress.begin('describe');
  const chart = await target.chart();
  progress.end('describe');
  return chart;
}

function contextOf(
  { recipe, map }: BillingJob,
  { key, clock }: BillingPorts,
  chart: ChartOfAccounts,
): BillingContext {
  const now = clock.now();
  const today = calendarDay(now, chart.organisation.timezone);
  return { scope: billingScope(chart), recipe, map, chart, key, today, now };
}
