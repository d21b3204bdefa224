import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { type Decimal, decimal, ZERO } from '../../model/billing/decimal.ts';
import type { DateSpan } from '../../ports/accounting-target.ts';
import type {
  DesiredTimesheet,
  FoundTimesheet,
  HeldTimesheet,
  PayrollTarget,
  TimesheetLine,
} from '../../ports/payroll-target.ts';
import { sendOnce } from './once.ts';

/** What timesheets are made from. */
export type PayrollSettings = Pick<PayrollTarget, 'payCalendars' | 'employees' | 'earningsRates'>;
export type TimesheetTarget = Omit<PayrollTarget, 'system' | keyof PayrollSettings>;

/** What differs between the two timesheet APIs. `Row` is a timesheet as the API answers it. */
export interface TimesheetApi<Row> {
  list(within: DateSpan): Promise<readonly FoundTimesheet[]>;
  read(id: string): Promise<Row>;
  toHeld(row: Row, payCalendarId: string): HeldTimesheet;
  create(wanted: DesiredTimesheet): Promise<HeldTimesheet>;
  /** Brings the lines of a draft to those wanted. */
  change(draft: Row, wanted: DesiredTimesheet): Promise<HeldTimesheet>;
}

/** Timesheets made once and changed only as they were planned on, whichever API keeps them. */
export function timesheetTarget<Row>(api: TimesheetApi<Row>): TimesheetTarget {
  const read = async ({ id, payCalendarId }: FoundTimesheet): Promise<HeldTimesheet> =>
    api.toHeld(await api.read(id), payCalendarId);
  return {
    timesheets: api.list,
    readTimesheet: read,
    createTimesheet: (wanted) =>
      sendOnce(
        () => api.create(wanted),
        async () => {
          const found = (await api.list(wanted)).find(
            ({ employeeId, from, to }) =>
              employeeId === wanted.employeeId && from === wanted.from && to === wanted.to,
          );
          if (found === undefined) return undefined;
          const { lines } = found.lines === undefined ? await read(found) : { lines: found.lines };
          // One that says something else was made by a person at the same moment.
          return isSameTime(lines, wanted.lines) ? { ...found, lines } : undefined;
        },
      ),
    async updateTimesheet(held, wanted) {
      const row = await api.read(held.id);
      const current = api.toHeld(row, held.payCalendarId);
      const context = { system: 'xero', recordId: held.id } as const;
      if (current.status !== 'draft') {
        throw new StackbridgeError('TIMESHEET_CLOSED', `The timesheet is ${current.status}`, context);
      }
      if (!isSameTime(current.lines, held.lines)) {
        throw new StackbridgeError('TIMESHEET_CHANGED', 'A person has changed the timesheet', context);
      }
      return api.change(row, wanted);
    },
  };
}

/** Whether two spans have a day in common. */
export function overlaps(one: DateSpan, other: DateSpan): boolean {
  return one.from <= other.to && one.to >= other.from;
}

/** Two places tell: payroll documents no more, and lines of one day and rate are one. */
function isSameTime(one: readonly TimesheetLine[], other: readonly TimesheetLine[]): boolean {
  const difference = new Map<string, Decimal>();
  for (const [sign, lines] of [
    [1, one],
    [-1, other],
  ] as const) {
    for (const { date, earningsRateId, trackingItemId = '', units } of lines) {
      const key = [date, earningsRateId, trackingItemId].join(' ');
      difference.set(key, (difference.get(key) ?? ZERO).plus(decimal(units).times(sign)));
    }
  }
  return [...difference.values()].every((apart) => apart.abs().lt(SAME_HOURS));
}

const SAME_HOURS = '0.01';
