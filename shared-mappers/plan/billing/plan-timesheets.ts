import { folded, peopleIndex } from '../../mapping/people.ts';
import { decimal, plainText, quantityOfMinutes } from '../../model/billing/decimal.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { DesiredTimesheet, EarningsRate, PayrollEmployee } from '../../ports/payroll-target.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { LeftOut, Proposal } from './document-plan.ts';
import { inOrder } from './due-work.ts';
import { forget, replaceEntries } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { type PayPeriod, periodOf } from './pay-period.ts';
import { whyNotTime } from './time-due.ts';
import type { TimesheetFacts, TimesheetOptions, TimesheetPlan, TimesheetPlans } from './timesheet-facts.ts';

const EMPTY = {
  proposals: [],
  issues: [],
  decided: [],
  remember: [],
  intent: [],
  confirmation: [],
  withdrawal: [],
};

interface Sheet {
  readonly number: string;
  readonly employeeId: string;
  readonly payCalendarId: string;
  readonly from: string;
  readonly to: string;
  /** Minutes by day and earnings rate. */
  readonly minutes: Map<string, number>;
  readonly sources: LineSource[];
}

/**
 * One timesheet an employee and pay period, with the minutes of each day added up before they become hours. A draft
 * nobody touched is brought up to date; any other is a person's to decide. A period whose logs are all gone keeps an
 * untouched draft without hours.
 */
export function planTimesheets(
  facts: TimesheetFacts,
  options: TimesheetOptions,
  context: BillingContext,
): TimesheetPlans {
  const sheets = new Map<string, Sheet>();
  const leftOut: LeftOut[] = [];
  const faults = new Map<string, TimesheetPlan>();
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
    const place = placeOf(log, person?.employee, person?.earningsRate ?? options.earningsRate, facts);
    if ('code' in place) {
      const subject = `person:${log.personId}`;
      faults.set(subject, { ...EMPTY, subject, outcome: 'parked', issues: [place] });
      continue;
    }
    if (!isWithin(place.sheet, facts.span)) {
      leftOut.push({ ...source, because: 'its pay period is not read whole' });
      continue;
    }
    const paidOn = homes.get(log.id);
    if (paidOn !== undefined && paidOn !== place.sheet.number) {
      leftOut.push({ ...source, because: `on the timesheet ${paidOn}` });
      continue;
    }
    const sheet: Sheet = sheets.get(place.sheet.number) ?? {
      ...place.sheet,
      minutes: new Map(),
      sources: [],
    };
    const day = `${log.date} ${place.rate.id}`;
    sheet.minutes.set(day, (sheet.minutes.get(day) ?? 0) + log.minutes);
    sheet.sources.push({ ...source, minutes: log.minutes });
    sheets.set(sheet.number, sheet);
  }
  for (const emptied of emptiedSheets(facts, sheets)) sheets.set(emptied.number, emptied);
  const plans = [...sheets.values()].map((sheet) => planSheet(sheet, facts, context));
  return { plans: [...plans, ...faults.values()], leftOut };
}

function planSheet(sheet: Sheet, facts: TimesheetFacts, context: BillingContext): TimesheetPlan {
  const { scope, recipe, now } = context;
  const { number: subject, employeeId, payCalendarId, from, to } = sheet;
  const memory = facts.memories.find(({ number }) => number === subject);
  const held = facts.held.find((other) => other.employeeId === employeeId && other.from === from);
  const rows = facts.entries.filter(
    ({ documentNumber, purpose }) => documentNumber === subject && purpose === 'pay',
  );
  const desired: DesiredTimesheet = { employeeId, payCalendarId, from, to, lines: linesOf(sheet) };
  const print = printOf(desired, context);
  const billed = sheet.sources.map((source): LedgerEntry => {
    const place = { scope, recipe, purpose: 'pay', subject, documentNumber: subject } as const;
    return { ...place, source, line: 0, state: 'billed', at: now };
  });
  const intended = billed.map((entry): LedgerEntry => ({ ...entry, state: 'intended' }));
  const base = { scope, recipe, number: subject, subject, total: '0', at: now };
  const answered: DocumentMemory = { ...base, fingerprint: print, sent: print };
  const done: LedgerChange[] = [
    ...replaceEntries([...rows, ...intended], billed),
    { kind: 'document', memory: answered },
  ];
  const answer = facts.decisions.find(({ documentNumber }) => documentNumber === subject)?.answer;
  const decided = answer === undefined ? [] : [subject];
  const leave = (remember: readonly LedgerChange[]): TimesheetPlan => {
    return { ...EMPTY, subject, outcome: 'leave', remember, decided };
  };

  if (memory?.settled === true && memory.sent === print) return leave([]);
  if (answer === 'settled') {
    const settled: DocumentMemory = { ...(memory ?? base), sent: print, settled: true };
    return leave([...replaceEntries(rows, billed), { kind: 'document', memory: settled }]);
  }
  const ask = (code: Proposal['code'], message: string): TimesheetPlan => {
    const answers = code === 'DOCUMENT_VOIDED' ? (['free', 'settled'] as const) : (['settled'] as const);
    const proposal = {
      documentNumber: subject,
      code,
      message,
      key: print,
      difference: sheet.sources,
      answers,
    };
    return { ...EMPTY, subject, outcome: 'propose', proposals: [proposal] };
  };
  const write = (outcome: 'create' | 'update', what: TimesheetPlan['write']): TimesheetPlan => ({
    ...EMPTY,
    subject,
    outcome,
    ...(what === undefined ? {} : { write: what }),
    decided,
    intent: [
      ...intended.map((entry): LedgerChange => ({ kind: 'entry', entry })),
      { kind: 'document', memory: { ...(memory ?? base), pending: print } },
    ],
    confirmation: done,
    withdrawal: [...intended.map(forget), { kind: 'document', memory: memory ?? base }],
  });

  if (held === undefined) {
    if (desired.lines.length === 0) return leave(rows.map(forget));
    if (memory?.fingerprint !== undefined && answer !== 'free') {
      return ask('DOCUMENT_VOIDED', `${subject}: the timesheet was deleted`);
    }
    return write('create', { action: 'create', timesheet: desired });
  }
  const current = printOf(held, context);
  if (current === print) return leave(sameAs(memory, print) ? [] : done);
  if (held.status !== 'draft') return ask('DOCUMENT_CLOSED', `${subject}: the timesheet is ${held.status}`);
  if (current !== memory?.fingerprint && current !== memory?.pending) {
    return ask('DOCUMENT_CHANGED_BY_PERSON', `${subject}: a person made or changed the timesheet`);
  }
  return write('update', { action: 'update', held, timesheet: desired });
}

function sameAs(memory: DocumentMemory | undefined, print: string): boolean {
  return memory?.fingerprint === print && memory.pending === undefined;
}

/** Whose timesheet a log goes on, and as what it is paid. */
function placeOf(
  log: TimeLog,
  employee: string | undefined,
  rateName: string | undefined,
  { employees, calendars, rates }: TimesheetFacts,
): { readonly sheet: Omit<Sheet, 'minutes' | 'sources'>; readonly rate: EarningsRate } | BillingIssue {
  const named = employee ?? log.personEmail ?? log.personName;
  const found = employees.find((candidate) => isCalled(candidate, named));
  if (found === undefined) return failure('ACCOUNT_UNMAPPED', `Payroll has no employee ${named}`);
  if (!found.active) return failure('ACCOUNT_UNUSABLE', `Employee ${found.name} has left`);
  const calendar = calendars.find(({ id }) => id === found.payCalendarId);
  if (calendar === undefined) {
    return failure('ACCOUNT_UNUSABLE', `Employee ${found.name} has no pay calendar`);
  }
  if (rateName === undefined) {
    return failure('ACCOUNT_UNMAPPED', `The account map gives ${log.personName} no earnings rate`);
  }
  const rate = rates.find(({ id, name }) => id === rateName || folded(name) === folded(rateName));
  if (rate === undefined || !rate.active) {
    return failure('ACCOUNT_UNUSABLE', `Payroll has no active earnings rate ${rateName}`);
  }
  const period = periodOf(log.date, calendar);
  const number = `ZPAY-${found.id}-${period.from}`;
  return { sheet: { number, employeeId: found.id, payCalendarId: calendar.id, ...period }, rate };
}

function isCalled({ id, email, name }: PayrollEmployee, wanted: string): boolean {
  return [id, email, name].some((text) => folded(text) === folded(wanted));
}

/** Timesheets of ours whose logs are all gone. */
function emptiedSheets(facts: TimesheetFacts, sheets: ReadonlyMap<string, Sheet>): Sheet[] {
  return facts.held.flatMap(({ employeeId, payCalendarId, from, to }) => {
    const number = `ZPAY-${employeeId}-${from}`;
    const isOurs = facts.memories.some((memory) => memory.number === number);
    if (!isOurs || sheets.has(number) || !isWithin({ from, to }, facts.span)) return [];
    return [{ number, employeeId, payCalendarId, from, to, minutes: new Map(), sources: [] }];
  });
}

function isWithin(period: PayPeriod, span: PayPeriod): boolean {
  return period.from >= span.from && period.to <= span.to;
}

/** Where logs are paid already: a log whose date moved to another period stays on its timesheet. */
function sheetsOf(entries: readonly LedgerEntry[], recipe: string): Map<string, string> {
  return new Map(
    entries
      .filter((entry) => entry.purpose === 'pay' && entry.recipe === recipe && entry.state === 'billed')
      .map(({ source, documentNumber }) => [source.id, documentNumber]),
  );
}

function linesOf({ minutes }: Sheet): DesiredTimesheet['lines'] {
  return [...minutes]
    .map(([key, sum]) => {
      const [date = '', earningsRateId = ''] = key.split(' ');
      return { date, earningsRateId, units: quantityOfMinutes(sum) };
    })
    .sort((a, b) => (a.date + a.earningsRateId < b.date + b.earningsRateId ? -1 : 1));
}

/** Days without hours say nothing: some accounts return them, some do not. */
function printOf({ employeeId, from, lines }: DesiredTimesheet, { key }: BillingContext): string {
  const worked = lines
    .filter(({ units }) => !decimal(units).isZero())
    .map(({ date, earningsRateId, units }) => `${date} ${earningsRateId} ${plainText(units)}`)
    .sort();
  return fingerprint(key, JSON.stringify([employeeId, from, worked]));
}
