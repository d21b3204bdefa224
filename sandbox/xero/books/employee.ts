import type { CalendarDate } from '../wire/wire-time.ts';

export interface Employee {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly gender: 'M' | 'F';
  readonly dateOfBirth: CalendarDate;
  readonly startDate: CalendarDate;
  readonly endDate?: CalendarDate;
  readonly addressLine1: string;
  readonly city: string;
  readonly postCode: string;
  /** Of Australian addresses. */
  readonly state: string;
  readonly calendarId?: string;
  readonly earningsRateId?: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}
