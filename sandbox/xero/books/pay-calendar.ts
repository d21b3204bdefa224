import { addDays, type CalendarDate, dateOf, dayMs } from '../wire/wire-time.ts';

const CALENDAR_TYPES = [
  'WEEKLY',
  'FORTNIGHTLY',
  'FOURWEEKLY',
  'TWICEMONTHLY',
  'MONTHLY',
  'QUARTERLY',
] as const;
export type CalendarType = (typeof CALENDAR_TYPES)[number];

/** The rhythm in which some employees are paid. */
export interface PayCalendar {
  readonly id: string;
  readonly name: string;
  readonly type: CalendarType;
  /** First day of a period; the others follow from it, in both directions. */
  readonly startDate: CalendarDate;
  readonly paymentDate: CalendarDate;
  readonly updatedMs: number;
}

export interface PayPeriod {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

const DAYS: Partial<Record<CalendarType, number>> = { WEEKLY: 7, FORTNIGHTLY: 14, FOURWEEKLY: 28 };
const MONTHS: Partial<Record<CalendarType, number>> = { MONTHLY: 1, QUARTERLY: 3 };
const DAY_MS = 86_400_000;

/** The period of a calendar in which a date lies. */
export function periodOf({ type, startDate }: PayCalendar, date: CalendarDate): PayPeriod {
  const days = DAYS[type];
  if (days !== undefined) {
    const elapsed = Math.floor((dayMs(date) - dayMs(startDate)) / (days * DAY_MS));
    const start = addDays(startDate, elapsed * days);
    return { start, end: addDays(start, days - 1) };
  }
  if (type === 'TWICEMONTHLY') return halfMonth(date);
  return monthly(startDate, date, MONTHS[type] ?? 1);
}

function halfMonth(date: CalendarDate): PayPeriod {
  const month = date.slice(0, 7);
  if (Number(date.slice(8)) <= 15) return { start: `${month}-01`, end: `${month}-15` };
  return { start: `${month}-16`, end: addDays(monthsLater(`${month}-01`, 1), -1) };
}

function monthly(first: CalendarDate, date: CalendarDate, length: number): PayPeriod {
  const months = Math.floor(monthsBetween(first, date) / length);
  let index = months;
  while (monthsLater(first, index * length) > date) index -= 1;
  const start = monthsLater(first, index * length);
  return { start, end: addDays(monthsLater(first, (index + 1) * length), -1) };
}

function monthsBetween(from: CalendarDate, to: CalendarDate): number {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

/** The same day so many months later, or that month's last. */
function monthsLater(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}
