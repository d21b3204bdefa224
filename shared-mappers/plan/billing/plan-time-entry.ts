import type { LineSource } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import type { DesiredTimeEntry, HeldTimeEntry } from '../../ports/xero-projects.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingAnswer } from './decision.ts';
import { forget } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { differenceKey, TIME_ANSWERS } from './proposals.ts';
import type { TimeEntryPlan, TimeState } from './time-facts.ts';
import {
  claimed,
  type LedgerPlace,
  rememberAnswered,
  rememberSeen,
  rememberSettled,
  writePart,
} from './time-ledger.ts';
import { timeNumber } from './time-mark.ts';
import type { LedgerPart, TimeConflict, TimeProposal } from './time-plan.ts';
import { printOfEntry, sealedWrite, withSeal } from './time-seal.ts';
import { verdictOn } from './time-verdict.ts';

const NOTHING = { proposals: [], issues: [], decided: [], remember: [] } as const;

/** Why nothing becomes of a log that was read before what stands there was. */
const LATE = 'what is in Xero was written for a later state of it';

/** What is known of one log's entry. */
export interface EntryFacts {
  readonly place: Omit<LedgerPlace, 'asked' | 'sources'>;
  readonly title: string;
  readonly held: HeldTimeEntry | undefined;
  readonly answer: BillingAnswer | undefined;
  /** Of the difference that the answer was given to. */
  readonly seen: string | undefined;
  readonly seals: boolean;
}

export function factsOf(
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

/** @param asked fingerprint of what the entry should say, in the words of the project tool */
export function planLog(
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
  if (isLate(memory, context)) return { ...base, outcome: 'stale', because: LATE, decided: [] };
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
export function withoutLog(facts: EntryFacts, because: string, context: BillingContext): TimeEntryPlan {
  const { place, title, held } = facts;
  const { number, subject, rows, memory } = place;
  const forgotten = rows.map(forget);
  const excluded = { ...NOTHING, subject, title, outcome: 'excluded', because } as const;
  if (held === undefined) return { ...excluded, remember: forgotten };
  if (rows.length === 0) return excluded;
  const print = printOfEntry(held, context.key);
  const key = differenceKey(context.key, [{ kind: 'time-log', id: subject, minutes: -held.minutes }]);
  if ((memory?.settled === true || facts.seals) && memory?.sent === key) return excluded;
  if (isLate(memory, context)) return { ...excluded, outcome: 'stale', because: LATE };
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

/** What stands there was written for a later state of the log than the one at hand. */
function isLate(memory: DocumentMemory | undefined, { asOf }: Pick<BillingContext, 'asOf'>): boolean {
  return asOf !== undefined && memory !== undefined && memory.at > asOf;
}
