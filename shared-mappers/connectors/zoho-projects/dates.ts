import type { CalendarDate } from '../../model/billing/money.ts';
import { type Instant, parseInstant } from '../../model/instant.ts';

/**
 * Reads a day: `2026-07-01`, a moment in ISO form, of which the day is taken as written, or `07-01-2026` as the old
 * API and some writers have it. Undefined for anything else.
 */
export function calendarDate(text: string | null | undefined): CalendarDate | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(text ?? '')?.[1];
  if (iso !== undefined) return iso;
  const [, month, day, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

export function instant(text: string | null | undefined): Instant | undefined {
  return text === null || text === undefined ? undefined : parseInstant(text);
}
