import { inParallel } from '../../http/in-parallel.ts';
import { checkPayroll, type PayrollSetUp } from '../../plan/billing/check-people.ts';
import {
  composeTimesheets,
  printOfTimesheet,
  timesheetNumber,
} from '../../plan/billing/compose-timesheets.ts';
import { faultOfIssue } from '../../plan/billing/map-fault.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import { planTimesheets, timesheetsToRead } from '../../plan/billing/plan-timesheets.ts';
import type { LosingTime } from '../../plan/billing/time-brake.ts';
import type { Answered } from '../../plan/billing/time-plan.ts';
import { previewOfTimesheet } from '../../plan/billing/time-preview.ts';
import type {
  TimesheetFacts,
  TimesheetOptions,
  TimesheetPlan,
  TimesheetWrite,
} from '../../plan/billing/timesheet-facts.ts';
import type { PayrollTarget } from '../../ports/payroll-target.ts';
import type { PlanningDesk } from './billing-job.ts';
import { billingDecision } from './ledger-facts.ts';
import type { FoundTime } from './read-time.ts';
import { plannedTime, type TimePart } from './time-part.ts';
import { type SingleWrite, writeOneByOne } from './write-one-by-one.ts';

export interface TimesheetsRecipe {
  readonly options: TimesheetOptions;
  readonly target: PayrollTarget;
  readonly setUp: PayrollSetUp;
}

/** Calls at once, of the five that Xero takes. */
const AT_ONCE = 4;

export async function readPayrollSetUp(target: PayrollTarget): Promise<PayrollSetUp> {
  const [employees, calendars, rates] = await Promise.all([
    target.employees(),
    target.payCalendars(),
    target.earningsRates(),
  ]);
  return { employees, calendars, rates };
}

/** Payroll timesheets, planned. */
export async function timesheetsPart(
  found: FoundTime,
  { options, target, setUp }: TimesheetsRecipe,
  desk: PlanningDesk,
): Promise<TimePart> {
  const { context, isWanted } = desk;
  const facts = await readFacts(found, { options, target, setUp }, desk);
  const { plans: all, leftOut } = planTimesheets(facts, options, context);
  const plans = all.filter(({ subject }) => isWanted(subject));
  const planned = plans.map((plan) => plannedTime(plan, () => previewOfTimesheet(plan, setUp.rates)));
  return {
    planned,
    leftOut,
    faults: [
      ...checkPayroll(context.map, options.earningsRate, setUp),
      ...plans.flatMap(({ issues }) => issues.map(faultOfIssue)),
    ],
    ...losing(found, facts, plans, context),
    async write(writing) {
      const writes = plans.flatMap((plan): SingleWrite<TimesheetWrite>[] => {
        const { write, title } = plan;
        if (write === undefined) return [];
        const one = plannedTime(plan, () => undefined);
        return [{ one, write, after: title, needs: write.after }];
      });
      await writeOneByOne(writes, send, writing);
    },
  };

  async function send(write: TimesheetWrite): Promise<Answered> {
    const held =
      write.action === 'create'
        ? await target.createTimesheet(write.timesheet)
        : await target.updateTimesheet(write.held, write.timesheet);
    return { id: held.id, print: printOfTimesheet(held, context.key) };
  }
}

async function readFacts(
  { projects, span }: FoundTime,
  { options, target, setUp }: TimesheetsRecipe,
  { ports, context }: PlanningDesk,
): Promise<TimesheetFacts> {
  const { ledger, store, progress } = ports;
  const { scope, recipe } = context;
  progress.begin('read-right');
  const logs = projects.flatMap((project) => project.logs);
  const held = await target.timesheets(span);
  const ofLogs = await ledger.entries(
    scope,
    logs.map(({ id }) => ({ kind: 'time-log', id }) as const),
  );
  const base = { logs, span, ...setUp, held, entries: ofLogs, memories: [], decisions: [] };
  const { sheets, moved } = composeTimesheets(base, options, context);
  const numbers = [
    ...new Set([
      ...held.map(({ employeeId, from }) => timesheetNumber(employeeId, from)),
      ...sheets.keys(),
      ...moved.flatMap(({ from, place }) => [from, place.sheet.number]),
    ]),
  ];
  const [ofSheets, memories, decisions] = await Promise.all([
    ledger.entriesOf(scope, numbers),
    ledger.documents(scope, recipe, numbers),
    store.decisions(scope, numbers),
  ]);
  const entries = [
    ...new Map(
      [...ofLogs, ...ofSheets].map((entry) => [
        [entry.purpose, entry.source.id, entry.documentNumber, entry.state].join(' '),
        entry,
      ]),
    ).values(),
  ];
  const facts = { ...base, entries, memories, decisions: decisions.flatMap(billingDecision) };
  const unread = timesheetsToRead(facts, options, context);
  const read = new Map(
    (await inParallel(unread, AT_ONCE, (one) => target.readTimesheet(one))).map((one) => [one.id, one]),
  );
  progress.end('read-right');
  return { ...facts, held: held.map((one) => read.get(one.id) ?? one) };
}

/** Logs that would leave their timesheets for none. People are paid by them: an empty listing takes nothing back. */
function losing(
  { projects }: FoundTime,
  { entries }: Pick<TimesheetFacts, 'entries'>,
  plans: readonly TimesheetPlan[],
  { recipe }: Pick<BillingContext, 'recipe'>,
): LosingTime {
  const paid = entries.filter(
    (entry) => entry.purpose === 'pay' && entry.recipe === recipe && entry.state === 'billed',
  );
  const writes = new Map(
    plans.flatMap(({ subject, write }) => (write === undefined ? [] : [[subject, write]])),
  );
  const kept = new Set(
    [...writes.values()]
      .flatMap(({ intent }) => intent)
      .flatMap((change) => (change.kind === 'entry' ? [change.entry.source.id] : [])),
  );
  const leaving = paid.filter(
    ({ documentNumber, source }) => writes.has(documentNumber) && !kept.has(source.id),
  ).length;
  const isEmpty = projects.every(({ logs }) => logs.length === 0);
  const empty = isEmpty ? [{ title: 'time logs', leaving, unasked: 0 }] : [];
  return { standing: new Set(paid.map(({ source }) => source.id)).size, leaving, empty };
}
