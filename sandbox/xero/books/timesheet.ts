import type { Amount } from '../wire/money.ts';
import type { CalendarDate } from '../wire/wire-time.ts';

export interface TimesheetLine {
  readonly id: string;
  readonly date: CalendarDate;
  readonly earningsRateId: string;
  /** An option of the payroll's tracking category. */
  readonly trackingItemId?: string;
  readonly units: Amount;
}

/** What one employee worked in one pay period. */
export interface Timesheet {
  readonly id: string;
  readonly employeeId: string;
  readonly calendarId: string;
  readonly startDate: CalendarDate;
  readonly endDate: CalendarDate;
  /** `processed`: a pay run has taken it. */
  readonly status: 'draft' | 'approved' | 'processed';
  readonly lines: readonly TimesheetLine[];
  readonly createdMs: number;
  readonly updatedMs: number;
}
