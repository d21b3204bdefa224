import type { AccountMap } from '../../mapping/account-map.ts';
import type { EarningsRate, PayCalendar, PayrollEmployee } from '../../ports/payroll-target.ts';
import type { AccountsUser } from '../../ports/xero-projects.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { DEFAULT_RATE, rateFault } from './compose-timesheets.ts';
import { findCalled } from './find-called.ts';
import { faultOfIssue, type MapFault } from './map-fault.ts';

/** Holds whom the map names as users against those there are, also people who have logged nothing yet. */
export function checkUsers({ people = {} }: AccountMap, users: readonly AccountsUser[]): MapFault[] {
  return Object.entries(people).flatMap(([name, { user }]) => {
    if (user === undefined) return [];
    const place = { in: 'map', path: ['people', name, 'user'] } as const;
    return faultsIn(findCalled(user, users, 'Xero has no user', place));
  });
}

export interface PayrollSetUp {
  readonly employees: readonly PayrollEmployee[];
  readonly calendars: readonly PayCalendar[];
  readonly rates: readonly EarningsRate[];
}

/** Holds whom and what the map and the recipe name of payroll against what there is. */
export function checkPayroll(
  { people = {} }: AccountMap,
  earningsRate: string | undefined,
  { employees, calendars, rates }: PayrollSetUp,
): MapFault[] {
  const paidAs = (name: string, place: typeof DEFAULT_RATE | EmployeePlace): MapFault[] => {
    const rate = findCalled(name, rates, 'Payroll has no earnings rate', place);
    return faultsIn('code' in rate ? rate : rateFault(rate, place));
  };
  const byDefault = earningsRate === undefined ? [] : paidAs(earningsRate, DEFAULT_RATE);
  const ofPeople = Object.entries(people).flatMap(([name, person]): MapFault[] => {
    const place = (key: string): EmployeePlace => ({ in: 'map', path: ['people', name, key] });
    const { employee, earningsRate: rate } = person;
    return [
      ...(employee === undefined ? [] : employeeFaults(employee, place('employee'), employees, calendars)),
      ...(rate === undefined ? [] : paidAs(rate, place('earningsRate'))),
    ];
  });
  return [...byDefault, ...ofPeople];
}

interface EmployeePlace {
  readonly in: 'map';
  readonly path: readonly string[];
}

function employeeFaults(
  named: string,
  place: EmployeePlace,
  employees: readonly PayrollEmployee[],
  calendars: readonly PayCalendar[],
): MapFault[] {
  const found = findCalled(named, employees, 'Payroll has no employee', place);
  if ('code' in found) return faultsIn(found);
  const at = { ...place, near: [] };
  if (!found.active) return faultsIn(failure('ACCOUNT_UNUSABLE', `Employee ${found.name} has left`, at));
  if (calendars.some(({ id }) => id === found.payCalendarId)) return [];
  return faultsIn(failure('ACCOUNT_UNUSABLE', `Employee ${found.name} has no pay calendar`, at));
}

function faultsIn(found: object | BillingIssue | undefined): MapFault[] {
  return found !== undefined && 'code' in found ? [faultOfIssue(found)] : [];
}
