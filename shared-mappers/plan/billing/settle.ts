import { type LedgerChange, type LedgerEntry, NO_LINE } from '../../model/billing/ledger.ts';
import type { DocumentSubject } from './document-subject.ts';
import { replaceEntries } from './ledger-changes.ts';
import type { BillingContext } from './milestone-facts.ts';
import { remainderOf } from './remainder.ts';
import { measureOf, sourceKey, withMeasure } from './source-key.ts';
import type { SubjectDocument } from './subject-documents.ts';

/**
 * A person saw to the difference in the accounts: it counts as billed on the document named, which then holds
 * exactly what is due and not on another.
 */
export function settledEntries(
  documents: readonly SubjectDocument[],
  number: string,
  subject: DocumentSubject,
  { scope, recipe, now }: BillingContext,
): { readonly documents: readonly SubjectDocument[]; readonly remember: readonly LedgerChange[] } {
  const remember: LedgerChange[] = [];
  const portions = remainderOf(subject.due, documents);
  const after = documents.map((document): SubjectDocument => {
    if (document.number !== number) return document;
    const entries = new Map(document.entries.map((entry) => [sourceKey(entry.source), entry]));
    for (const { source } of portions) {
      const before = entries.get(sourceKey(source));
      const entry: LedgerEntry = before ?? {
        scope,
        recipe,
        purpose: subject.purpose,
        subject: subject.subject,
        source: withMeasure(source, measureOf(source).minus(measureOf(source))),
        documentNumber: number,
        line: NO_LINE,
        state: 'billed',
        at: now,
      };
      const measure = measureOf(entry.source).plus(measureOf(source));
      // Hours keep the price of their line; what is charged for an expense is told by a line that bills all of it.
      const line = source.kind === 'expense' && subject.purpose === 'charge' ? NO_LINE : entry.line;
      entries.set(sourceKey(source), { ...entry, source: withMeasure(source, measure), line, at: now });
    }
    const kept = [...entries.values()].filter(({ source }) => !measureOf(source).isZero());
    remember.push(...replaceEntries(document.rows, kept), ...adopted(document, kept.length === 0));
    return { ...document, entries: kept, rows: kept, standing: 'closed', isUncertain: false };
  });
  return { documents: after, remember };

  /** Whatever was unanswered is answered by the person; a document not remembered is from now on. */
  function adopted({ memory, held, standing }: SubjectDocument, isEmpty: boolean): LedgerChange[] {
    const isKnown = memory !== undefined && memory.pending === undefined && standing !== 'unknown';
    if (held === undefined || isKnown) return [];
    const { pending: _, ...known } = memory ?? {
      scope,
      recipe,
      number,
      subject: subject.subject,
      total: held.total,
      at: now,
    };
    // One that bills nothing of ours has no entry to be known by.
    const settled = isEmpty ? ({ settled: true } as const) : {};
    return [{ kind: 'document', memory: { ...known, documentId: held.id, ...settled } }];
  }
}
