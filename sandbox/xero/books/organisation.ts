import type { CalendarDate } from '../wire/wire-time.ts';

/** Where the organisation is at home: it decides tax types, currency, time zone and payroll. */
export const REGIONS = ['AU', 'NZ', 'UK', 'US'] as const;
export type Region = (typeof REGIONS)[number];

export interface Organisation {
  id: string;
  name: string;
  region: Region;
  /** ISO 3166; Britain is GB. */
  countryCode: string;
  baseCurrency: string;
  /** Windows' name of the zone, as Xero spells it. */
  timezone: string;
  shortCode: string;
  /** Nothing dated on or before it may be written, for users below adviser. */
  periodLockDate: CalendarDate | null;
  /** Nothing dated on or before it may be written at all. */
  endOfYearLockDate: CalendarDate | null;
  createdMs: number;
}
