import type { HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import { countsTheSame, fingerprintOfDocument, saysTheSame } from './fingerprint-of-document.ts';
import { measureOf, sourceKey } from './source-key.ts';

/**
 * Where a document of ours stands. `missing`: its create never landed. `open`: a draft nobody touched since our last
 * write. `changed`: a draft a person changed. `closed`: authorised or paid. `void`: voided, deleted or gone.
 * `unknown`: bears our number, and we remember nothing of it.
 */
export type Standing = 'missing' | 'open' | 'changed' | 'closed' | 'void' | 'unknown';

export interface StandingDocument {
  readonly number: string;
  readonly standing: Standing;
  readonly memory: DocumentMemory | undefined;
  readonly held: HeldDocument | undefined;
  /** What it bills, a write that was never answered included where it turned out to have landed. */
  readonly entries: readonly LedgerEntry[];
  /** The write under way has landed: its answer is to be remembered. */
  readonly pendingLanded: boolean;
  /** A person changed its figures while a write was unanswered: `entries` are the most it can bill. */
  readonly isUncertain: boolean;
  /** Fingerprint of what it held when last known to be ours, as we sent it. */
  readonly sent: string | undefined;
}

/** @param entries of this document, of one purpose, none of them freed. */
export function standingOf(
  number: string,
  memory: DocumentMemory | undefined,
  held: HeldDocument | undefined,
  entries: readonly LedgerEntry[],
  key: FingerprintKey,
): StandingDocument {
  const billed = entries.filter(({ state }) => state === 'billed');
  const intended = entries.filter(({ state }) => state === 'intended');
  const known = { number, memory, held, pendingLanded: false, isUncertain: false, sent: memory?.sent };
  if (held === undefined) {
    const gone = memory?.documentId !== undefined;
    return gone
      ? { ...known, standing: 'void', entries: billed }
      : { ...known, standing: 'missing', entries: [] };
  }
  const { pending, fingerprint, settled } = memory ?? {};
  const remembersNothing = fingerprint === undefined && pending === undefined && settled !== true;
  if (remembersNothing && entries.length === 0) {
    const standing = isVoid(held) ? 'void' : 'unknown';
    return { ...known, standing, entries: [] };
  }

  const found = fingerprintOfDocument(key, held);
  const hasPendingText = saysTheSame(found, pending);
  const hasKnownText = saysTheSame(found, fingerprint);
  const pendingLanded =
    hasPendingText || (!hasKnownText && countsTheSame(found, pending) && !countsTheSame(found, fingerprint));
  const isKnown = hasKnownText || pending === undefined || countsTheSame(found, fingerprint);
  const landed = { ...known, pendingLanded, sent: pendingLanded ? pending : memory?.sent };
  const isUncertain = !pendingLanded && !isKnown;
  const live = pendingLanded ? intended : isKnown ? billed : greaterOf(billed, intended);

  if (isVoid(held)) return { ...landed, standing: 'void', entries: live, isUncertain };
  if (held.status === 'authorised' || held.status === 'paid') {
    return { ...landed, standing: 'closed', entries: live, isUncertain };
  }
  const untouched = found === pending || found === fingerprint;
  return { ...landed, standing: untouched ? 'open' : 'changed', entries: live, isUncertain };
}

function isVoid({ status }: HeldDocument): boolean {
  return status === 'voided' || status === 'deleted';
}

/**
 * A person changed the figures while a write was unanswered: nothing tells which of the two they were. Counting
 * the larger measure of each source bills nothing twice.
 */
function greaterOf(billed: readonly LedgerEntry[], intended: readonly LedgerEntry[]): LedgerEntry[] {
  const greater = new Map<string, LedgerEntry>();
  for (const entry of [...billed, ...intended]) {
    const key = sourceKey(entry.source);
    const other = greater.get(key);
    if (other === undefined || measureOf(entry.source).gt(measureOf(other.source))) greater.set(key, entry);
  }
  return [...greater.values()];
}
