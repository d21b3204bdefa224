import { folded, peopleIndex } from '../../mapping/people.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { AccountsUser, DesiredTimeEntry, HeldTimeEntry } from '../../ports/xero-projects.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { Proposal } from './document-plan.ts';
import { fillTemplate } from './fill-template.ts';
import { forget } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { whyNotTime } from './time-due.ts';
import type { ProjectTime, TimeOptions, TimePlan, TimeState, TimeWrite } from './time-facts.ts';
import { markedLog, timeNumber, withMark } from './time-mark.ts';
import { projectFor, taskFor } from './time-needs.ts';

const EMPTY = {
  proposals: [],
  issues: [],
  decided: [],
  remember: [],
  intent: [],
  confirmation: [],
  withdrawal: [],
};

/**
 * Decides, log by log, what becomes of a project's time entries. An entry is found by its mark, so a create without
 * an answer needs no more than another look. Locked and invoiced entries, and those that a person changed, are left.
 */
export function planTimeEntries(
  time: ProjectTime,
  state: TimeState,
  options: TimeOptions,
  context: BillingContext,
): TimePlan[] {
  const { logs, span } = time;
  const held = new Map<string, HeldTimeEntry>();
  for (const entry of state.held) {
    const log = markedLog(entry.description);
    if (log !== undefined) held.set(log, entry);
  }
  const elsewhere = otherDestination(state.entries, 'charge', context.recipe);
  const plans = logs.map((log) => {
    const because = whyNotTime(log, options) ?? elsewhere({ kind: 'time-log', id: log.id });
    if (because === undefined) return planLog(log, held.get(log.id), time, state, options, context);
    return withoutLog(log.id, held.get(log.id), because, state, context);
  });
  const known = new Set(logs.map(({ id }) => id));
  const gone = [...held].filter(
    ([log, { date }]) => !known.has(log) && date > span.from && date < span.to && isOurs(log, state, context),
  );
  return [...plans, ...gone.map(([log, entry]) => withoutLog(log, entry, 'the log is gone', state, context))];
}

function planLog(
  log: TimeLog,
  held: HeldTimeEntry | undefined,
  time: ProjectTime,
  state: TimeState,
  options: TimeOptions,
  context: BillingContext,
): TimePlan {
  const desired = desiredEntry(log, time, state, options, context);
  if ('code' in desired) return { ...EMPTY, subject: log.id, outcome: 'parked', issues: [desired] };
  const number = timeNumber(log.id);
  const memory = state.memories.find((candidate) => candidate.number === number);
  const print = printOf(desired, context);
  const entry: LedgerEntry = {
    scope: context.scope,
    recipe: context.recipe,
    purpose: 'charge',
    subject: log.id,
    source: { kind: 'time-log', id: log.id, minutes: log.minutes },
    documentNumber: number,
    line: 0,
    state: 'billed',
    at: context.now,
  };
  const remembered: DocumentMemory = {
    scope: context.scope,
    recipe: context.recipe,
    number,
    subject: log.id,
    fingerprint: print,
    sent: print,
    total: '0',
    at: context.now,
  };
  const intended: LedgerEntry = { ...entry, state: 'intended' };
  const { fingerprint: _, sent: __, ...before } = memory ?? remembered;
  const pendingMemory: DocumentMemory = { ...(memory ?? before), pending: print };
  const done: LedgerChange[] = [
    forget(intended),
    { kind: 'entry', entry },
    { kind: 'document', memory: remembered },
  ];
  const answer = state.decisions.find(({ documentNumber }) => documentNumber === number)?.answer;
  const decided = answer === undefined ? [] : [number];
  if (memory?.settled === true && memory.sent === print) {
    return { ...EMPTY, subject: log.id, outcome: 'leave', decided };
  }
  if (answer === 'settled') {
    const memorised: DocumentMemory = { ...(memory ?? before), sent: print, settled: true };
    const remember: LedgerChange[] = [
      forget(intended),
      { kind: 'entry', entry },
      { kind: 'document', memory: memorised },
    ];
    return { ...EMPTY, subject: log.id, outcome: 'leave', remember, decided };
  }
  const writes = (write: TimeWrite, outcome: 'create' | 'update'): TimePlan => ({
    ...EMPTY,
    subject: log.id,
    outcome,
    write,
    decided,
    intent: [
      { kind: 'entry', entry: intended },
      { kind: 'document', memory: pendingMemory },
    ],
    confirmation: done,
    withdrawal: [forget(intended), { kind: 'document', memory: memory ?? before }],
  });

  if (held === undefined) {
    const wasThere = memory?.fingerprint !== undefined;
    if (wasThere && answer !== 'free') {
      const message = 'its time entry was deleted, or stands on another project';
      return proposed(log.id, 'DOCUMENT_VOIDED', message, log.minutes);
    }
    return writes({ action: 'create', entry: desired }, 'create');
  }
  const now = printOf(held, context);
  if (now === print) {
    const isKnown = memory?.fingerprint === print && memory.pending === undefined;
    return { ...EMPTY, subject: log.id, outcome: 'leave', remember: isKnown ? [] : done };
  }
  const isUntouched = now === memory?.fingerprint || now === memory?.pending;
  const difference = log.minutes - held.minutes;
  if (held.status !== 'active') {
    return proposed(log.id, 'DOCUMENT_CLOSED', `the time entry is ${held.status}`, difference);
  }
  if (!isUntouched) {
    return proposed(log.id, 'DOCUMENT_CHANGED_BY_PERSON', 'a person changed the time entry', difference);
  }
  return writes({ action: 'update', id: held.id, entry: desired }, 'update');
}

/** A log that is not due: its entry goes, where it is still ours to delete. */
function withoutLog(
  log: string,
  held: HeldTimeEntry | undefined,
  because: string,
  state: TimeState,
  context: BillingContext,
): TimePlan {
  const rows = ownRows(log, state, context);
  const changes = rows.map(forget);
  if (held === undefined || rows.length === 0) {
    return {
      ...EMPTY,
      subject: log,
      outcome: 'excluded',
      because,
      remember: held === undefined ? changes : [],
    };
  }
  const memory = state.memories.find(({ number }) => number === timeNumber(log));
  const now = printOf(held, context);
  const answer = state.decisions.find(({ documentNumber }) => documentNumber === timeNumber(log))?.answer;
  if (answer === 'settled') {
    const decided = [timeNumber(log)];
    return { ...EMPTY, subject: log, outcome: 'excluded', because, remember: changes, decided };
  }
  if (held.status !== 'active') {
    return proposed(log, 'DOCUMENT_CLOSED', `the time entry is ${held.status}, ${because}`, -held.minutes);
  }
  if (now !== memory?.fingerprint && now !== memory?.pending) {
    const message = `a person changed the time entry, ${because}`;
    return proposed(log, 'DOCUMENT_CHANGED_BY_PERSON', message, -held.minutes);
  }
  const { fingerprint: _, sent: __, pending: ___, ...forgotten } = memory ?? { fingerprint: now };
  const blank: LedgerChange[] = 'number' in forgotten ? [{ kind: 'document', memory: forgotten }] : [];
  return {
    ...EMPTY,
    subject: log,
    outcome: 'delete',
    because,
    write: { action: 'delete', id: held.id, projectId: held.projectId },
    confirmation: [...changes, ...blank],
  };
}

function proposed(log: string, code: Proposal['code'], message: string, minutes: number): TimePlan {
  const documentNumber = timeNumber(log);
  const proposal: Proposal = {
    documentNumber,
    code,
    message: `${documentNumber}: ${message}`,
    key: '',
    difference: [{ kind: 'time-log', id: log, minutes }],
    answers: code === 'DOCUMENT_VOIDED' ? ['free', 'settled'] : ['settled'],
  };
  return { ...EMPTY, subject: log, outcome: 'propose', proposals: [proposal] };
}

function desiredEntry(
  log: TimeLog,
  { project }: ProjectTime,
  state: TimeState,
  options: TimeOptions,
  { map }: BillingContext,
): DesiredTimeEntry | BillingIssue {
  const there = projectFor(project.name, state.projects);
  if (there === undefined) return failure('ACCOUNT_UNMAPPED', `Xero has no project ${project.name}`);
  if (!there.open) return failure('ACCOUNT_UNUSABLE', `Project ${project.name} is closed in Xero`);
  const task = taskFor(log, there, state.tasks);
  if (task === undefined) {
    return failure('ACCOUNT_UNMAPPED', `Project ${there.name} has no open task ${log.taskName ?? 'General'}`);
  }
  const named = peopleIndex(map.people)(log)?.user ?? log.personEmail ?? log.personName;
  const user = userFor(named, state.users);
  if (user === undefined) return failure('ACCOUNT_UNMAPPED', `Xero has no user ${named}`);
  const values = {
    task: log.taskName,
    person: log.personName,
    date: log.date,
    notes: log.notes,
    project: project.name,
  };
  return {
    projectId: there.id,
    taskId: task.id,
    userId: user.id,
    date: log.date,
    minutes: log.minutes,
    description: withMark(fillTemplate(options.text, values, 500), log.id),
  };
}

function userFor(named: string, users: readonly AccountsUser[]): AccountsUser | undefined {
  const wanted = folded(named);
  return users.find(({ id, email, name }) => [id, email, name].some((text) => folded(text) === wanted));
}

function printOf(
  { projectId, taskId, userId, date, minutes, description }: DesiredTimeEntry,
  { key }: BillingContext,
): string {
  const text = description.replace(/\s+/g, ' ').trim();
  return fingerprint(key, JSON.stringify([projectId, taskId, userId, date, minutes, text]));
}

function isOurs(log: string, state: TimeState, context: BillingContext): boolean {
  return ownRows(log, state, context).length > 0;
}

function ownRows(log: string, { entries }: TimeState, { recipe }: BillingContext): LedgerEntry[] {
  return entries.filter(
    (entry) =>
      entry.recipe === recipe &&
      entry.purpose === 'charge' &&
      entry.state !== 'freed' &&
      entry.source.kind === 'time-log' &&
      entry.source.id === log,
  );
}
