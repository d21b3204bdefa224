import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { MapFault } from '../../plan/billing/map-fault.ts';
import { periodOf } from '../../plan/billing/pay-period.ts';
import { timeBrakes } from '../../plan/billing/time-brake.ts';
import type { TimesheetOptions } from '../../plan/billing/timesheet-facts.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import type { PayrollCountry, PayrollTarget } from '../../ports/payroll-target.ts';
import type { BillingJob, FoundWork, PlanningDesk } from './billing-job.ts';
import { daysAfter } from './calendar-day.ts';
import { readTime } from './read-time.ts';
import { type TimeEntriesRecipe, timeEntriesPart } from './time-entries-part.ts';
import type { TimePart } from './time-part.ts';
import { readPayrollSetUp, timesheetsPart } from './timesheets-part.ts';

export interface PayrollRecipe {
  readonly options: TimesheetOptions;
  /** In Australia only: timesheets of the old kind or of the new one. */
  readonly timesheets?: 'v1' | 'v2';
  readonly open: (country: PayrollCountry, timesheets: 'v1' | 'v2') => PayrollTarget;
}

/** What a recipe for time says for itself. */
export interface TimeRecipe extends Pick<BillingJob, 'recipe' | 'map'> {
  readonly source: ProjectSource;
  readonly cutOver: CalendarDate;
  /** Names, keys or ids; absent: all. */
  readonly projects?: readonly string[];
  readonly timeEntries?: TimeEntriesRecipe;
  readonly payroll?: PayrollRecipe;
  readonly deletes: BrakeLimit;
}

/** Work is logged ahead of the organisation's day where people are farther east, or plan their week. */
const DAYS_AHEAD = 31;

/** A recipe that makes time entries and timesheets of what people logged. */
export function timeJob(recipe: TimeRecipe): BillingJob {
  const { recipe: name, map, payroll } = recipe;
  return {
    recipe: name,
    map,
    sources: ['zoho-projects'],
    async read(desk) {
      if (payroll !== undefined && desk.ports.ledger.onDocuments !== undefined) throw timesheetsNeedStore();
      const faults = payroll === undefined ? [] : payrollFaults(payroll, desk);
      const [fault] = faults;
      if (fault === undefined) return readParts(recipe, desk);
      const refuse = async (): Promise<never> => {
        throw new StackbridgeError(fault.code, fault.message);
      };
      return { needs: {}, faults, leftOut: [], plan: refuse };
    },
  };
}

/** No field of a timesheet could carry what has to be remembered of it. */
export function timesheetsNeedStore(): StackbridgeError {
  const message = 'What was done with timesheets is remembered in a store, and this host keeps none';
  return new StackbridgeError('RECIPE_INVALID', message);
}

async function readParts(recipe: TimeRecipe, desk: PlanningDesk): Promise<FoundWork> {
  const { source, projects, cutOver, timeEntries, payroll, deletes } = recipe;
  const { context, ports } = desk;
  const country = countryOf(desk);
  const target =
    payroll === undefined || country === undefined
      ? undefined
      : payroll.open(country, country === 'AU' ? (payroll.timesheets ?? 'v1') : 'v2');
  const setUp = target === undefined ? undefined : await readPayrollSetUp(target);
  const ends = (setUp?.calendars ?? []).map((calendar) => periodOf(context.today, calendar).to);
  const [to = cutOver] = [daysAfter(context.today, DAYS_AHEAD), ...ends].sort().reverse();
  const found = await readTime(source, projects, { from: cutOver, to }, ports.progress);

  const parts: TimePart[] = [];
  if (timeEntries !== undefined) parts.push(await timeEntriesPart(found, timeEntries, desk));
  if (payroll !== undefined && target !== undefined && setUp !== undefined) {
    parts.push(await timesheetsPart(found, { options: payroll.options, target, setUp }, desk));
  }
  const planned = parts.flatMap((part) => part.planned);
  return {
    needs: {},
    faults: eachOnce(parts.flatMap((part) => part.faults)),
    leftOut: parts.flatMap((part) => part.leftOut),
    async plan() {
      ports.progress.begin('plan', planned.length);
      ports.progress.end('plan');
      return {
        planned,
        makes: 'time' as const,
        brakes: timeBrakes(parts, deletes),
        async write(writing) {
          for (const part of parts) await part.write(writing);
        },
      };
    },
  };
}

function payrollFaults({ timesheets }: PayrollRecipe, desk: PlanningDesk): MapFault[] {
  const country = countryOf(desk);
  const { name, country: home } = desk.context.chart.organisation;
  if (country === undefined) {
    return [
      {
        code: 'RECIPE_INVALID',
        in: 'recipe',
        path: ['destinations', 'payroll'],
        message: `Xero has payroll in Australia, New Zealand and the United Kingdom; ${name} is in ${home}`,
        suggestion: 'Take the destination out',
      },
    ];
  }
  if (country === 'AU' || timesheets === undefined) return [];
  return [
    {
      code: 'RECIPE_INVALID',
      in: 'recipe',
      path: ['destinations', 'payroll', 'timesheets'],
      message: `Kinds of timesheets are Australia's; ${name} is in ${home}`,
      suggestion: 'Take the key out',
    },
  ];
}

function countryOf({ context }: PlanningDesk): PayrollCountry | undefined {
  const { country } = context.chart.organisation;
  return country === 'AU' || country === 'NZ' || country === 'GB' ? country : undefined;
}

function eachOnce(faults: readonly MapFault[]): MapFault[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.message}`, fault])).values()];
}
