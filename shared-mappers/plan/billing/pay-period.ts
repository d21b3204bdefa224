import { DateTime } from 'luxon';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { PayCalendar } from '../../ports/payroll-target.ts';

export interface PayPeriod {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const DAYS = { weekly: 7, fortnightly: 14, 'four-weekly': 28 } as const;
const MONTHS = { monthly: 1, quarterly: 3, annual: 12 } as const;

/** The period of a pay calendar that a day lies in, both ends included: a timesheet must be of exactly one. */
export function periodOf(
  date: CalendarDate,
  { frequency, periodStart }: Pick<PayCalendar, 'frequency' | 'periodStart'>,
): PayPeriod {
  const day = at(date);
  const start = at(periodStart);
  if (frequency === 'weekly' || frequency === 'fortnightly' || frequency === 'four-weekly') {
    const length = DAYS[frequency];
    const apart = Math.round(day.diff(start, 'days').days);
    const from = start.plus({ days: Math.floor(apart / length) * length });
    return period(from, from.plus({ days: length }));
  }
  if (frequency === 'twice-monthly') return halfMonth(day, start.day);
  const months = MONTHS[frequency];
  const apart = (day.year - start.year) * 12 + day.month - start.month;
  let turn = Math.floor(apart / months);
  // Counted from the first period each time: from the 31st on, the shorter months would drift.
  while (start.plus({ months: turn * months }) > day) turn -= 1;
  return period(start.plus({ months: turn * months }), start.plus({ months: (turn + 1) * months }));
}

/** Two periods a month: from the start day, and from fifteen days later (or earlier). */
function halfMonth(day: DateTime, startDay: number): PayPeriod {
  const first = startDay > 15 ? startDay - 15 : startDay;
  const month = day.day >= first ? day.startOf('month') : day.startOf('month').minus({ months: 1 });
  const from = month.set({ day: first });
  const middle = from.plus({ days: 15 });
  const next = month.plus({ months: 1 }).set({ day: first });
  return day < middle ? period(from, middle) : period(middle, next);
}

function period(from: DateTime, next: DateTime): PayPeriod {
  return { from: text(from), to: text(next.minus({ days: 1 })) };
}

function at(date: CalendarDate): DateTime {
  const read = DateTime.fromISO(date, { zone: 'utc' });
  if (!read.isValid) throw new RangeError(`${date} is no calendar date`);
  return read;
}

function text(day: DateTime): CalendarDate {
  return day.toFormat('yyyy-MM-dd');
}
