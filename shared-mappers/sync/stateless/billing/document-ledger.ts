import type { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import type { HeldDocument } from '../../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../../model/billing/ledger.ts';
import { sourceKey } from '../../../plan/billing/source-key.ts';
import type { DocumentPlace, Ledger, LedgerOnDocuments } from '../../../ports/ledger.ts';
import type { AskedAccounts } from './asked-once.ts';
import { DocumentFinder } from './document-finder.ts';
import { LedgerPages, type PageFacts } from './ledger-pages.ts';

/**
 * The ledger as the documents carry it: each has a page of its own, a small file. It is read where it may make a
 * difference; it is written before a draft is changed, and after a document has been made or settled.
 */
export class DocumentLedger implements Ledger {
  readonly onDocuments: LedgerOnDocuments;
  readonly #pages: LedgerPages;
  readonly #finder: DocumentFinder;

  constructor(accounts: AskedAccounts, facts: PageFacts) {
    this.#pages = new LedgerPages(accounts, facts);
    this.#finder = new DocumentFinder(accounts, this.#pages);
    this.onDocuments = {
      standing: (scope, recipe, search) => this.#finder.standing(scope, recipe, search),
      find: (scope, places) => this.#finder.find(scope, places),
      lookInto: (subjects) => this.#finder.lookInto(subjects),
      readPages: (subjects) => this.#finder.readPages(subjects),
      lastLook: (recipe, subject) => this.#pages.lastLook(recipe, subject),
    };
  }

  async entries(_: string, sources: Parameters<Ledger['entries']>[1]): Promise<LedgerEntry[]> {
    const wanted = new Set(sources.map(sourceKey));
    return this.#pages.entries(({ source }) => wanted.has(sourceKey(source)));
  }

  async entriesOf(_: string, numbers: readonly string[]): Promise<LedgerEntry[]> {
    const wanted = new Set(numbers);
    return this.#pages.entries((entry) => wanted.has(entry.documentNumber));
  }

  /** As far as they were looked for. */
  async subjects(): Promise<string[]> {
    return this.#finder.subjects();
  }

  async documents(scope: string, recipe: string, subjects: readonly string[]): Promise<DocumentMemory[]> {
    const wanted = new Set(subjects);
    const remembered = this.#pages
      .memories()
      .filter((memory) => wanted.has(memory.subject) && memory.recipe === recipe);
    const blank = this.#finder
      .unremembered(subjects)
      .flatMap(({ held, place }) => blankOf(held, place, { scope, recipe }));
    return [...remembered, ...blank];
  }

  /** What concerns a document that is there is written on it before anything else is done. */
  commitLedger(_: unknown, changes: readonly LedgerChange[]): Promise<void> {
    return this.#pages.commit(changes, (number) => this.#answeredFor(number));
  }

  /** The documents of a subject as they are now. */
  documentsOf(subject: string): HeldDocument[] {
    return this.#finder.documentsOf(subject);
  }

  /** Why what the subject's document bills could not be written on it. */
  unwrittenOf(subject: string): StackbridgeError | undefined {
    return this.#pages.unwritten.get(subject);
  }

  /** A person answered for a document that nothing was remembered of. */
  #answeredFor(number: string): DocumentMemory | undefined {
    const [entry] = this.#pages.entries(({ documentNumber: of }) => of === number);
    const found = this.#finder.numbered(number);
    return entry && found && blankOf(found.held, found.place, entry)[0];
  }
}

/** There, and nothing is known of it. */
function blankOf(
  held: HeldDocument | undefined,
  { id: subject }: DocumentPlace,
  of: Pick<DocumentMemory, 'scope' | 'recipe'>,
): DocumentMemory[] {
  if (held === undefined) return [];
  const { id, number, total } = held;
  return [{ scope: of.scope, recipe: of.recipe, number, documentId: id, subject, total, at: 0 }];
}
