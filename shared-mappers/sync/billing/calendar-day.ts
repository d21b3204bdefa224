import { DateTime, IANAZone } from 'luxon';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Instant } from '../../model/instant.ts';

/** Time zones as Xero spells them: Windows' names, capitals without blanks. */
const ZONES: Readonly<Record<string, string>> = {
  AUSEASTERNSTANDARDTIME: 'Australia/Sydney',
  EAUSTRALIASTANDARDTIME: 'Australia/Brisbane',
  CENAUSTRALIASTANDARDTIME: 'Australia/Adelaide',
  AUSCENTRALSTANDARDTIME: 'Australia/Darwin',
  WAUSTRALIASTANDARDTIME: 'Australia/Perth',
  TASMANIASTANDARDTIME: 'Australia/Hobart',
  NEWZEALANDSTANDARDTIME: 'Pacific/Auckland',
  FIJISTANDARDTIME: 'Pacific/Fiji',
  SINGAPORESTANDARDTIME: 'Asia/Singapore',
  CHINASTANDARDTIME: 'Asia/Shanghai',
  INDIASTANDARDTIME: 'Asia/Kolkata',
  ARABIANSTANDARDTIME: 'Asia/Dubai',
  SOUTHAFRICASTANDARDTIME: 'Africa/Johannesburg',
  GMTSTANDARDTIME: 'Europe/London',
  GREENWICHSTANDARDTIME: 'Atlantic/Reykjavik',
  WEUROPESTANDARDTIME: 'Europe/Berlin',
  CENTRALEUROPESTANDARDTIME: 'Europe/Budapest',
  ROMANCESTANDARDTIME: 'Europe/Paris',
  EASTERNSTANDARDTIME: 'America/New_York',
  CENTRALSTANDARDTIME: 'America/Chicago',
  MOUNTAINSTANDARDTIME: 'America/Denver',
  PACIFICSTANDARDTIME: 'America/Los_Angeles',
  ATLANTICSTANDARDTIME: 'America/Halifax',
  UTC: 'UTC',
};

/** The day it is for an organisation. A zone that is not known counts as UTC. */
export function calendarDay(at: Instant, timezone: string): CalendarDate {
  const named = ZONES[timezone.replaceAll(/[\s.]/g, '').toUpperCase()] ?? timezone;
  const zone = IANAZone.isValidZone(named) ? named : 'utc';
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
}

/** @param days may be negative */
export function daysAfter(date: CalendarDate, days: number): CalendarDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}
