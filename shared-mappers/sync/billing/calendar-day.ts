import { DateTime, IANAZone } from 'luxon';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Instant } from '../../model/instant.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** The zone of this name, as Xero spells it or as the world does; undefined for one that nobody knows. */
export function zoneNamed(timezone: string): string | undefined {
  const named = WINDOWS_ZONES[timezone.replaceAll(/[\s.]/g, '').toUpperCase()] ?? timezone;
  return IANAZone.isValidZone(named) ? named : undefined;
}

/** The day it is for an organisation. A zone that is not known counts as UTC. */
export function calendarDay(at: Instant, timezone: string): CalendarDate {
  return DateTime.fromMillis(at, { zone: zoneNamed(timezone) ?? 'utc' }).toFormat('yyyy-MM-dd');
}

/** @param days may be negative */
export function daysAfter(date: CalendarDate, days: number): CalendarDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}
