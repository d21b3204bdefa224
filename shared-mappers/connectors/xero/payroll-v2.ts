import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { type ExactJsonObject, exactNumber, parseExactBodyAs, toExactJson } from '../../http/exact-json.ts';
import type { SystemClient, SystemRequest } from '../../http/system-client.ts';
import { plainText } from '../../model/billing/decimal.ts';
import type { DateSpan } from '../../ports/accounting-target.ts';
import type {
  DesiredTimesheet,
  FoundTimesheet,
  HeldTimesheet,
  PayFrequency,
  TimesheetLine,
} from '../../ports/payroll-target.ts';
import { JSON_BODY, PAYROLL_V2 } from './api.ts';
import { readListing } from './listing.ts';
import { sendOnce } from './once.ts';
import { overlaps, type PayrollSettings, type TimesheetTarget, timesheetTarget } from './payroll-parts.ts';
import { addDays, parseXeroDate } from './wire-time.ts';

const text = z.string().nullish();
/** `2020-04-13 00:00:00`. */
const day = z.string().transform((value) => parseXeroDate(value) ?? '');

const FREQUENCIES: Readonly<Record<string, PayFrequency>> = {
  Weekly: 'weekly',
  Fortnightly: 'fortnightly',
  FourWeekly: 'four-weekly',
  Monthly: 'monthly',
  TwiceMonthly: 'twice-monthly',
  Quarterly: 'quarterly',
  Annual: 'annual',
};
const STATUSES: Readonly<Record<string, HeldTimesheet['status']>> = {
  Draft: 'draft',
  Requested: 'requested',
  Approved: 'approved',
  Completed: 'completed',
};
/** No period that has timesheets is longer. */
const LONGEST_PERIOD_DAYS = 92;

const CalendarRow = z.object({
  payrollCalendarID: z.string(),
  name: text,
  calendarType: text,
  periodStartDate: day,
});
const EmployeeRow = z.object({
  employeeID: z.string(),
  firstName: text,
  lastName: text,
  email: text,
  payrollCalendarID: text,
  endDate: text,
});
const RateRow = z.object({
  earningsRateID: z.string(),
  name: text,
  typeOfUnits: text,
  currentRecord: z.boolean().nullish(),
});
const LineRow = z.object({
  timesheetLineID: z.string(),
  date: day,
  earningsRateID: z.string(),
  trackingItemID: text,
  numberOfUnits: z.string(),
});
type LineRow = z.infer<typeof LineRow>;
const TimesheetRow = z.object({
  timesheetID: z.string(),
  payrollCalendarID: z.string(),
  employeeID: z.string(),
  startDate: day,
  endDate: day,
  status: text,
  // Left out of listings.
  timesheetLines: z.array(LineRow).nullish(),
});
type TimesheetRow = z.infer<typeof TimesheetRow>;
const OneTimesheet = z.object({ timesheet: TimesheetRow });

/** Calendars, people and earnings rates in New Zealand and the United Kingdom. */
export function readSettingsV2(client: SystemClient): PayrollSettings {
  return {
    async payCalendars() {
      const rows = await list(
        client,
        'PayRunCalendars',
        'payRunCalendars',
        CalendarRow,
        (row) => row.payrollCalendarID,
      );
      return rows.flatMap(({ payrollCalendarID, name, calendarType, periodStartDate }) => {
        const frequency = FREQUENCIES[calendarType ?? ''];
        if (frequency === undefined) return [];
        return [{ id: payrollCalendarID, name: name ?? '', frequency, periodStart: periodStartDate }];
      });
    },

    async employees() {
      const rows = await list(client, 'Employees', 'employees', EmployeeRow, ({ employeeID }) => employeeID);
      return rows.map(({ employeeID, firstName, lastName, email, payrollCalendarID, endDate }) => {
        const lastDay = parseXeroDate(endDate ?? '');
        return {
          id: employeeID,
          name: `${firstName ?? ''} ${lastName ?? ''}`.trim(),
          email: email ?? '',
          ...(payrollCalendarID ? { payCalendarId: payrollCalendarID } : {}),
          active: true,
          ...(lastDay === undefined ? {} : { lastDay }),
        };
      });
    },

    async earningsRates() {
      const rows = await list(client, 'EarningsRates', 'earningsRates', RateRow, (row) => row.earningsRateID);
      return rows.map(({ earningsRateID, name, typeOfUnits, currentRecord }) => ({
        id: earningsRateID,
        name: name ?? '',
        units: typeOfUnits ?? '',
        active: currentRecord !== false,
      }));
    },
  };
}

/** Timesheets with a line for each day and rate. */
export function createTimesheetsV2(client: SystemClient): TimesheetTarget {
  async function readOne(id: string): Promise<TimesheetRow> {
    const answer = await client.send({ method: 'GET', path: sheetPath(id) }, { repeatable: true });
    return parseExactBodyAs(OneTimesheet, answer.body, 'xero').timesheet;
  }

  async function listed(within: DateSpan): Promise<FoundTimesheet[]> {
    const startDate = addDays(within.from, -LONGEST_PERIOD_DAYS);
    const idOf = ({ timesheetID }: TimesheetRow): string => timesheetID;
    const rows = await list(client, 'Timesheets', 'timesheets', TimesheetRow, idOf, { startDate });
    return rows
      .filter((row) => overlaps({ from: row.startDate, to: row.endDate }, within))
      .map(foundTimesheet);
  }

  async function create(wanted: DesiredTimesheet): Promise<HeldTimesheet> {
    const body = toExactJson({
      payrollCalendarID: wanted.payCalendarId,
      employeeID: wanted.employeeId,
      startDate: wanted.from,
      endDate: wanted.to,
      timesheetLines: wanted.lines.map(linePayload),
    });
    const request = { method: 'POST', path: `${PAYROLL_V2}/Timesheets`, headers: JSON_BODY, body } as const;
    const answer = await client.send(request, { repeatable: false });
    return heldTimesheet(parseExactBodyAs(OneTimesheet, answer.body, 'xero').timesheet);
  }

  async function changeLines(draft: TimesheetRow, wanted: readonly TimesheetLine[]): Promise<void> {
    const { timesheetID: id, timesheetLines } = draft;
    const free = new Map((timesheetLines ?? []).map((line) => [line.timesheetLineID, line]));
    const missing = wanted.filter((line) => !take(free, (held) => isSameLine(held, line)));
    for (const line of missing) {
      const held = take(free, ({ date }) => date === line.date) ?? take(free, () => true);
      await (held === undefined ? addLine(id, line) : send('PUT', linePath(id, held), linePayload(line)));
    }
    for (const held of free.values()) await deleteLine(id, held);
  }

  function addLine(id: string, line: TimesheetLine): Promise<unknown> {
    return sendOnce(
      () => send('POST', `${sheetPath(id)}/Lines`, linePayload(line)),
      async () =>
        ((await readOne(id)).timesheetLines ?? []).some((held) => isSameLine(held, line)) || undefined,
    );
  }

  async function deleteLine(id: string, line: LineRow): Promise<void> {
    try {
      await client.send({ method: 'DELETE', path: linePath(id, line) }, { repeatable: true });
    } catch (error) {
      if (!(error instanceof StackbridgeError) || error.code !== 'RECORD_GONE') throw error;
    }
  }

  async function send(method: 'POST' | 'PUT', path: string, payload: ExactJsonObject): Promise<true> {
    const request: SystemRequest = { method, path, headers: JSON_BODY, body: toExactJson(payload) };
    await client.send(request, { repeatable: method === 'PUT' });
    return true;
  }

  return timesheetTarget({
    list: listed,
    read: readOne,
    toHeld: heldTimesheet,
    create,
    async change(draft, wanted) {
      await changeLines(draft, wanted.lines);
      return heldTimesheet(await readOne(draft.timesheetID));
    },
  });
}

function list<Row>(
  client: SystemClient,
  name: string,
  rows: string,
  row: z.ZodType<Row>,
  idOf: (row: Row) => string,
  query: Readonly<Record<string, string>> = {},
): Promise<Row[]> {
  const path = `${PAYROLL_V2}/${name}`;
  return readListing(client, { path, query, rows, row, idOf }).then((found) => found ?? []);
}

function take<Held>(free: Map<string, Held>, fits: (held: Held) => boolean): Held | undefined {
  for (const [id, held] of free) {
    if (!fits(held)) continue;
    free.delete(id);
    return held;
  }
  return undefined;
}

function sheetPath(id: string): string {
  return `${PAYROLL_V2}/Timesheets/${encodeURIComponent(id)}`;
}

function linePath(id: string, line: LineRow): string {
  return `${sheetPath(id)}/Lines/${encodeURIComponent(line.timesheetLineID)}`;
}

function linePayload(line: TimesheetLine): ExactJsonObject {
  return {
    date: line.date,
    earningsRateID: line.earningsRateId,
    numberOfUnits: exactNumber(line.units),
    ...(line.trackingItemId === undefined ? {} : { trackingItemID: line.trackingItemId }),
  };
}

function isSameLine(held: LineRow, line: TimesheetLine): boolean {
  return (
    held.date === line.date &&
    held.earningsRateID === line.earningsRateId &&
    (held.trackingItemID || undefined) === line.trackingItemId &&
    plainText(held.numberOfUnits) === plainText(line.units)
  );
}

function heldTimesheet(row: TimesheetRow): HeldTimesheet {
  return { ...foundTimesheet(row), lines: linesOf(row.timesheetLines ?? []) };
}

function foundTimesheet(row: TimesheetRow): FoundTimesheet {
  return {
    id: row.timesheetID,
    employeeId: row.employeeID,
    payCalendarId: row.payrollCalendarID,
    from: row.startDate,
    to: row.endDate,
    status: STATUSES[row.status ?? ''] ?? 'completed',
    ...(row.timesheetLines ? { lines: linesOf(row.timesheetLines) } : {}),
  };
}

function linesOf(rows: readonly LineRow[]): TimesheetLine[] {
  return rows.map((line) => ({
    date: line.date,
    earningsRateId: line.earningsRateID,
    ...(line.trackingItemID ? { trackingItemId: line.trackingItemID } : {}),
    units: plainText(line.numberOfUnits),
  }));
}
