/** A calendar date, `2026-04-24`: a document's date has no time zone. */
export type CalendarDate = string;

const DAY_MS = 86_400_000;

/** `/Date(1776988800000+0000)/`, a calendar date as the Accounting API shows it. */
export function msDate(date: CalendarDate): string {
  return `/Date(${dayMs(date)}+0000)/`;
}

/** `2026-04-24T00:00:00`, the readable twin of a date. */
export function dateString(date: CalendarDate): string {
  return `${date}T00:00:00`;
}

/** `/Date(1776988800123+0000)/`, an instant. */
export function msStamp(ms: number): string {
  return `/Date(${ms}+0000)/`;
}

/** `2026-04-24T10:20:30Z`, the readable twin of an instant. */
export function stampString(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `2026-04-20T11:47:10.3360000`: UTC with seven digits and no zone, as connections and payroll show instants. */
export function ticks(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000`;
}

/** Milliseconds since 1970 of a date's midnight, UTC. */
export function dayMs(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

export function dateOf(ms: number): CalendarDate {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(dayMs(date) + days * DAY_MS);
}

/** Days from `start` to `end`, both included. */
export function daysBetween(start: CalendarDate, end: CalendarDate): number {
  return Math.round((dayMs(end) - dayMs(start)) / DAY_MS) + 1;
}

/** Reads `2026-04-24`, the same with a time, or `/Date(ms+0000)/`. @returns undefined when it is none of them */
export function readDate(text: string): CalendarDate | undefined {
  const ticked = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (ticked !== undefined) return dateOf(Number(ticked));
  const plain = /^(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)?.[1];
  if (plain === undefined || Number.isNaN(dayMs(plain)) || dateOf(dayMs(plain)) !== plain) return undefined;
  return plain;
}

/** Reads an instant: ISO (UTC where it names no zone) or an HTTP date. @returns undefined when it is neither */
export function readInstant(text: string): number | undefined {
  const isIso = /^\d{4}-\d{2}-\d{2}/.test(text);
  const isZoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = Date.parse(isIso && !isZoned && text.includes('T') ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `31-Jul-2013`, as dates read in Xero's messages. */
export function spokenDate(date: CalendarDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}-${MONTHS[Number(month) - 1] ?? month}-${year}`;
}
