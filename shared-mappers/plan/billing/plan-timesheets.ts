import type { LineSource } from '../../model/billing/document.ts';
import type { FoundTimesheet, HeldTimesheet } from '../../ports/payroll-target.ts';
import {
  addLog,
  type ComposedSheet,
  composeTimesheets,
  desiredTimesheet,
  type MovedLog,
  printOfTimesheet,
} from './compose-timesheets.ts';
import type { LeftOut } from './document-plan.ts';
import type { BillingContext } from './milestone-facts.ts';
import { inWords, TIME_ANSWERS } from './proposals.ts';
import { measures, sourceKey } from './source-key.ts';
import { claimed, type LedgerPlace, rememberAnswered, rememberSettled, writePart } from './time-ledger.ts';
import type { TimeConflict } from './time-plan.ts';
import { isAsSent, type Verdict, verdictOn } from './time-verdict.ts';
import type { TimesheetFacts, TimesheetOptions, TimesheetPlan, TimesheetPlans } from './timesheet-facts.ts';

const NOTHING = { proposals: [], issues: [], decided: [], remember: [] } as const;

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
  const { sheets, moved, leftOut, faults } = composeTimesheets(facts, options, context);
  const { after, stay } = moveLogs(sheets, moved, facts, context);
  const plans = [...sheets.values()].map((sheet) =>
    planSheet(sheet, [...(after.get(sheet.number) ?? [])], facts, context),
  );
  const parked = [...faults].map(([personId, { log, issue }]): TimesheetPlan => {
    const subject = `person:${personId}`;
    return { ...NOTHING, subject, title: log.personName, outcome: 'parked', issues: [issue] };
  });
  return { plans: [...plans.toSorted(losersFirst), ...parked], leftOut: [...leftOut, ...stay] };
}

/**
 * Puts logs whose day moved to another period onto that one's timesheet, where they leave the one they stand on. A
 * timesheet that loses hours gains none in the same run: two that wait for each other would never be written.
 */
function moveLogs(
  sheets: Map<string, ComposedSheet>,
  moved: readonly MovedLog[],
  facts: TimesheetFacts,
  context: BillingContext,
): { readonly after: ReadonlyMap<string, ReadonlySet<string>>; readonly stay: readonly LeftOut[] } {
  const stay: LeftOut[] = [];
  const after = new Map<string, Set<string>>();
  const losers = new Set(moved.map(({ from }) => from));
  const verdicts = new Map(
    [...losers].flatMap((number) => {
      const sheet = sheets.get(number);
      return sheet === undefined ? [] : [[number, verdictFor(sheet, facts, context).verdict] as const];
    }),
  );
  for (const { log, from, place } of moved) {
    const verdict = verdicts.get(from);
    const { number } = place.sheet;
    if (losers.has(number) || (verdict !== 'update' && verdict !== 'as-wanted')) {
      stay.push({ kind: 'time-log', id: log.id, because: `on the timesheet ${from}` });
      continue;
    }
    addLog(sheets, log, place);
    if (verdict === 'update') after.set(number, (after.get(number) ?? new Set()).add(from));
  }
  return { after, stay };
}

/**
 * Timesheets whose lines have to be known: the listing may leave them out, and reading each costs a call. One that was
 * sent as it should be is left whatever it says now.
 */
export function timesheetsToRead(
  facts: TimesheetFacts,
  options: TimesheetOptions,
  context: BillingContext,
): FoundTimesheet[] {
  const { sheets, moved } = composeTimesheets(facts, options, context);
  const touched = new Set(moved.flatMap(({ from, place }) => [from, place.sheet.number]));
  return [...sheets.values()].flatMap((sheet) => {
    const { held, place } = standingOf(sheet, facts, context);
    if (held === undefined || held.lines !== undefined) return [];
    return isAsSent(place.memory, place.asked) && !touched.has(sheet.number) ? [] : [held];
  });
}

function standingOf(sheet: ComposedSheet, facts: TimesheetFacts, context: BillingContext) {
  const { number, employeeId, from, sources } = sheet;
  const memory = facts.memories.find((candidate) => candidate.number === number);
  const held = facts.held.find((other) => other.employeeId === employeeId && other.from === from);
  const rows = facts.entries.filter(
    ({ documentNumber, purpose, state }) =>
      documentNumber === number && purpose === 'pay' && state !== 'freed',
  );
  const timesheet = desiredTimesheet(sheet);
  const asked = printOfTimesheet(timesheet, context.key);
  const place: LedgerPlace = { number, subject: number, purpose: 'pay', memory, rows, sources, asked };
  return { place, held, timesheet };
}

interface Judged extends ReturnType<typeof standingOf> {
  readonly verdict: Verdict;
  readonly print: string | undefined;
  readonly decided: readonly string[];
}

function verdictFor(sheet: ComposedSheet, facts: TimesheetFacts, context: BillingContext): Judged {
  const standing = standingOf(sheet, facts, context);
  const { place, held } = standing;
  const { memory, asked } = place;
  const print = isWhole(held) ? printOfTimesheet(held, context.key) : undefined;
  const decision = facts.decisions.find(({ documentNumber }) => documentNumber === sheet.number);
  const answer = decision?.of === undefined || decision.of === asked ? decision?.answer : undefined;
  const seen = held && {
    print,
    isOpen: held.status === 'draft',
    isUntouched: print !== undefined && isOursStill(print, memory?.fingerprint, memory?.pending),
  };
  const wanted = sheet.issue === undefined ? asked : undefined;
  const verdict = verdictOn({ asked, wanted, memory, held: seen, answer });
  return { ...standing, verdict, print, decided: decision === undefined ? [] : [sheet.number] };
}

function planSheet(
  sheet: ComposedSheet,
  after: readonly string[],
  facts: TimesheetFacts,
  context: BillingContext,
): TimesheetPlan {
  const { place, held, timesheet, verdict, print, decided } = verdictFor(sheet, facts, context);
  const { number, employeeName, from, to } = sheet;
  const base = { ...NOTHING, subject: number, title: `${employeeName}, ${from} to ${to}`, decided };
  const ask = (code: TimeConflict, message: string): TimesheetPlan => {
    const difference = differenceOf(place);
    const proposal = {
      documentNumber: number,
      code,
      message: `${number}: ${message}${inWords(difference)}`,
      key: place.asked,
      difference,
      answers: TIME_ANSWERS[code],
    };
    return { ...base, outcome: 'propose', proposals: [proposal], remember: claimed(place, context) };
  };

  if (verdict === 'as-sent') return { ...base, outcome: 'leave' };
  if (verdict === 'settle') return { ...base, outcome: 'leave', remember: rememberSettled(place, context) };
  if (verdict === 'gone') return ask('TIMESHEET_GONE', 'the timesheet was deleted');
  if (verdict === 'closed') return ask('TIMESHEET_CLOSED', `the timesheet is ${held?.status}`);
  if (verdict === 'changed') return ask('TIMESHEET_CHANGED', 'a person made or changed the timesheet');
  if (verdict === 'faulty') {
    const issues = sheet.issue === undefined ? [] : [sheet.issue];
    return { ...base, outcome: 'parked', issues, decided: [] };
  }
  if (!isWhole(held) || print === undefined) {
    if (timesheet.lines.length === 0) return { ...base, outcome: 'leave' };
    const part = writePart(place, place.asked, undefined, context);
    return { ...base, outcome: 'create', write: { action: 'create', timesheet, after, ...part } };
  }
  const before = { id: held.id, print };
  if (verdict === 'as-wanted') {
    return { ...base, outcome: 'leave', remember: rememberAnswered(place, before, context) };
  }
  const part = writePart(place, place.asked, before, context);
  return { ...base, outcome: 'update', write: { action: 'update', held, timesheet, after, ...part } };
}

/** A run that broke off between two lines has left some of the old and some of the new ones. */
function isOursStill(print: string, known: string | undefined, pending: string | undefined): boolean {
  if (print === known || print === pending) return true;
  if (pending === undefined) return false;
  const lines = new Set([known, pending].flatMap((text) => text?.split(' ') ?? []));
  return print.split(' ').every((line) => lines.has(line));
}

/** What its logs come to now against what it stands for, by log. */
function differenceOf({ sources, rows }: LedgerPlace): LineSource[] {
  const billed = measures(rows.filter(({ state }) => state === 'billed'));
  const now = new Map(sources.map((source) => [sourceKey(source), source]));
  const ids = new Set([...rows.map(({ source }) => source.id), ...sources.map(({ id }) => id)]);
  return [...ids].flatMap((id): LineSource[] => {
    const key = sourceKey({ kind: 'time-log', id });
    const source = now.get(key);
    const minutes = (source?.kind === 'time-log' ? source.minutes : 0) - (billed.get(key)?.toNumber() ?? 0);
    return minutes === 0 ? [] : [{ kind: 'time-log', id, minutes }];
  });
}

function isWhole(held: FoundTimesheet | undefined): held is HeldTimesheet {
  return held?.lines !== undefined;
}

function losersFirst(a: TimesheetPlan, b: TimesheetPlan): number {
  return (a.write?.after.length ?? 0) - (b.write?.after.length ?? 0);
}
