import type { DateSpan } from '../../ports/accounting-target.ts';
import type { PayrollTarget } from '../../ports/payroll-target.ts';

/** What timesheets are made from. */
export type PayrollSettings = Pick<PayrollTarget, 'payCalendars' | 'employees' | 'earningsRates'>;
export type TimesheetTarget = Pick<PayrollTarget, 'timesheets' | 'createTimesheet' | 'updateTimesheet'>;

/** Whether two spans have a day in common. */
export function overlaps(one: DateSpan, other: DateSpan): boolean {
  return one.from <= other.to && one.to >= other.from;
}
