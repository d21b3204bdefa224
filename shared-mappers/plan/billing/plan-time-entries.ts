import { nameInMap, peopleIndex } from '../../mapping/people.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type {
  AccountsProject,
  AccountsTask,
  AccountsUser,
  DesiredTimeEntry,
  HeldTimeEntry,
} from '../../ports/xero-projects.ts';
import type { BillingIssue, FaultPlace } from './billing-issue.ts';
import type { BillingAnswer } from './decision.ts';
import { fillTemplate } from './fill-template.ts';
import { findCalled } from './find-called.ts';
import { forget } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { differenceKey, TIME_ANSWERS } from './proposals.ts';
import { whyNotTime } from './time-due.ts';
import type {
  ProjectTime,
  TimeEntryPlan,
  TimeEntryPlans,
  TimeNeed,
  TimeOptions,
  TimeState,
} from './time-facts.ts';
import {
  claimed,
  type LedgerPlace,
  rememberAnswered,
  rememberSeen,
  rememberSettled,
  writePart,
} from './time-ledger.ts';
import { heldByLog, timeNumber, withMark } from './time-mark.ts';
import { projectNumber, timePlaces } from './time-places.ts';
import type { LedgerPart, TimeConflict, TimeProposal } from './time-plan.ts';
import { printOfEntry, sealedWrite, withSeal } from './time-seal.ts';
import { isAsSent, verdictOn } from './time-verdict.ts';

/** Longest text of an entry before its mark. */
const TEXT_LIMIT = 500;
const NOTHING = { proposals: [], issues: [], decided: [], remember: [] } as const;

/**
 * Decides, log by log, what becomes of the time entries of all projects together: a log that moved from one to another
 * takes its entry along. Locked and invoiced entries, and those that a person changed, are left.
 */
export function planTimeEntries(
  times: readonly ProjectTime[],
  state: TimeState,
  options: TimeOptions,
  context: BillingContext,
): TimeEntryPlans {
  const held = heldByLog(state.held, state.memories);
  const elsewhere = otherDestination(state.entries, 'charge', context.recipe);
  const rowsOf = Map.groupBy(
    state.entries.filter((entry) => isOurs(entry, context)),
    ({ source }) => source.id,
  );
  const personOf = peopleIndex(context.map.people);
  const described = (log: TimeLog, project: Project): Described => {
    const named = personOf(log)?.user ?? log.personEmail ?? log.personName;
    return describe(log, project, named, options, context);
  };
  const why = (log: TimeLog): string | undefined =>
    whyNotTime(log, options) ?? elsewhere({ kind: 'time-log', id: log.id });
  const freed = new Set(
    state.decisions.flatMap(({ answer, documentNumber }) => (answer === 'free' ? [documentNumber] : [])),
  );
  const memories = new Map(state.memories.map((memory) => [memory.number, memory]));
  const places = timePlaces(times, state, options, context, (log, project) => {
    const number = timeNumber(log.id);
    const isSent = isAsSent(memories.get(number), described(log, project).asked) && !freed.has(number);
    return why(log) === undefined && !isSent;
  });

  const plans: TimeEntryPlan[] = [];
  const known = new Set<string>();
  for (const { project, logs } of times) {
    for (const log of logs) {
      known.add(log.id);
      const facts = factsOf(log.id, titleOf(log, project), held.get(log.id), rowsOf.get(log.id), state);
      const because = why(log);
      if (because !== undefined) {
        plans.push(withoutLog(facts, because, context));
        continue;
      }
      const said = described(log, project);
      const task = places.task(log, project);
      const desired = 'code' in task ? task : desiredEntry(log, task, said, state.users);
      plans.push(planLog(log, said.asked, desired, facts, context));
    }
  }
  for (const [log, entry] of held) {
    const rows = rowsOf.get(log);
    // Near the ends of the span an entry's day may be read as the day before or after.
    const isInside = times.some(({ span }) => entry.date > span.from && entry.date < span.to);
    if (known.has(log) || rows === undefined || !isInside) continue;
    plans.push(withoutLog(factsOf(log, `Time log ${log}`, entry, rows, state), 'the log is gone', context));
  }
  const remember = times.flatMap(({ project }) => linkOf(project, places.project(project), state, context));
  return { plans, needs: usedNeeds(places.needs, plans), remember };
}

/** Nothing is created for entries that are not written after all. */
function usedNeeds(needs: readonly TimeNeed[], plans: readonly TimeEntryPlan[]): TimeNeed[] {
  const used = new Set<string>();
  for (const { write } of plans) {
    if (write === undefined || write.action === 'delete') continue;
    used.add(write.entry.taskId).add(write.entry.projectId);
  }
  return needs.filter(({ id }) => used.has(id));
}

/** A project keeps its project in the accounts when either is renamed. */
function linkOf(
  { id }: Project,
  place: AccountsProject | BillingIssue,
  { projects, memories }: TimeState,
  { scope, recipe, now }: BillingContext,
): LedgerChange[] {
  if ('code' in place || !projects.some((project) => project.id === place.id)) return [];
  const number = projectNumber(id);
  const known = memories.find((memory) => memory.number === number);
  if (known?.documentId === place.id) return [];
  const memory = { scope, recipe, number, subject: id, documentId: place.id, total: '0', at: now };
  return [{ kind: 'document', memory }];
}

/** What is known of one log's entry. */
interface EntryFacts {
  readonly place: Omit<LedgerPlace, 'asked' | 'sources'>;
  readonly title: string;
  readonly held: HeldTimeEntry | undefined;
  readonly answer: BillingAnswer | undefined;
  /** Of the difference that the answer was given to. */
  readonly seen: string | undefined;
  readonly seals: boolean;
}

function factsOf(
  log: string,
  title: string,
  held: HeldTimeEntry | undefined,
  rows: readonly LedgerEntry[] = [],
  { memories, decisions, seals = false }: TimeState,
): EntryFacts {
  const number = timeNumber(log);
  const memory = memories.find((candidate) => candidate.number === number);
  const decision = decisions.find(({ documentNumber }) => documentNumber === number);
  const place = { number, subject: log, purpose: 'charge', memory, rows } as const;
  return { place, title, held, answer: decision?.answer, seen: decision?.of, seals };
}

function planLog(
  log: TimeLog,
  asked: string,
  desired: DesiredTimeEntry | BillingIssue,
  facts: EntryFacts,
  context: BillingContext,
): TimeEntryPlan {
  const { held, title } = facts;
  const source: LineSource = { kind: 'time-log', id: log.id, minutes: log.minutes };
  const place: LedgerPlace = { ...facts.place, sources: [source], asked };
  const { memory, number } = place;
  const wanted = 'code' in desired ? undefined : printOfEntry(desired, context.key);
  const answer = facts.seen === undefined || facts.seen === asked ? facts.answer : undefined;
  const print = held === undefined ? undefined : printOfEntry(held, context.key);
  const seen = held && {
    print,
    isOpen: held.status === 'active',
    isUntouched: print === memory?.fingerprint || print === memory?.pending,
  };
  const verdict = verdictOn({ asked, wanted, memory, held: seen, answer });
  const decided = facts.answer === undefined ? [] : [number];
  const base = { ...NOTHING, subject: log.id, title, decided };
  const asks = (code: TimeConflict, message: string): TimeEntryPlan => {
    const more = log.minutes - (held?.minutes ?? 0);
    const proposals = [proposalOf(number, code, message, asked, log.id, more)];
    return { ...base, outcome: 'propose', proposals, remember: claimed(place, context) };
  };

  if (verdict === 'as-sent') return { ...base, outcome: 'leave' };
  if (verdict === 'settle' && facts.seals && held?.status === 'active') {
    return { ...base, outcome: 'update', write: sealedWrite(held, asked, memory, context) };
  }
  if (verdict === 'settle') return { ...base, outcome: 'leave', remember: rememberSettled(place, context) };
  if (verdict === 'gone') return asks('TIME_ENTRY_GONE', 'the time entry was deleted');
  if (verdict === 'closed') return asks('TIME_ENTRY_CLOSED', `the time entry is ${held?.status}`);
  if (verdict === 'changed') return asks('TIME_ENTRY_CHANGED', 'a person changed the time entry');
  if ('code' in desired || wanted === undefined) {
    return { ...base, outcome: 'parked', issues: 'code' in desired ? [desired] : [], decided: [] };
  }
  const seal = { sent: asked, print: wanted };
  const description = facts.seals ? withSeal(desired.description, seal, context) : desired.description;
  const entry: DesiredTimeEntry = { ...desired, description };
  if (held === undefined || print === undefined) {
    const part = writePart(place, wanted, undefined, context);
    return { ...base, outcome: 'create', write: { action: 'create', entry, ...part } };
  }
  const before = { id: held.id, print };
  if (verdict === 'as-wanted') {
    return { ...base, outcome: 'leave', remember: rememberAnswered(place, before, context) };
  }
  const moves = held.projectId !== desired.projectId;
  const part = writePart(place, wanted, before, context, moves);
  return { ...base, outcome: 'update', write: { action: 'update', held, entry, moves, ...part } };
}

/** A log that is not due: its entry goes, where it is still ours to delete. */
function withoutLog(facts: EntryFacts, because: string, context: BillingContext): TimeEntryPlan {
  const { place, title, held } = facts;
  const { number, subject, rows, memory } = place;
  const forgotten = rows.map(forget);
  const excluded = { ...NOTHING, subject, title, outcome: 'excluded', because } as const;
  if (held === undefined) return { ...excluded, remember: forgotten };
  if (rows.length === 0) return excluded;
  const print = printOfEntry(held, context.key);
  const key = differenceKey(context.key, [{ kind: 'time-log', id: subject, minutes: -held.minutes }]);
  if ((memory?.settled === true || facts.seals) && memory?.sent === key) return excluded;
  const isAnswered = facts.answer === 'settled' && (facts.seen === undefined || facts.seen === key);
  if (isAnswered && facts.seals && held.status === 'active') {
    const write = sealedWrite(held, key, memory, context);
    return { ...excluded, outcome: 'update', write, decided: [number] };
  }
  if (isAnswered) return { ...excluded, remember: rememberSeen(place, key, context), decided: [number] };
  const asks = (code: TimeConflict, message: string): TimeEntryPlan => ({
    ...excluded,
    outcome: 'propose',
    proposals: [proposalOf(number, code, `${message}: ${because}`, key, subject, -held.minutes)],
  });
  if (held.status !== 'active') return asks('TIME_ENTRY_CLOSED', `the time entry is ${held.status}`);
  if (print !== memory?.fingerprint && print !== memory?.pending) {
    return asks('TIME_ENTRY_CHANGED', 'a person changed the time entry');
  }
  const { fingerprint: _, sent: __, pending: ___, documentId: ____, ...blank } = memory ?? {};
  const confirmation = [...forgotten];
  if ('number' in blank) confirmation.push({ kind: 'document', memory: blank });
  const part: LedgerPart = { intent: [], confirmation, withdrawal: [] };
  return { ...excluded, outcome: 'delete', write: { action: 'delete', held, ...part } };
}

function proposalOf(
  number: string,
  code: TimeConflict,
  message: string,
  key: string,
  log: string,
  minutes: number,
): TimeProposal {
  return {
    documentNumber: number,
    code,
    message: `${number}: ${message}`,
    key,
    difference: [{ kind: 'time-log', id: log, minutes }],
    answers: TIME_ANSWERS[code],
  };
}

/** What a log's entry says, before it is known where in the accounts. */
interface Described {
  /** Whose time it is. */
  readonly user: string;
  readonly description: string;
  readonly asked: string;
  /** Where the map says, or would say, whose it is. */
  readonly at: Omit<FaultPlace, 'near'>;
}

function describe(
  log: TimeLog,
  project: Project,
  user: string,
  { text }: Pick<TimeOptions, 'text'>,
  { key, map }: BillingContext,
): Described {
  const { taskName = '', personName, date, notes, minutes, billable } = log;
  const values = { task: taskName, person: personName, date, notes, project: project.name };
  const description = withMark(fillTemplate(text, values, TEXT_LIMIT), log.id);
  const asked = fingerprint(
    key,
    JSON.stringify([project.id, taskName, user, date, minutes, billable, description]),
  );
  const at = { in: 'map', path: ['people', nameInMap(map.people, log), 'user'] } as const;
  return { user, description, asked, at };
}

function desiredEntry(
  { date, minutes }: TimeLog,
  { id: taskId, projectId }: AccountsTask,
  { user: named, description, at }: Described,
  users: readonly AccountsUser[],
): DesiredTimeEntry | BillingIssue {
  const user = findCalled(named, users, 'Xero has no user', at);
  if ('code' in user) return user;
  return { projectId, taskId, userId: user.id, date, minutes, description };
}

function titleOf({ taskName, personName, date }: TimeLog, project: Project): string {
  return `${project.name}: ${[taskName, personName, date].filter((part) => part !== undefined).join(', ')}`;
}

function isOurs({ recipe, purpose, state, source }: LedgerEntry, context: BillingContext): boolean {
  return recipe === context.recipe && purpose === 'charge' && state !== 'freed' && source.kind === 'time-log';
}
