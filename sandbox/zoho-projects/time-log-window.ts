import { DateTime } from 'luxon';
import { invalidParameter } from './refusal.ts';
import type { Query } from './route.ts';

/** Months that one `customdate` listing spans at most. */
const MOST_MONTHS = 6;

/** First and last day of a listing, both included. */
export interface Window {
  from: string;
  to: string;
}

/**
 * The days that a listing of time logs covers. Without `view_type` the API looks at the ISO week of `start_date`,
 * whatever `end_date` says.
 * @throws Refusal 400 when a date is missing or malformed, or the span is too long
 */
export function windowOf(query: Query): Window {
  const view = query.view_type;
  const start = dayOf(query, 'start_date');
  switch (view) {
    case undefined:
    case 'week':
      return around(start, 'week');
    case 'day':
      return around(start, 'day');
    case 'month':
      return around(start, 'month');
    case 'customdate': {
      const end = dayOf(query, 'end_date');
      if (end < start)
        throw invalidParameter('end_date', 'The end date should not be before the start date.');
      if (end > start.plus({ months: MOST_MONTHS })) {
        throw invalidParameter('end_date', 'The date range should not be more than 6 months.');
      }
      return { from: start.toISODate(), to: end.toISODate() };
    }
    default:
      throw invalidParameter('view_type', 'The value should be one of day, week, month, customdate.');
  }
}

function around(day: DateTime<true>, unit: 'day' | 'week' | 'month'): Window {
  return { from: day.startOf(unit).toISODate(), to: day.endOf(unit).toISODate() };
}

function dayOf(query: Query, name: string): DateTime<true> {
  const day = DateTime.fromFormat(query[name] ?? '', 'yyyy-MM-dd', { zone: 'utc' });
  if (!day.isValid) throw invalidParameter(name, 'A date in the format YYYY-MM-DD is expected.');
  return day;
}
