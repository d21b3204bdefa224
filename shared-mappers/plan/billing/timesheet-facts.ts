import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import type {
  DesiredTimesheet,
  EarningsRate,
  FoundTimesheet,
  HeldTimesheet,
  PayCalendar,
  PayrollEmployee,
} from '../../ports/payroll-target.ts';
import type { BillingDecision } from './decision.ts';
import type { LeftOut } from './document-plan.ts';
import type { TimePlan } from './time-plan.ts';

/** How approved logs become payroll timesheets: what a person worked, billable or not. */
export interface TimesheetOptions {
  readonly approval: 'required' | 'not-needed';
  readonly cutOver?: CalendarDate;
  /** For people whose entry in the map names none: name or id. */
  readonly earningsRate?: string;
}

export interface TimesheetFacts {
  /** Every log dated within the span, of all projects. */
  readonly logs: readonly TimeLog[];
  /** Timesheets are planned for the pay periods that lie wholly within it. */
  readonly span: { readonly from: CalendarDate; readonly to: CalendarDate };
  readonly employees: readonly PayrollEmployee[];
  readonly calendars: readonly PayCalendar[];
  readonly rates: readonly EarningsRate[];
  /** With their lines where `timesheetsToRead` asks for them. */
  readonly held: readonly FoundTimesheet[];
  /** Of the logs, and of the timesheets held. */
  readonly entries: readonly LedgerEntry[];
  readonly memories: readonly DocumentMemory[];
  readonly decisions: readonly BillingDecision[];
}

export type TimesheetWrite =
  | { readonly action: 'create'; readonly timesheet: DesiredTimesheet; readonly after: readonly string[] }
  | {
      readonly action: 'update';
      readonly held: HeldTimesheet;
      readonly timesheet: DesiredTimesheet;
      /** Timesheets that lose hours to this one: those have to be written before. */
      readonly after: readonly string[];
    };

/** Everything decided about one employee's period, or about logs of somebody who has none. */
export type TimesheetPlan = TimePlan<TimesheetWrite>;

export interface TimesheetPlans {
  readonly plans: readonly TimesheetPlan[];
  readonly leftOut: readonly LeftOut[];
}
