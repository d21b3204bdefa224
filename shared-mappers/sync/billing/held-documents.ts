import type { DocumentKind, HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory } from '../../model/billing/ledger.ts';
import { numbersToLookUp } from '../../plan/billing/document-number.ts';
import type { AccountingTarget, DateSpan } from '../../ports/accounting-target.ts';
import type { DocumentPlace } from '../../ports/ledger.ts';
import type { DocumentSource } from './document-source.ts';

/** A subject with the documents that are remembered of it. */
export interface Remembered {
  readonly subject: DocumentSource;
  readonly memories: readonly DocumentMemory[];
}

/**
 * Finds the documents of all subjects together: by number, whatever became of an answer, then by id those whose number
 * a person has changed, as is usual for bills, or that were moved to another day.
 */
export async function heldDocuments(
  all: readonly Remembered[],
  target: AccountingTarget,
): Promise<(remembered: Remembered) => HeldDocument[]> {
  const found = new Map<string, HeldDocument>();
  const keep = (documents: readonly HeldDocument[]): void => {
    for (const document of documents) found.set(document.id, document);
  };
  for (const [kind, some] of byKind(all)) {
    const numbers = [...new Set(some.flatMap(numbersOf))];
    const places = some.map(({ subject }) => subject);
    if (numbers.length > 0) keep(await target.documentsByNumber(kind, numbers, spanOf(kind, places)));
  }
  for (const [kind, some] of byKind(all)) {
    const ids = some
      .flatMap(({ memories }) => memories.flatMap(({ documentId }) => documentId ?? []))
      .filter((id) => !found.has(id));
    if (ids.length > 0) keep(await target.documentsById(kind, ids));
  }
  const byNumber = Map.groupBy(found.values(), ({ number }) => number);
  return (remembered) => {
    const { memories } = remembered;
    const { kinds } = remembered.subject;
    const own = [
      ...memories.flatMap(({ documentId }) => documentId ?? []).flatMap((id) => found.get(id) ?? []),
      ...numbersOf(remembered).flatMap((number) => byNumber.get(number) ?? []),
    ];
    return [...new Set(own)].filter(({ kind }) => kinds.includes(kind));
  };
}

function byKind(all: readonly Remembered[]): Map<DocumentKind, Remembered[]> {
  const kinds = new Map<DocumentKind, Remembered[]>();
  for (const one of all) {
    for (const kind of one.subject.kinds) {
      const some = kinds.get(kind);
      if (some === undefined) kinds.set(kind, [one]);
      else some.push(one);
    }
  }
  return kinds;
}

function numbersOf({ subject: { firstNumber, waits }, memories }: Remembered): string[] {
  if (waits !== undefined && memories.length === 0) return [];
  return numbersToLookUp(
    firstNumber,
    memories.map(({ number }) => number),
  );
}

/** Spend money cannot be searched by number: it is picked from what is dated as the subjects are. */
export function spanOf(
  kind: DocumentKind,
  places: readonly Pick<DocumentPlace, 'dated'>[],
): DateSpan | undefined {
  if (kind !== 'spend-money') return undefined;
  const dates = places.flatMap(({ dated }) => dated ?? []).sort();
  const [from] = dates;
  const to = dates.at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}
