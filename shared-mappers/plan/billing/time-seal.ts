import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import { FINGERPRINT_LENGTH, type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';
import type { Instant } from '../../model/instant.ts';
import type { DesiredTimeEntry, HeldTimeEntry } from '../../ports/xero-projects.ts';
import type { BillingContext } from './milestone-facts.ts';
import { MARK_OF_ENTRY, markedLog, SEAL_LENGTH, TIMELESS_SEAL_LENGTH, timeNumber } from './time-mark.ts';
import type { LedgerPart } from './time-plan.ts';

/** What the ledger remembers of an entry, where it stands on the entry itself: after its mark, at the very end. */
export interface Seal {
  /** Fingerprint of what was asked for when it was written. */
  readonly sent: string;
  /** Fingerprint of what it said then: another one means that a person has changed it. */
  readonly print: string;
}

/** Characters that tell one recipe's seals from another's: a seal has to be short, since customers may read it. */
const RECIPE_LENGTH = TIMELESS_SEAL_LENGTH - 2 * FINGERPRINT_LENGTH;
/** Digits of a moment in milliseconds, to the base of 36: until the year 2059. */
const MOMENT_LENGTH = SEAL_LENGTH - TIMELESS_SEAL_LENGTH;

/** What a seal is made for: when the log was read is said by it, too. */
export type SealContext = Pick<BillingContext, 'recipe' | 'key' | 'now' | 'asOf'>;

/** A write that no ledger has to know of. */
const UNTOLD: LedgerPart = { intent: [], confirmation: [], withdrawal: [] };

/** @param description with its mark, without a seal */
export function withSeal(description: string, { sent, print }: Seal, context: SealContext): string {
  const { asOf = context.now } = context;
  const read = asOf.toString(36).padStart(MOMENT_LENGTH, '0');
  return `${description} ${recipeCode(context)}${sent}${print}${read}`;
}

/** Of what an entry says to people: not of its seal. */
export function printOfEntry(
  { projectId, taskId, userId, date, minutes, description }: DesiredTimeEntry,
  key: FingerprintKey,
): string {
  const text = withoutSeal(description).replace(/\s+/g, ' ').trim();
  return fingerprint(key, JSON.stringify([projectId, taskId, userId, date, minutes, text]));
}

/**
 * A write that changes nothing but the seal: what was asked for counts as said. What the entry says stays a person's.
 *
 * @param sent fingerprint of what is asked for now
 */
export function sealedWrite(
  held: HeldTimeEntry,
  sent: string,
  memory: DocumentMemory | undefined,
  context: SealContext,
) {
  const { id: _, status: __, ...said } = held;
  // No print of ours is known where it has no seal yet: any but its own will do.
  const print = memory?.fingerprint ?? sent;
  const description = withSeal(withoutSeal(held.description), { sent, print }, context);
  return { action: 'update', held, entry: { ...said, description }, moves: false, ...UNTOLD } as const;
}

/**
 * The ledger as the entries carry it. Of several with the mark of one log the one that still says what its seal says:
 * people copy entries. One whose log nobody knows is ours only if our seal says so.
 *
 * @param known logs there are
 */
export function ledgerOnEntries(
  held: readonly HeldTimeEntry[],
  known: ReadonlySet<string>,
  context: Pick<BillingContext, 'scope' | 'recipe' | 'key'>,
): { readonly entries: LedgerEntry[]; readonly memories: DocumentMemory[] } {
  const entries = new Map<string, LedgerEntry>();
  const memories = new Map<string, DocumentMemory>();
  for (const entry of held) {
    const log = markedLog(entry.description);
    if (log === undefined) continue;
    const read = readSeal(entry.description);
    if (read === undefined && !known.has(log)) continue;
    const isOurs = read === undefined || read.recipe === recipeCode(context);
    const isUntouched = read?.print === printOfEntry(entry, context.key);
    if (entries.has(log) && !isUntouched) continue;
    entries.set(log, rowOf(log, entry, isOurs ? context.recipe : 'of another name', context.scope));
    if (isOurs && read !== undefined) memories.set(log, memoryOf(log, entry, read, context));
  }
  return { entries: [...entries.values()], memories: [...memories.values()] };
}

function rowOf(
  log: string,
  { minutes }: Pick<HeldTimeEntry, 'minutes'>,
  recipe: string,
  scope: string,
): LedgerEntry {
  const source = { kind: 'time-log', id: log, minutes } as const;
  const place = { documentNumber: timeNumber(log), line: 0, at: 0 };
  return { scope, recipe, purpose: 'charge', subject: log, source, state: 'billed', ...place };
}

function memoryOf(
  log: string,
  { id }: Pick<HeldTimeEntry, 'id'>,
  { sent, print, at }: ReadSeal,
  { scope, recipe }: Pick<BillingContext, 'scope' | 'recipe'>,
): DocumentMemory {
  const said = { documentId: id, fingerprint: print, sent };
  return { scope, recipe, number: timeNumber(log), subject: log, ...said, total: '0', at };
}

interface ReadSeal extends Seal {
  readonly recipe: string;
  /** When the log was read; before everything where the seal does not say it. */
  readonly at: Instant;
}

function readSeal(description: string): ReadSeal | undefined {
  const text = MARK_OF_ENTRY.exec(description)?.groups?.seal;
  if (text === undefined) return undefined;
  const [recipe, sent] = [RECIPE_LENGTH, RECIPE_LENGTH + FINGERPRINT_LENGTH];
  return {
    recipe: text.slice(0, recipe),
    sent: text.slice(recipe, sent),
    print: text.slice(sent, TIMELESS_SEAL_LENGTH),
    at: text.length < SEAL_LENGTH ? 0 : Number.parseInt(text.slice(TIMELESS_SEAL_LENGTH), 36),
  };
}

/** What an entry says to people. */
export function withoutSeal(description: string): string {
  const seal = MARK_OF_ENTRY.exec(description)?.groups?.seal;
  return seal === undefined ? description : description.trimEnd().slice(0, -seal.length).trimEnd();
}

function recipeCode({ recipe, key }: Pick<BillingContext, 'recipe' | 'key'>): string {
  return fingerprint(key, recipe).slice(0, RECIPE_LENGTH);
}
