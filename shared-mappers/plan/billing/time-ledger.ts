import type { LineSource } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry, Purpose } from '../../model/billing/ledger.ts';
import { forget, replaceEntries } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { sourceKey } from './source-key.ts';
import type { LedgerPart } from './time-plan.ts';

/** One time entry or timesheet, and what the ledger knows of it. */
export interface LedgerPlace {
  readonly number: string;
  /** What it is parked and looked up under. */
  readonly subject: string;
  readonly purpose: Purpose;
  readonly memory: DocumentMemory | undefined;
  /** Its entries, none of them freed. */
  readonly rows: readonly LedgerEntry[];
  readonly sources: readonly LineSource[];
  /** Fingerprint of what it should say, in the words of the project tool. */
  readonly asked: string;
}

function billedEntries(
  { number, subject, purpose, sources }: LedgerPlace,
  { scope, recipe, now }: BillingContext,
): LedgerEntry[] {
  const place = { scope, recipe, purpose, subject, documentNumber: number, line: 0, at: now } as const;
  return sources.map((source): LedgerEntry => ({ ...place, source, state: 'billed' }));
}

/** It says what it should. @param held as the accounts hold it */
export function rememberAnswered(
  place: LedgerPlace,
  { id, print }: { readonly id: string; readonly print: string },
  context: BillingContext,
): LedgerChange[] {
  const said = { fingerprint: print, sent: place.asked, documentId: id };
  const memory: DocumentMemory = { ...blank(place, context), ...said };
  return [...replaceEntries(place.rows, billedEntries(place, context)), { kind: 'document', memory }];
}

/** A person has seen to what it should say: it counts as said. */
export function rememberSettled(place: LedgerPlace, context: BillingContext): LedgerChange[] {
  const { pending: _, ...known } = place.memory ?? blank(place, context);
  const memory: DocumentMemory = { ...known, sent: place.asked, settled: true };
  return [...replaceEntries(place.rows, billedEntries(place, context)), { kind: 'document', memory }];
}

/** A person has seen that it stands there although nothing of it is due: it stays taken. @param key of what was seen */
export function rememberSeen(
  place: Omit<LedgerPlace, 'asked' | 'sources'>,
  key: string,
  context: BillingContext,
): LedgerChange[] {
  const { pending: _, ...known } = place.memory ?? blank(place, context);
  return [{ kind: 'document', memory: { ...known, sent: key, settled: true } }];
}

/** Something of ours stands there although the ledger does not say so: no other recipe is to take its logs. */
export function claimed(place: LedgerPlace, context: BillingContext): LedgerChange[] {
  if (place.rows.length > 0) return [];
  return billedEntries(place, context).map((entry): LedgerChange => ({ kind: 'entry', entry }));
}

/**
 * A write of it.
 *
 * @param wanted fingerprint of what will be there
 * @param before what stands there now and is replaced, as a write of ours left it; absent for a create
 * @param leaves it goes away and another one is made: it is not missed in between
 */
export function writePart(
  place: LedgerPlace,
  wanted: string,
  before: { readonly id: string; readonly print: string } | undefined,
  context: BillingContext,
  leaves = false,
): LedgerPart {
  const { rows } = place;
  const billed = billedEntries(place, context);
  const intended = billed.map((entry): LedgerEntry => ({ ...entry, state: 'intended' }));
  const kept = new Set(intended.map(({ source }) => sourceKey(source)));
  const stale = rows.filter(({ state, source }) => state === 'intended' && !kept.has(sourceKey(source)));
  const memory: DocumentMemory = {
    ...blank(place, context),
    ...(before === undefined ? {} : { ...saidBefore(place.memory, before.print), documentId: before.id }),
  };
  const { documentId: _, ...withoutId } = memory;
  return {
    intent: [
      ...stale.map(forget),
      ...intended.map((entry): LedgerChange => ({ kind: 'entry', entry })),
      { kind: 'document', memory: { ...(leaves ? withoutId : memory), pending: wanted } },
    ],
    confirmation: replaceEntries([...rows, ...intended], billed),
    remembered: { ...blank(place, context), fingerprint: wanted, sent: place.asked },
    withdrawal: [...intended.map(forget), { kind: 'document', memory }],
  };
}

/** What stands there, and what was asked for then, where it is still known to be the same. */
function saidBefore(
  memory: DocumentMemory | undefined,
  print: string,
): Pick<DocumentMemory, 'fingerprint' | 'sent'> {
  const isAnswered = memory?.pending === undefined && memory?.sent !== undefined;
  return { fingerprint: print, ...(isAnswered ? { sent: memory.sent } : {}) };
}

function blank(
  { number, subject }: Pick<LedgerPlace, 'number' | 'subject'>,
  { scope, recipe, now }: BillingContext,
): DocumentMemory {
  return { scope, recipe, number, subject, total: '0', at: now };
}
