import type { CalendarDate, DecimalText } from '../model/billing/money.ts';
import type { DateSpan } from './accounting-target.ts';

/** Countries in which there is payroll. */
export type PayrollCountry = 'AU' | 'NZ' | 'GB';

/** When a group of employees is paid. */
export interface PayCalendar {
  readonly id: string;
  readonly name: string;
  readonly frequency: PayFrequency;
  /** First day of one of its periods, which all others follow from. */
  readonly periodStart: CalendarDate;
}

export type PayFrequency =
  | 'weekly'
  | 'fortnightly'
  | 'four-weekly'
  | 'monthly'
  | 'twice-monthly'
  | 'quarterly'
  | 'annual';

export interface PayrollEmployee {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Absent where nobody has set one: no timesheet can be made. */
  readonly payCalendarId?: string;
  readonly active: boolean;
  /** Last day of work, where one is set: it may be still to come. */
  readonly lastDay?: CalendarDate;
}

/** What an hour is paid as: ordinary hours, overtime. */
export interface EarningsRate {
  readonly id: string;
  readonly name: string;
  /** `Hours` where timesheets can use it. */
  readonly units: string;
  readonly active: boolean;
}

/** Units of one earnings rate on one day. */
export interface TimesheetLine {
  readonly date: CalendarDate;
  readonly earningsRateId: string;
  readonly trackingItemId?: string;
  /** Hours, at most 4 decimal places. */
  readonly units: DecimalText;
}

/** One employee's time of one period of their pay calendar, both ends included. */
export interface DesiredTimesheet {
  readonly employeeId: string;
  readonly payCalendarId: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** One a day, earnings rate and tracking item. */
  readonly lines: readonly TimesheetLine[];
}

export interface HeldTimesheet extends DesiredTimesheet {
  readonly id: string;
  /** Only drafts can be changed. */
  readonly status: 'draft' | 'requested' | 'approved' | 'rejected' | 'completed';
}

/** As a listing has it, which may leave the lines out. */
export type FoundTimesheet = Omit<HeldTimesheet, 'lines'> & Partial<Pick<HeldTimesheet, 'lines'>>;

/** Payroll of one organisation. */
export interface PayrollTarget {
  readonly system: 'xero';
  payCalendars(): Promise<readonly PayCalendar[]>;
  employees(): Promise<readonly PayrollEmployee[]>;
  earningsRates(): Promise<readonly EarningsRate[]>;
  /** Timesheets whose period has a day in the span. */
  timesheets(within: DateSpan): Promise<readonly FoundTimesheet[]>;
  /** With its lines. */
  readTimesheet(found: FoundTimesheet): Promise<HeldTimesheet>;
  /** Makes a draft, once: one that says the same after an unanswered call is it. */
  createTimesheet(timesheet: DesiredTimesheet): Promise<HeldTimesheet>;
  /**
   * Brings a draft's lines to those of `timesheet`. It is read again first: refused as `TIMESHEET_CLOSED` where it is no
   * draft any more, and as `TIMESHEET_CHANGED` where it says something else than `held`.
   */
  updateTimesheet(held: HeldTimesheet, timesheet: DesiredTimesheet): Promise<HeldTimesheet>;
}
