import { Decimal } from 'decimal.js';
import type { Books } from '../books/books.ts';
import { periodOf } from '../books/pay-calendar.ts';
import type { Timesheet, TimesheetLine } from '../books/timesheet.ts';
import { type Amount, rounded } from '../wire/money.ts';

/** Something wrong with a timesheet, and the field it is in. */
export interface TimesheetFault {
  readonly field: string;
  readonly reason: string;
}

/** Who a timesheet is for and when. */
export type TimesheetFrame = Pick<Timesheet, 'employeeId' | 'calendarId' | 'startDate' | 'endDate'>;

/** What is wrong with a timesheet's person and period; one period takes one timesheet. */
export function frameFaults(
  books: Books,
  frame: TimesheetFrame,
  previous: Timesheet | undefined,
): TimesheetFault[] {
  const employee = books.employees.get(frame.employeeId);
  if (employee === undefined) return [{ field: 'EmployeeID', reason: 'The employee could not be found.' }];
  const calendar = books.payCalendars.get(frame.calendarId);
  if (calendar === undefined || employee.calendarId !== calendar.id) {
    return [{ field: 'PayrollCalendarID', reason: "The payroll calendar is not the employee's." }];
  }
  const faults: TimesheetFault[] = [];
  if (employee.endDate !== undefined && employee.endDate < frame.startDate) {
    faults.push({ field: 'EmployeeID', reason: 'The employee has left before the period.' });
  }
  const period = periodOf(calendar, frame.startDate);
  if (period.start !== frame.startDate || period.end !== frame.endDate) {
    faults.push({
      field: 'StartDate',
      reason: `The period must be a pay period of the calendar, such as ${period.start} to ${period.end}.`,
    });
  }
  for (const other of books.timesheets.found(books.timesheetsByEmployee, frame.employeeId)) {
    if (other.id !== previous?.id && other.startDate <= frame.endDate && frame.startDate <= other.endDate) {
      faults.push({ field: 'StartDate', reason: 'Timesheet overlaps an existing timesheet' });
    }
  }
  return faults;
}

/** What is wrong with a line. */
export function lineFaults(
  books: Books,
  line: Omit<TimesheetLine, 'id'>,
  { startDate, endDate }: Pick<TimesheetFrame, 'startDate' | 'endDate'>,
): TimesheetFault[] {
  const faults: TimesheetFault[] = [];
  if (line.date < startDate || line.date > endDate) {
    faults.push({ field: 'Date', reason: 'The date must be within the period of the timesheet.' });
  }
  const rate = books.earningsRates.get(line.earningsRateId);
  if (rate === undefined || !rate.isCurrent) {
    faults.push({ field: 'EarningsRateID', reason: 'The earnings rate could not be found.' });
  }
  if (line.units < 0 || line.units > 9999) {
    faults.push({ field: 'NumberOfUnits', reason: 'The number of units must be between 0 and 9999.' });
  }
  if (line.trackingItemId !== undefined && !isTrackingItem(books, line.trackingItemId)) {
    faults.push({
      field: 'TrackingItemID',
      reason: "The tracking item is not an option of the timesheets' tracking category.",
    });
  }
  return faults;
}

/** Units to four places. */
export function unitsOf(value: Decimal.Value): Amount {
  return rounded(value, 4);
}

export function totalUnits(lines: readonly TimesheetLine[]): Amount {
  return lines.reduce((total, { units }) => total.plus(units), new Decimal(0)).toNumber();
}

function isTrackingItem(books: Books, id: string): boolean {
  const category =
    books.timesheetCategoryId === undefined
      ? undefined
      : books.trackingCategories.get(books.timesheetCategoryId);
  return category?.options.some((option) => option.id === id && option.status === 'ACTIVE') ?? false;
}
