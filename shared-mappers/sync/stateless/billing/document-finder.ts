import type { DocumentKind, HeldDocument } from '../../../model/billing/document.ts';
import type { CalendarDate } from '../../../model/billing/money.ts';
import { documentNumber } from '../../../plan/billing/document-number.ts';
import { sourceKey } from '../../../plan/billing/source-key.ts';
import type { AccountingTarget } from '../../../ports/accounting-target.ts';
import type { DocumentPlace, StandingSearch } from '../../../ports/ledger.ts';
import { spanOf } from '../../billing/held-documents.ts';
import type { AskedAccounts } from './asked-once.ts';
import { isVoid } from './is-void.ts';
import type { LedgerPages } from './ledger-pages.ts';

/** Days are the organisation's, changes are told by the clock: neither is farther than this from the other. */
const DAY_MS = 24 * 3_600_000;

/** A document that was found, by its id. */
interface Found {
  readonly id: string;
  readonly place: DocumentPlace;
}

/** Where subjects have their documents: told by number, by day, by what has changed, and then by their pages. */
export class DocumentFinder {
  readonly #target: AccountingTarget;
  readonly #held: AskedAccounts['held'];
  readonly #pages: LedgerPages;
  #scope = '';
  /** By subject. */
  readonly #places = new Map<string, DocumentPlace>();
  readonly #found: Found[] = [];
  #areInvoicesRead = false;
  /** By subject, ids of its documents, where no place was needed to find them. */
  readonly #located = new Map<string, string[]>();

  constructor({ target, held }: AskedAccounts, pages: LedgerPages) {
    this.#target = target;
    this.#held = held;
    this.#pages = pages;
  }

  /** Subjects with documents, as far as they were looked for. */
  subjects(): string[] {
    const found = this.#found.flatMap(({ place: { id } }) => (this.#places.has(id) ? [id] : []));
    return this.#located.size === 0 ? [] : [...new Set([...this.#located.keys(), ...found])];
  }

  /** Documents of the subjects that no page tells of. */
  unremembered(
    subjects: readonly string[],
  ): { readonly held: HeldDocument | undefined; readonly place: DocumentPlace }[] {
    const wanted = new Set(subjects);
    const remembered = new Set(this.#pages.memories().map(({ documentId }) => documentId));
    return this.#found
      .filter(({ id, place }) => wanted.has(place.id) && !remembered.has(id))
      .map(({ id, place }) => ({ held: this.#held(id), place }));
  }

  numbered(
    number: string,
  ): { readonly held: HeldDocument | undefined; readonly place: DocumentPlace } | undefined {
    const found = this.#found.find(({ id }) => this.#held(id)?.number === number);
    return found && { held: this.#held(found.id), place: found.place };
  }

  async standing(
    scope: string,
    recipe: string,
    { kinds, since, subjectOf }: StandingSearch,
  ): Promise<Map<string, string>> {
    this.#scope = scope;
    const firsts = new Map<string, string>();
    const locate = (subject: string, first: string, { id }: HeldDocument): void => {
      firsts.set(subject, firsts.get(subject) ?? first);
      this.#located.set(subject, [...(this.#located.get(subject) ?? []), id]);
    };
    const unsaid: HeldDocument[] = [];
    for (const kind of kinds) {
      const changed = await this.#target.documentsChanged(kind, Date.parse(since) - DAY_MS);
      for (const held of changed.filter((document) => !isVoid(document))) {
        const subject = subjectOf(held.number);
        if (subject === 'on-its-page') unsaid.push(held);
        else if (subject !== undefined) locate(subject.id, subject.firstNumber, held);
      }
    }
    const pages = unsaid.filter(({ hasAttachments }) => hasAttachments);
    await this.#read(pages.map(({ id }) => id));
    const memories = new Map(this.#pages.memories().map((memory) => [memory.documentId, memory]));
    for (const held of pages) {
      const memory = memories.get(held.id);
      if (memory?.recipe === recipe) locate(memory.subject, memory.number, held);
    }
    return firsts;
  }

  async find(scope: string, subjects: readonly DocumentPlace[]): Promise<void> {
    this.#scope = scope;
    for (const place of subjects) this.#places.set(place.id, place);
    const places = [...subjects, ...subjects.flatMap(({ others = [] }) => others)];
    for (const kind of new Set(places.flatMap(({ kinds }) => kinds))) {
      let open = places.filter(({ kinds }) => kinds.includes(kind));
      for (let turn = 1; open.length > 0; turn++) {
        const byNumber = new Map(
          open.map((place) => [documentNumber(place.firstNumber, turn).toLowerCase(), place]),
        );
        const numbers = open.map(({ firstNumber }) => documentNumber(firstNumber, turn));
        const documents = await this.#target.documentsByNumber(kind, numbers, spanOf(kind, open));
        const found = documents.flatMap(({ id, number }): Found[] => {
          const place = byNumber.get(number.toLowerCase());
          return place === undefined ? [] : [{ id, place }];
        });
        this.#found.push(...found);
        open = [...new Set(found.map(({ place }) => place))];
      }
      await this.#findRenumbered(kind, places);
    }
    const known = new Set(this.#found.map(({ id }) => id));
    for (const place of subjects) {
      const located = (this.#located.get(place.id) ?? []).filter((id) => !known.has(id));
      this.#found.push(...located.map((id) => ({ id, place })));
    }
  }

  /** Among what is dated as subjects of which nothing was found: its page says what it bills. */
  async #findRenumbered(kind: DocumentKind, places: readonly DocumentPlace[]): Promise<void> {
    const numbered = new Set(this.#found.map(({ place }) => place));
    const missing = places.filter((place) => place.kinds.includes(kind) && !numbered.has(place));
    const days = new Set(missing.flatMap(({ dated }) => dated ?? []));
    const [first] = [...days].sort();
    if (first === undefined) return;
    const candidates = (await this.#changedSince(kind, first)).filter(({ date }) => days.has(date));
    await this.#read(candidates.map(({ id }) => id));
    const bySubject = new Map(missing.map((place) => [place.id, place]));
    const read = new Set(candidates.map(({ id }) => id));
    for (const { documentId = '', subject } of this.#pages.memories()) {
      const place = bySubject.get(subject);
      if (place !== undefined && read.has(documentId)) this.#found.push({ id: documentId, place });
    }
  }

  async lookInto(subjects: readonly string[]): Promise<boolean> {
    const withOthers = subjects.flatMap((id) => [
      id,
      ...(this.#places.get(id)?.others ?? []).map((other) => other.id),
    ]);
    return (await this.readPages(withOthers)) || this.#lookThroughInvoices(subjects);
  }

  /** False where nothing was left to be read. */
  async readPages(subjects: readonly string[]): Promise<boolean> {
    const wanted = new Set(subjects);
    const unread = this.#found.filter(
      ({ id, place }) =>
        wanted.has(place.id) && !this.#pages.isRead(id) && this.#held(id)?.hasAttachments === true,
    );
    await this.#read(unread.map(({ id }) => id));
    return unread.length > 0;
  }

  /** Whatever the subjects charge may be charged already, on an invoice that nothing else leads to. */
  async #lookThroughInvoices(subjects: readonly string[]): Promise<boolean> {
    const charged = new Set(
      this.#pages
        .entries(({ purpose, state }) => purpose === 'charge' && state !== 'freed')
        .map(({ source }) => sourceKey(source)),
    );
    const days = subjects
      .flatMap((id) => this.#places.get(id)?.mayBeCharged ?? [])
      .filter(({ sources }) => sources.some((source) => !charged.has(sourceKey(source))))
      .map(({ since }) => since);
    const [first] = days.sort();
    if (first === undefined || this.#areInvoicesRead) return false;
    this.#areInvoicesRead = true;
    const invoices = await this.#changedSince('sales-invoice', first);
    await this.#read(invoices.map(({ id }) => id));
    return invoices.length > 0;
  }

  /** Documents that may have a page which has not been read. */
  async #changedSince(kind: DocumentKind, day: CalendarDate): Promise<HeldDocument[]> {
    const changed = await this.#target.documentsChanged(kind, Date.parse(day) - DAY_MS);
    const known = new Set(this.#found.map(({ id }) => id));
    return changed.filter(
      ({ id, hasAttachments }) => hasAttachments && !known.has(id) && !this.#pages.isRead(id),
    );
  }

  /** The documents of a subject as they are now. */
  documentsOf(subject: string): HeldDocument[] {
    const ids = new Set([
      ...this.#found.filter(({ place }) => place.id === subject).map(({ id }) => id),
      ...this.#pages
        .memories()
        .flatMap((memory) => (memory.subject === subject ? (memory.documentId ?? []) : [])),
    ]);
    return [...ids].flatMap((id) => this.#held(id) ?? []);
  }

  #read(documentIds: readonly string[]): Promise<void> {
    const filesOf = (subject: string): string[] => {
      const receipt = this.#places.get(subject)?.receipt;
      return receipt === undefined ? [] : [receipt.fileName];
    };
    return this.#pages.read(documentIds, { scope: this.#scope, filesOf });
  }
}
