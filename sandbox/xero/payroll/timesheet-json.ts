import type { Timesheet, TimesheetLine } from '../books/timesheet.ts';
import { dateString, ticks } from '../wire/wire-time.ts';
import { totalUnits } from './timesheet-rules.ts';

const STATUSES = { draft: 'Draft', approved: 'Approved', processed: 'Completed' } as const;

/** The status as Payroll 2.0 spells it. */
export function statusName(status: Timesheet['status']): string {
  return STATUSES[status];
}

/** A timesheet of Payroll 2.0; lists leave the lines out. */
export function showTimesheet(timesheet: Timesheet, withLines: boolean): object {
  return {
    timesheetID: timesheet.id,
    payrollCalendarID: timesheet.calendarId,
    employeeID: timesheet.employeeId,
    startDate: dateString(timesheet.startDate),
    endDate: dateString(timesheet.endDate),
    status: statusName(timesheet.status),
    totalHours: totalUnits(timesheet.lines),
    updatedDateUTC: ticks(timesheet.updatedMs),
    ...(withLines ? { timesheetLines: timesheet.lines.map(showTimesheetLine) } : {}),
  };
}

export function showTimesheetLine(line: TimesheetLine): object {
  return {
    timesheetLineID: line.id,
    date: dateString(line.date),
    earningsRateID: line.earningsRateId,
    trackingItemID: line.trackingItemId ?? null,
    numberOfUnits: line.units,
  };
}
