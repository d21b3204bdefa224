import { DateTime } from 'luxon';
import type { CalendarDate } from '../../model/billing/money.ts';

/** "customdate": a listing of time logs spans at most so many months. */
const MOST_MONTHS = 6;

/** Both ends included. */
export interface Window {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Cuts a span into windows that the API takes, oldest first; none where `to` is before `from`. */
export function windowsOf(from: CalendarDate, to: CalendarDate): Window[] {
  const windows: Window[] = [];
  const end = day(to);
  for (let start = day(from); start <= end; ) {
    const next = start.plus({ months: MOST_MONTHS });
    const last = next > end ? end : next.minus({ days: 1 });
    windows.push({ from: start.toISODate(), to: last.toISODate() });
    start = last.plus({ days: 1 });
  }
  return windows;
}

function day(date: CalendarDate): DateTime<true> {
  const read = DateTime.fromISO(date, { zone: 'utc' });
  if (!read.isValid) throw new RangeError(`No date: ${date}`);
  return read;
}
