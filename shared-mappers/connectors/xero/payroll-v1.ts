import { z } from 'zod';
import { NoAnswerError } from '../../errors/stackbridge-error.ts';
import { type ExactJsonObject, exactNumber, parseExactBodyAs, toExactJson } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { decimal, plainText } from '../../model/billing/decimal.ts';
import type { DateSpan } from '../../ports/accounting-target.ts';
import type {
  DesiredTimesheet,
  EarningsRate,
  HeldTimesheet,
  PayFrequency,
  TimesheetLine,
} from '../../ports/payroll-target.ts';
import { JSON_BODY, PAYROLL_V1 } from './api.ts';
import { refusalOfElement } from './element.ts';
import { readListing } from './listing.ts';
import { overlaps, type PayrollSettings, type TimesheetTarget, timesheetTarget } from './payroll-parts.ts';
import { addDays, daysBetween, msDate, parseXeroDate, whereDate } from './wire-time.ts';

const text = z.string().nullish();

const FREQUENCIES: Readonly<Record<string, PayFrequency>> = {
  WEEKLY: 'weekly',
  FORTNIGHTLY: 'fortnightly',
  FOURWEEKLY: 'four-weekly',
  MONTHLY: 'monthly',
  TWICEMONTHLY: 'twice-monthly',
  QUARTERLY: 'quarterly',
};
const STATUSES: Readonly<Record<string, HeldTimesheet['status']>> = {
  DRAFT: 'draft',
  REQUESTED: 'requested',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  PROCESSED: 'completed',
};
/** No period is longer than a quarter. */
const LONGEST_PERIOD_DAYS = 92;

const CalendarRow = z.object({
  PayrollCalendarID: z.string(),
  Name: text,
  CalendarType: text,
  StartDate: text,
});
const EmployeeRow = z.object({
  EmployeeID: z.string(),
  FirstName: text,
  LastName: text,
  Email: text,
  PayrollCalendarID: text,
  Status: text,
});
const RateRow = z.object({
  EarningsRateID: z.string(),
  Name: text,
  TypeOfUnits: text,
  CurrentRecord: z.boolean().nullish(),
});
const PayItems = z.object({ PayItems: z.object({ EarningsRates: z.array(RateRow).nullish() }) });
const TimesheetRow = z.object({
  TimesheetID: z.string(),
  EmployeeID: z.string(),
  StartDate: z.string(),
  EndDate: z.string(),
  Status: text,
  TimesheetLines: z
    .array(
      z.object({ EarningsRateID: text, TrackingItemID: text, NumberOfUnits: z.array(z.string()).nullish() }),
    )
    .nullish(),
});
type TimesheetRow = z.infer<typeof TimesheetRow>;
const OneTimesheet = z.object({ Timesheet: TimesheetRow });

/** Calendars, people and earnings rates in Australia. */
export function readAustralianSettings(client: SystemClient): PayrollSettings {
  return {
    async payCalendars() {
      const rows = await list(
        client,
        'PayrollCalendars',
        CalendarRow,
        ({ PayrollCalendarID }) => PayrollCalendarID,
      );
      return rows.flatMap(({ PayrollCalendarID, Name, CalendarType, StartDate }) => {
        const frequency = FREQUENCIES[CalendarType ?? ''];
        const periodStart = parseXeroDate(StartDate ?? '');
        if (frequency === undefined || periodStart === undefined) return [];
        return [{ id: PayrollCalendarID, name: Name ?? '', frequency, periodStart }];
      });
    },

    async employees() {
      const rows = await list(client, 'Employees', EmployeeRow, ({ EmployeeID }) => EmployeeID);
      return rows.map(({ EmployeeID, FirstName, LastName, Email, PayrollCalendarID, Status }) => ({
        id: EmployeeID,
        name: `${FirstName ?? ''} ${LastName ?? ''}`.trim(),
        email: Email ?? '',
        ...(PayrollCalendarID ? { payCalendarId: PayrollCalendarID } : {}),
        active: Status !== 'TERMINATED',
      }));
    },

    async earningsRates() {
      const request = { method: 'GET', path: `${PAYROLL_V1}/PayItems` } as const;
      const answer = await client.send(request, { repeatable: true });
      const { PayItems: items } = parseExactBodyAs(PayItems, answer.body, 'xero');
      return (items.EarningsRates ?? []).map(
        ({ EarningsRateID, Name, TypeOfUnits, CurrentRecord }): EarningsRate => ({
          id: EarningsRateID,
          name: Name ?? '',
          units: TypeOfUnits ?? '',
          active: CurrentRecord !== false,
        }),
      );
    },
  };
}

/** Timesheets with one number a day of the period. */
export function createPayrollV1(client: SystemClient): TimesheetTarget {
  async function listed(within: DateSpan): Promise<HeldTimesheet[]> {
    const where = [
      `StartDate>=${whereDate(addDays(within.from, -LONGEST_PERIOD_DAYS))}`,
      `StartDate<=${whereDate(within.to)}`,
    ].join(' AND ');
    const rows = await list(client, 'Timesheets', TimesheetRow, ({ TimesheetID }) => TimesheetID, where);
    const employees = new Map(
      rows.length === 0
        ? []
        : (await readAustralianSettings(client).employees()).map(({ id, payCalendarId = '' }) => [
            id,
            payCalendarId,
          ]),
    );
    return rows
      .map((row) => heldTimesheet(row, employees.get(row.EmployeeID) ?? ''))
      .filter((sheet) => overlaps(sheet, within));
  }

  async function post(path: string, body: ExactJsonObject, wanted: DesiredTimesheet): Promise<HeldTimesheet> {
    const request = { method: 'POST', path, headers: JSON_BODY } as const;
    const isUpdate = body.TimesheetID !== undefined;
    const answer = await client.send({ ...request, body: toExactJson([body]) }, { repeatable: isUpdate });
    const shape = z.object({ Timesheets: z.array(z.unknown()).min(1) });
    const [element] = parseExactBodyAs(shape, answer.body, 'xero').Timesheets;
    const refusal = refusalOfElement(element);
    if (refusal !== undefined) throw refusal;
    const row = TimesheetRow.safeParse(element).data;
    if (row !== undefined) return heldTimesheet(row, wanted.payCalendarId);
    throw new NoAnswerError('Xero gave no result for this timesheet', 'unknown', { system: 'xero' });
  }

  return timesheetTarget({
    list: listed,
    async read(id) {
      const answer = await client.send({ method: 'GET', path: sheetPath(id) }, { repeatable: true });
      return parseExactBodyAs(OneTimesheet, answer.body, 'xero').Timesheet;
    },
    toHeld: heldTimesheet,
    create: (wanted) => post(`${PAYROLL_V1}/Timesheets`, timesheetPayload(wanted), wanted),
    change: ({ TimesheetID: id }, wanted) =>
      post(sheetPath(id), { TimesheetID: id, ...timesheetPayload(wanted) }, wanted),
  });
}

function sheetPath(id: string): string {
  return `${PAYROLL_V1}/Timesheets/${encodeURIComponent(id)}`;
}

function list<Row>(
  client: SystemClient,
  name: string,
  row: z.ZodType<Row>,
  idOf: (row: Row) => string,
  where?: string,
): Promise<Row[]> {
  const path = `${PAYROLL_V1}/${name}`;
  return readListing(client, { path, query: { where }, rows: name, row, idOf }).then((rows) => rows ?? []);
}

function timesheetPayload({ employeeId, from, to, lines }: DesiredTimesheet): ExactJsonObject {
  return {
    EmployeeID: employeeId,
    StartDate: msDate(from),
    EndDate: msDate(to),
    Status: 'DRAFT',
    TimesheetLines: perDay(from, to, lines),
  };
}

/** One line for each rate and tracking item, with one number for each day of the period. */
function perDay(from: string, to: string, lines: readonly TimesheetLine[]): ExactJsonObject[] {
  const days = daysBetween(from, to) + 1;
  const groups = new Map<string, { first: TimesheetLine; units: string[] }>();
  for (const line of lines) {
    const key = `${line.earningsRateId} ${line.trackingItemId ?? ''}`;
    const group = groups.get(key) ?? { first: line, units: Array.from({ length: days }, () => '0') };
    const day = daysBetween(from, line.date);
    group.units[day] = plainText(
      decimal(group.units[day] ?? '0')
        .plus(line.units)
        .toFixed(),
    );
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, units }) => ({
    EarningsRateID: first.earningsRateId,
    ...(first.trackingItemId === undefined ? {} : { TrackingItemID: first.trackingItemId }),
    NumberOfUnits: units.map(exactNumber),
  }));
}

function heldTimesheet(row: TimesheetRow, payCalendarId: string): HeldTimesheet {
  const from = parseXeroDate(row.StartDate) ?? '';
  return {
    id: row.TimesheetID,
    employeeId: row.EmployeeID,
    payCalendarId,
    from,
    to: parseXeroDate(row.EndDate) ?? '',
    status: STATUSES[row.Status ?? ''] ?? 'completed',
    lines: (row.TimesheetLines ?? []).flatMap(({ EarningsRateID, TrackingItemID, NumberOfUnits }) =>
      (NumberOfUnits ?? []).flatMap((units, day): TimesheetLine[] => {
        if (decimal(units).isZero()) return [];
        return [
          {
            date: addDays(from, day),
            earningsRateId: EarningsRateID ?? '',
            ...(TrackingItemID ? { trackingItemId: TrackingItemID } : {}),
            units: plainText(units),
          },
        ];
      }),
    ),
  };
}
