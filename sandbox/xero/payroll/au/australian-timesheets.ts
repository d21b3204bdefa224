import { z } from 'zod';
import type { Books } from '../../books/books.ts';
import type { Timesheet, TimesheetLine } from '../../books/timesheet.ts';
import { DateInput, DecimalNumber, listOf, Text } from '../../wire/input.ts';
import { type Amount, sum } from '../../wire/money.ts';
import { ElementFault } from '../../wire/refusal.ts';
import { addDays, daysBetween, msDate, msStamp } from '../../wire/wire-time.ts';
import { frameFaults, lineFaults, type TimesheetFault, totalUnits, unitsOf } from '../timesheet-rules.ts';

/** A timesheet as requests of the Australian API give it: one line per kind of work, one number per day. */
export const AuTimesheetInput = z.object({
  TimesheetID: Text,
  EmployeeID: Text,
  StartDate: DateInput,
  EndDate: DateInput,
  Status: Text,
  TimesheetLines: listOf(
    z.object({ EarningsRateID: Text, TrackingItemID: Text, NumberOfUnits: listOf(DecimalNumber) }),
  ),
});
export type AuTimesheetInput = z.infer<typeof AuTimesheetInput>;
type AuLine = NonNullable<AuTimesheetInput['TimesheetLines']>[number];

const STATUSES = { DRAFT: 'draft', APPROVED: 'approved' } as const;
const NAMES = { draft: 'DRAFT', approved: 'APPROVED', processed: 'PROCESSED' } as const;

/** @throws ElementFault */
export function writeAuTimesheet(
  books: Books,
  input: AuTimesheetInput,
  previous: Timesheet | undefined,
): Timesheet {
  const employeeId = (input.EmployeeID ?? previous?.employeeId ?? '').toLowerCase();
  const startDate = input.StartDate ?? previous?.startDate;
  const endDate = input.EndDate ?? previous?.endDate;
  if (startDate === undefined || endDate === undefined)
    throw new ElementFault(['StartDate and EndDate must be specified.']);
  if (previous?.status === 'processed') throw new ElementFault(['A processed timesheet cannot be changed.']);
  const frame = {
    employeeId,
    calendarId: books.employees.get(employeeId)?.calendarId ?? '',
    startDate,
    endDate,
  };
  const faults = frameFaults(books, frame, previous);
  const status = statusOf(input.Status, previous, faults);
  const lines =
    input.TimesheetLines === undefined
      ? (previous?.lines ?? [])
      : input.TimesheetLines.flatMap((line) => daily(books, line, { startDate, endDate }, faults));
  if (faults.length > 0) throw new ElementFault(faults.map(({ reason }) => reason));
  const nowMs = books.now();
  return books.timesheets.put({
    id: previous?.id ?? books.ids.next(),
    ...frame,
    status,
    lines,
    createdMs: previous?.createdMs ?? nowMs,
    updatedMs: nowMs,
  });
}

/** The days are added up again per kind of work. */
export function showAuTimesheet(timesheet: Timesheet): object {
  const days = daysBetween(timesheet.startDate, timesheet.endDate);
  const kinds = new Map<string, { line: TimesheetLine; units: Amount[] }>();
  for (const line of timesheet.lines) {
    const key = `${line.earningsRateId} ${line.trackingItemId ?? ''}`;
    const kind = kinds.get(key) ?? { line, units: new Array<Amount>(days).fill(0) };
    const day = daysBetween(timesheet.startDate, line.date) - 1;
    kind.units[day] = unitsOf(sum([kind.units[day] ?? 0, line.units]));
    kinds.set(key, kind);
  }
  return {
    TimesheetID: timesheet.id,
    EmployeeID: timesheet.employeeId,
    StartDate: msDate(timesheet.startDate),
    EndDate: msDate(timesheet.endDate),
    Status: NAMES[timesheet.status],
    Hours: totalUnits(timesheet.lines),
    TimesheetLines: [...kinds.values()].map(({ line, units }) => ({
      EarningsRateID: line.earningsRateId,
      ...(line.trackingItemId === undefined ? {} : { TrackingItemID: line.trackingItemId }),
      NumberOfUnits: units,
      UpdatedDateUTC: msStamp(timesheet.updatedMs),
    })),
    UpdatedDateUTC: msStamp(timesheet.updatedMs),
  };
}

function statusOf(
  asked: string | undefined,
  previous: Timesheet | undefined,
  faults: TimesheetFault[],
): Timesheet['status'] {
  const wanted = asked?.toUpperCase() ?? NAMES[previous?.status ?? 'draft'];
  if (wanted === 'DRAFT' || wanted === 'APPROVED') return STATUSES[wanted];
  faults.push({ field: 'Status', reason: `The Status '${wanted}' is not valid.` });
  return 'draft';
}

function daily(
  books: Books,
  { EarningsRateID, TrackingItemID, NumberOfUnits = [] }: AuLine,
  period: { startDate: string; endDate: string },
  faults: TimesheetFault[],
): TimesheetLine[] {
  const days = daysBetween(period.startDate, period.endDate);
  if (NumberOfUnits.length !== days) {
    faults.push({
      field: 'NumberOfUnits',
      reason: `The number of units must be given for each of the ${days} days of the period; there are ${NumberOfUnits.length}.`,
    });
    return [];
  }
  const tracking = TrackingItemID?.toLowerCase();
  const kind = {
    earningsRateId: EarningsRateID?.toLowerCase() ?? '',
    ...(tracking === undefined || tracking === '' ? {} : { trackingItemId: tracking }),
  };
  const lines = NumberOfUnits.map((units, day) => ({
    id: books.ids.next(),
    date: addDays(period.startDate, day),
    ...kind,
    units: unitsOf(units ?? 0),
  }));
  const first = lines.find((line) => lineFaults(books, line, period).length > 0);
  if (first !== undefined) faults.push(...lineFaults(books, first, period));
  return lines.filter(({ units }) => units !== 0);
}
