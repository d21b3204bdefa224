import type { HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import { turnOf } from './document-number.ts';
import type { DocumentSubject } from './document-subject.ts';
import { forget, replaceEntries } from './ledger-changes.ts';
import type { BillingContext, BillingState } from './milestone-facts.ts';
import { type StandingDocument, standingOf } from './standing.ts';

export interface SubjectDocument extends StandingDocument {
  readonly turn: number;
  /** All its rows in the ledger that are not freed, an unanswered write's among them. */
  readonly rows: readonly LedgerEntry[];
}

/**
 * The subject's documents by turn. Writes whose answer never came are settled by what the accounts hold: `remember`
 * is what that changes in the ledger.
 */
export function subjectDocuments(
  { subject, firstNumber, purpose }: DocumentSubject,
  { entries, memories, held }: BillingState,
  { scope, recipe, key, now }: BillingContext,
): { readonly documents: readonly SubjectDocument[]; readonly remember: readonly LedgerChange[] } {
  const mine = entries.filter(
    (entry) => entry.recipe === recipe && entry.purpose === purpose && entry.subject === subject,
  );
  const known = new Set([
    ...mine.map(({ documentNumber }) => documentNumber),
    ...memories.filter((memory) => memory.subject === subject).map(({ number }) => number),
  ]);
  // One that a person gave another number is known by its id.
  const ids = new Set(memories.flatMap(({ documentId }) => documentId ?? []));
  const others = held.filter(({ id }) => !ids.has(id)).map(({ number }) => number);
  const numbers = known.union(new Set(others));
  const remember: LedgerChange[] = [];
  const documents: SubjectDocument[] = [];
  for (const number of numbers) {
    // A remembered number may be spelled by an older first number.
    const turn = turnOf(firstNumber, number) ?? (known.has(number) ? 1 : undefined);
    if (turn === undefined) continue;
    const rows = mine.filter(({ documentNumber, state }) => documentNumber === number && state !== 'freed');
    const memory = memories.find((candidate) => candidate.number === number);
    const found = holding(number, memory, held);
    const document = { ...standingOf(number, memory, found, rows, key), turn, rows };
    documents.push(settled(document));
  }
  return { documents: documents.sort((a, b) => a.turn - b.turn), remember };

  function settled(document: SubjectDocument): SubjectDocument {
    const { memory, held: holds, standing, rows } = document;
    const unsettled = memory?.pending !== undefined || rows.some(({ state }) => state === 'intended');
    if (!unsettled || standing === 'missing' || document.isUncertain) return document;
    const { pending, ...before } = memory ?? {
      scope,
      recipe,
      number: document.number,
      subject,
      total: holds?.total ?? '0',
      at: now,
    };
    const answered = {
      ...before,
      ...(holds === undefined ? {} : { documentId: holds.id }),
      ...(document.pendingLanded && pending !== undefined ? { fingerprint: pending, sent: pending } : {}),
    };
    const live = document.entries.map((entry): LedgerEntry => ({ ...entry, state: 'billed' }));
    remember.push(...replaceEntries(rows, live), { kind: 'document', memory: answered });
    return { ...document, memory: answered, rows: live, entries: live };
  }
}

/** What stands in the accounts of a number: a deleted draft frees it for another, and the one that is there counts. */
export function holding(
  number: string,
  memory: DocumentMemory | undefined,
  held: readonly HeldDocument[],
): HeldDocument | undefined {
  const own = held.filter(({ id }) => id === memory?.documentId);
  const named = held.filter((document) => document.number === number);
  const candidates = [...own, ...named];
  return candidates.find(({ status }) => status !== 'deleted' && status !== 'voided') ?? candidates[0];
}

/** Frees what a document billed that charges it no more: its lines may be billed again. */
export function freed({ rows }: Pick<SubjectDocument, 'rows'>): LedgerChange[] {
  return rows.flatMap((row): LedgerChange[] => [
    forget(row),
    { kind: 'entry', entry: { ...row, state: 'freed' } },
  ]);
}
