import type { Person } from '../../mapping/account-map.ts';
import { nameInMap, peopleIndex } from '../../mapping/people.ts';
import { decimal, plainText, quantityOfMinutes } from '../../model/billing/decimal.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import { type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';
import type { DesiredTimesheet, EarningsRate } from '../../ports/payroll-target.ts';
import { type BillingIssue, type FaultPlace, failure } from './billing-issue.ts';
import type { LeftOut } from './document-plan.ts';
import { inOrder } from './due-work.ts';
import { findCalled } from './find-called.ts';
import type { BillingContext } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { type PayPeriod, periodOf } from './pay-period.ts';
import { whyNotTime } from './time-due.ts';
import type { TimesheetFacts, TimesheetOptions } from './timesheet-facts.ts';

/** One employee's period as their logs would have it. */
export interface ComposedSheet extends PayPeriod {
  /** `ZPAY-<employee>-<first day>`. */
  readonly number: string;
  readonly employeeId: string;
  readonly employeeName: string;
  readonly payCalendarId: string;
  /** Minutes by day and earnings rate. */
  readonly minutes: Map<string, number>;
  readonly sources: LineSource[];
  /** Why it cannot be written, although it is known what it should say. */
  issue: BillingIssue | undefined;
}

/** A log that stands on another timesheet than the one its day belongs to now. */
export interface MovedLog {
  readonly log: TimeLog;
  readonly from: string;
  readonly place: SheetPlace;
}

export interface ComposedSheets {
  readonly sheets: Map<string, ComposedSheet>;
  readonly moved: readonly MovedLog[];
  readonly leftOut: readonly LeftOut[];
  /** Logs of people whom payroll cannot pay, by person. */
  readonly faults: ReadonlyMap<string, { readonly log: TimeLog; readonly issue: BillingIssue }>;
}

/** Adds up who worked what in which pay period. */
export function composeTimesheets(
  facts: TimesheetFacts,
  options: TimesheetOptions,
  context: BillingContext,
): ComposedSheets {
  const sheets = new Map<string, ComposedSheet>();
  const moved: MovedLog[] = [];
  const leftOut: LeftOut[] = [];
  const faults = new Map<string, { log: TimeLog; issue: BillingIssue }>();
  const faulty = new Set<string>();
  const elsewhere = otherDestination(facts.entries, 'pay', context.recipe);
  const personOf = peopleIndex(context.map.people);
  const homes = sheetsOf(facts.entries, context.recipe);

  for (const log of inOrder(facts.logs)) {
    const source = { kind: 'time-log', id: log.id } as const;
    const because = whyNotTime(log, { ...options, nonBillable: true }) ?? elsewhere(source);
    if (because !== undefined) {
      leftOut.push({ ...source, because });
      continue;
    }
    const person = personOf(log);
    const place = placeOf(log, person, options, facts, context);
    if ('code' in place) {
      faults.set(log.personId, { log, issue: place });
      faulty.add(log.id);
      continue;
    }
    const { sheet } = place;
    if (sheet.from < facts.span.from || sheet.to > facts.span.to) {
      leftOut.push({ ...source, because: 'its pay period is not read whole' });
      continue;
    }
    const from = homes.get(log.id);
    if (from !== undefined && from !== sheet.number) moved.push({ log, from, place });
    else addLog(sheets, log, place);
  }
  for (const emptied of emptiedSheets(facts, sheets, faulty)) sheets.set(emptied.number, emptied);
  return { sheets, moved, leftOut, faults };
}

/** Puts a log on its timesheet. */
export function addLog(
  sheets: Map<string, ComposedSheet>,
  { id, date, minutes }: TimeLog,
  { sheet: empty, rate, issue }: SheetPlace,
): void {
  const sheet: ComposedSheet = sheets.get(empty.number) ?? {
    ...empty,
    minutes: new Map(),
    sources: [],
    issue: undefined,
  };
  const day = `${date} ${rate.id}`;
  sheet.minutes.set(day, (sheet.minutes.get(day) ?? 0) + minutes);
  sheet.sources.push({ kind: 'time-log', id, minutes });
  sheet.issue ??= issue;
  sheets.set(sheet.number, sheet);
}

export interface SheetPlace {
  readonly sheet: Omit<ComposedSheet, 'minutes' | 'sources' | 'issue'>;
  readonly rate: EarningsRate;
  /** Why nothing new can be written there. */
  readonly issue: BillingIssue | undefined;
}

/** Whose timesheet a log goes on, and as what it is paid. */
function placeOf(
  log: TimeLog,
  person: Person | undefined,
  options: Pick<TimesheetOptions, 'earningsRate'>,
  { employees, calendars, rates }: Pick<TimesheetFacts, 'employees' | 'calendars' | 'rates'>,
  { map }: Pick<BillingContext, 'map'>,
): SheetPlace | BillingIssue {
  const path = ['people', nameInMap(map.people, log)];
  const who = { in: 'map', path: [...path, 'employee'] } as const;
  const named = person?.employee ?? log.personEmail ?? log.personName;
  const found = findCalled(named, employees, 'Payroll has no employee', who);
  if ('code' in found) return found;
  const calendar = calendars.find(({ id }) => id === found.payCalendarId);
  if (calendar === undefined) {
    const message = `Employee ${found.name} has no pay calendar`;
    return failure('ACCOUNT_UNUSABLE', message, { ...who, near: [] });
  }
  const asWhat = { in: 'map', path: [...path, 'earningsRate'] } as const;
  const rateName = person?.earningsRate ?? options.earningsRate;
  if (rateName === undefined) {
    const near = rates.filter((one) => rateFault(one) === undefined).map(({ name }) => name);
    return failure('ACCOUNT_UNMAPPED', `Nothing says as what ${log.personName} is paid`, { ...asWhat, near });
  }
  const at = person?.earningsRate === undefined ? DEFAULT_RATE : asWhat;
  const rate = findCalled(rateName, rates, 'Payroll has no earnings rate', at);
  if ('code' in rate) return rate;
  const period = periodOf(log.date, calendar);
  const number = timesheetNumber(found.id, period.from);
  const { id: employeeId, name: employeeName } = found;
  const sheet = { number, employeeId, employeeName, payCalendarId: calendar.id, ...period };
  const left = failure('ACCOUNT_UNUSABLE', `Employee ${found.name} has left`, { ...who, near: [] });
  const isThere = found.active && (found.lastDay === undefined || log.date <= found.lastDay);
  const issue = isThere ? rateFault(rate, at) : left;
  return { sheet, rate, issue };
}

/** Why hours cannot be paid as this. */
export function rateFault(
  { name, active, units }: EarningsRate,
  place: Omit<FaultPlace, 'near'> = DEFAULT_RATE,
): BillingIssue | undefined {
  const at = { ...place, near: [] };
  if (!active) return failure('ACCOUNT_UNUSABLE', `Earnings rate ${name} is not in use any more`, at);
  if (units.toLowerCase() === 'hours' || units === '') return undefined;
  return failure('ACCOUNT_UNUSABLE', `Earnings rate ${name} is paid by ${units}, not by hours`, at);
}

/** Where the recipe says as what people are paid who have nothing of their own. */
export const DEFAULT_RATE = { in: 'recipe', path: ['destinations', 'payroll', 'earningsRate'] } as const;

/** What the ledger calls the timesheet of an employee's period. */
export function timesheetNumber(employeeId: string, from: string): string {
  return `ZPAY-${employeeId}-${from}`;
}

export function desiredTimesheet({
  employeeId,
  payCalendarId,
  from,
  to,
  minutes,
}: ComposedSheet): DesiredTimesheet {
  const lines = [...minutes]
    .map(([key, sum]) => {
      const [date = '', earningsRateId = ''] = key.split(' ');
      return { date, earningsRateId, units: quantityOfMinutes(sum) };
    })
    .sort((a, b) => (a.date + a.earningsRateId < b.date + b.earningsRateId ? -1 : 1));
  return { employeeId, payCalendarId, from, to, lines };
}

/**
 * One fingerprint a line, so that a timesheet is known again whose lines were changed only in part when a run broke off.
 * Days without hours say nothing: some accounts return them, some do not.
 */
export function printOfTimesheet({ employeeId, from, lines }: DesiredTimesheet, key: FingerprintKey): string {
  const worked = lines
    .filter(({ units }) => !decimal(units).isZero())
    .map(({ date, earningsRateId, trackingItemId, units }) =>
      fingerprint(key, JSON.stringify([date, earningsRateId, trackingItemId ?? '', plainText(units)])),
    )
    .sort();
  return [fingerprint(key, JSON.stringify([employeeId, from])), ...worked].join(' ');
}

/** Timesheets of ours whose logs are all gone: none of them is merely waiting for a correction. */
function emptiedSheets(
  { held, memories, entries, employees, span }: TimesheetFacts,
  sheets: ReadonlyMap<string, ComposedSheet>,
  faulty: ReadonlySet<string>,
): ComposedSheet[] {
  return held.flatMap(({ employeeId, payCalendarId, from, to }) => {
    const number = timesheetNumber(employeeId, from);
    const isOurs = memories.some((memory) => memory.number === number);
    const waits = entries.some((entry) => entry.documentNumber === number && faulty.has(entry.source.id));
    if (!isOurs || waits || sheets.has(number) || from < span.from || to > span.to) return [];
    const employeeName = employees.find(({ id }) => id === employeeId)?.name ?? employeeId;
    const empty = { minutes: new Map<string, number>(), sources: [], issue: undefined };
    return [{ number, employeeId, employeeName, payCalendarId, from, to, ...empty }];
  });
}

/** Where logs are paid already. */
function sheetsOf(entries: readonly LedgerEntry[], recipe: string): Map<string, string> {
  return new Map(
    entries
      .filter((entry) => entry.purpose === 'pay' && entry.recipe === recipe && entry.state === 'billed')
      .map(({ source, documentNumber }) => [source.id, documentNumber]),
  );
}
