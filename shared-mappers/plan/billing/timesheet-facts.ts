import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import type {
  DesiredTimesheet,
  EarningsRate,
  HeldTimesheet,
  PayCalendar,
  PayrollEmployee,
} from '../../ports/payroll-target.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingDecision } from './decision.ts';
import type { LeftOut, Proposal } from './document-plan.ts';

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
  readonly held: readonly HeldTimesheet[];
  readonly entries: readonly LedgerEntry[];
  readonly memories: readonly DocumentMemory[];
  readonly decisions: readonly BillingDecision[];
}

export type TimesheetWrite =
  | { readonly action: 'create'; readonly timesheet: DesiredTimesheet }
  | { readonly action: 'update'; readonly held: HeldTimesheet; readonly timesheet: DesiredTimesheet };

/** Everything decided about one employee's period, or about logs of somebody who has none. */
export interface TimesheetPlan {
  /** `ZPAY-<employee>-<first day>`. */
  readonly subject: string;
  readonly outcome: 'create' | 'update' | 'propose' | 'leave' | 'parked';
  readonly write?: TimesheetWrite;
  readonly proposals: readonly Proposal[];
  readonly issues: readonly BillingIssue[];
  readonly decided: readonly string[];
  /** To commit without a call. */
  readonly remember: readonly LedgerChange[];
  /** To commit before the write. */
  readonly intent: readonly LedgerChange[];
  /** To commit once it is answered. */
  readonly confirmation: readonly LedgerChange[];
  /** To commit when it is refused. */
  readonly withdrawal: readonly LedgerChange[];
}

export interface TimesheetPlans {
  readonly plans: readonly TimesheetPlan[];
  readonly leftOut: readonly LeftOut[];
}
