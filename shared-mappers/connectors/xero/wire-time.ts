import type { CalendarDate } from '../../model/billing/money.ts';
import { type Instant, parseInstant } from '../../model/instant.ts';

/** `/Date(1776988800000+0000)/`, or without the offset. The milliseconds are UTC, whatever the offset says. */
const MS_DATE = /^\/Date\((-?\d+)(?:([+-])(\d{2})(\d{2}))?\)\/$/;
const ZONELESS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/;

/** Reads both of Xero's spellings of a moment; ISO times without a zone are UTC. Undefined for anything else. */
export function parseXeroInstant(text: string): Instant | undefined {
  const match = MS_DATE.exec(text);
  if (match !== null) return Number(match[1]);
  return parseInstant(ZONELESS.test(text) ? `${text}Z` : text);
}

/** Reads both spellings of a calendar date of the organisation: it is written as that day's midnight. */
export function parseXeroDate(text: string): CalendarDate | undefined {
  const match = MS_DATE.exec(text);
  if (match !== null) return isoDate(Number(match[1]) + offsetMs(match));
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
}

/** `/Date(1776988800000+0000)/`: how payroll of Australia takes a calendar date. */
export function msDate(date: CalendarDate): string {
  return `/Date(${Date.parse(`${date}T00:00:00Z`)}+0000)/`;
}

/** `DateTime(2026,11,02)`: a date in a `where` filter. */
export function whereDate(date: CalendarDate): string {
  return `DateTime(${date.replaceAll('-', ',')})`;
}

/** @param days may be negative */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

/** Days from one date to another: 0 for the same. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function offsetMs([, , sign, hours = '0', minutes = '0']: RegExpExecArray): number {
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === '-' ? -ms : ms;
}

function isoDate(at: Instant): CalendarDate {
  return new Date(at).toISOString().slice(0, 10);
}
