import { z } from 'zod';
import type { Answer } from '../../simulator.ts';
import type { Books } from '../books/books.ts';
import type { Timesheet, TimesheetLine } from '../books/timesheet.ts';
import { jsonBody, param, type XeroCall, type XeroEndpoint } from '../endpoint.ts';
import { DateInput, DecimalNumber, listOf, readInput, Text } from '../wire/input.ts';
import { notFound } from '../wire/refusal.ts';
import { payrollAnswer, payrollPage, payrollProblem } from './payroll-envelope.ts';
import { showTimesheet, showTimesheetLine, statusName } from './timesheet-json.ts';
import {
  frameFaults,
  lineFaults,
  type TimesheetFault,
  type TimesheetFrame,
  unitsOf,
} from './timesheet-rules.ts';

const scopes = ['payroll.timesheets'];
const ONE = '/Timesheets/:TimesheetID';

/** `/Timesheets` of Payroll 2.0: New Zealand, the United Kingdom, and Australia's new API. */
export const timesheetEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: '/Timesheets', operation: 'payroll.timesheets.list', scopes, handle: list },
  { method: 'POST', path: '/Timesheets', operation: 'payroll.timesheets.create', scopes, handle: create },
  {
    method: 'GET',
    path: ONE,
    operation: 'payroll.timesheets.get',
    scopes,
    handle: (call) => shown(call.books, timesheetAt(call)),
  },
  {
    method: 'DELETE',
    path: ONE,
    operation: 'payroll.timesheets.delete',
    scopes,
    handle: (call) => {
      call.books.timesheets.remove(draftAt(call, 'timesheet').id);
      return payrollAnswer(call.books, {});
    },
  },
  {
    method: 'POST',
    path: `${ONE}/Approve`,
    operation: 'payroll.timesheets.approve',
    scopes,
    handle: (call) => moved(call, draftAt(call, 'timesheet'), 'approved'),
  },
  {
    method: 'POST',
    path: `${ONE}/RevertToDraft`,
    operation: 'payroll.timesheets.revert',
    scopes,
    handle: (call) => {
      const timesheet = timesheetAt(call);
      if (timesheet.status === 'approved') return moved(call, timesheet, 'draft');
      throw statusProblem(
        call.books,
        'timesheet',
        timesheet,
        'Only an approved timesheet can be reverted to draft.',
      );
    },
  },
  {
    method: 'POST',
    path: `${ONE}/Lines`,
    operation: 'payroll.timesheets.lines.create',
    scopes,
    handle: (call) => putLine(call, undefined),
  },
  {
    method: 'PUT',
    path: `${ONE}/Lines/:TimesheetLineID`,
    operation: 'payroll.timesheets.lines.update',
    scopes,
    handle: (call) => putLine(call, lineAt(call)),
  },
  {
    method: 'DELETE',
    path: `${ONE}/Lines/:TimesheetLineID`,
    operation: 'payroll.timesheets.lines.delete',
    scopes,
    handle: (call) => {
      const { id } = lineAt(call);
      const timesheet = draftAt(call, 'timesheetLine');
      touched(
        call.books,
        timesheet,
        timesheet.lines.filter((line) => line.id !== id),
      );
      return payrollAnswer(call.books, {});
    },
  },
];

const LineInput = z.object({
  date: DateInput,
  earningsRateID: Text,
  trackingItemID: Text,
  numberOfUnits: DecimalNumber,
});
type LineInput = z.infer<typeof LineInput>;
const TimesheetInput = z.object({
  payrollCalendarID: Text,
  employeeID: Text,
  startDate: DateInput,
  endDate: DateInput,
  timesheetLines: listOf(LineInput),
});

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const filter = filterOf(query.filter ?? '');
  const found = [...books.timesheets.rows()].filter(
    (timesheet) =>
      (filter.employeeid === undefined || timesheet.employeeId === filter.employeeid) &&
      (filter.payrollcalendarid === undefined || timesheet.calendarId === filter.payrollcalendarid) &&
      (query.status === undefined ||
        statusName(timesheet.status).toLowerCase() === query.status.toLowerCase()) &&
      (query.startDate === undefined || timesheet.startDate >= query.startDate) &&
      (query.endDate === undefined || timesheet.endDate <= query.endDate),
  );
  if (query.sort?.toLowerCase() === 'startdate') found.sort((a, b) => (a.startDate < b.startDate ? 1 : -1));
  return payrollPage(call, 'timesheets', found, (timesheet) => showTimesheet(timesheet, false));
}

/** `employeeId==…,payrollCalendarId==…` */
function filterOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value] = part.split('==');
      return [name.trim().toLowerCase(), value?.trim().toLowerCase()];
    }),
  );
}

function create(call: XeroCall): Answer {
  const { books } = call;
  const input = readInput(TimesheetInput, jsonBody(call) ?? {}, 'timesheet');
  const missing = (['payrollCalendarID', 'employeeID', 'startDate', 'endDate'] as const).filter(
    (name) => input[name] === undefined,
  );
  if (missing.length > 0) {
    throw payrollProblem(
      books,
      'timesheet',
      missing.map((field) => ({ field, reason: `The ${field} field is required.` })),
    );
  }
  const frame: TimesheetFrame = {
    employeeId: input.employeeID?.toLowerCase() ?? '',
    calendarId: input.payrollCalendarID?.toLowerCase() ?? '',
    startDate: input.startDate ?? '',
    endDate: input.endDate ?? '',
  };
  const faults = frameFaults(books, frame, undefined);
  const lines =
    faults.length > 0
      ? []
      : (input.timesheetLines ?? []).map((line) => lineOf(books, line, frame, faults, undefined));
  if (faults.length > 0) throw payrollProblem(books, 'timesheet', faults);
  const nowMs = books.now();
  const timesheet = {
    id: books.ids.next(),
    ...frame,
    status: 'draft' as const,
    lines,
    createdMs: nowMs,
    updatedMs: nowMs,
  };
  return shown(books, books.timesheets.put(timesheet));
}

function putLine(call: XeroCall, previous: TimesheetLine | undefined): Answer {
  const { books } = call;
  const timesheet = draftAt(call, 'timesheetLine');
  const faults: TimesheetFault[] = [];
  const line = lineOf(
    books,
    readInput(LineInput, jsonBody(call) ?? {}, 'timesheetLine'),
    timesheet,
    faults,
    previous,
  );
  if (faults.length > 0) throw payrollProblem(books, 'timesheetLine', faults);
  const isOld = (one: TimesheetLine): boolean => one.id === line.id;
  const lines =
    previous === undefined
      ? [...timesheet.lines, line]
      : timesheet.lines.map((one) => (isOld(one) ? line : one));
  touched(books, timesheet, lines);
  return payrollAnswer(books, { timesheetLine: showTimesheetLine(line) });
}

function lineOf(
  books: Books,
  input: LineInput,
  frame: Pick<TimesheetFrame, 'startDate' | 'endDate'>,
  faults: TimesheetFault[],
  previous: TimesheetLine | undefined,
): TimesheetLine {
  const tracking = input.trackingItemID?.toLowerCase();
  const line = {
    date: input.date ?? previous?.date ?? '',
    earningsRateId: input.earningsRateID?.toLowerCase() ?? previous?.earningsRateId ?? '',
    ...(tracking === undefined || tracking === '' ? {} : { trackingItemId: tracking }),
    units: unitsOf(input.numberOfUnits ?? previous?.units ?? 0),
  };
  if (line.date === '') faults.push({ field: 'Date', reason: 'The Date field is required.' });
  else faults.push(...lineFaults(books, line, frame));
  return { id: previous?.id ?? books.ids.next(), ...line };
}

function timesheetAt(call: XeroCall): Timesheet {
  const found = call.books.timesheets.get(param(call, 'TimesheetID'));
  if (found === undefined) throw notFound();
  return found;
}

/** @throws Refusal unless it is a draft */
function draftAt(call: XeroCall, resource: string): Timesheet {
  const timesheet = timesheetAt(call);
  if (timesheet.status === 'draft') return timesheet;
  throw statusProblem(call.books, resource, timesheet, 'Only a draft timesheet can be changed.');
}

function statusProblem(books: Books, resource: string, { status }: Timesheet, reason: string) {
  return payrollProblem(books, resource, [
    { field: 'Status', reason: `${reason} It is ${statusName(status)}.` },
  ]);
}

function lineAt(call: XeroCall): TimesheetLine {
  const wanted = param(call, 'TimesheetLineID').toLowerCase();
  const found = timesheetAt(call).lines.find(({ id }) => id === wanted);
  if (found === undefined) throw notFound();
  return found;
}

function moved(call: XeroCall, timesheet: Timesheet, status: Timesheet['status']): Answer {
  const { books } = call;
  return shown(books, books.timesheets.put({ ...timesheet, status, updatedMs: books.now() }));
}

function touched(books: Books, timesheet: Timesheet, lines: readonly TimesheetLine[]): void {
  books.timesheets.put({ ...timesheet, lines, updatedMs: books.now() });
}

function shown(books: Books, timesheet: Timesheet): Answer {
  return payrollAnswer(books, { timesheet: showTimesheet(timesheet, true) });
}
