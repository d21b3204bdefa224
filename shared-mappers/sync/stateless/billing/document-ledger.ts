import { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import { inParallel } from '../../../http/in-parallel.ts';
import type { DocumentKind, HeldDocument } from '../../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry, LedgerKey } from '../../../model/billing/ledger.ts';
import type { CalendarDate } from '../../../model/billing/money.ts';
import type { FingerprintKey } from '../../../model/fingerprint.ts';
import { documentNumber } from '../../../plan/billing/document-number.ts';
import { sourceKey } from '../../../plan/billing/source-key.ts';
import type { AccountingTarget } from '../../../ports/accounting-target.ts';
import type { DocumentPlace, Ledger, LedgerOnDocuments, StandingSearch } from '../../../ports/ledger.ts';
import { spanOf } from '../../billing/held-documents.ts';
import type { AskedAccounts } from './asked-once.ts';
import { LEDGER_FILE, readPage, writePage } from './ledger-file.ts';

/** Files of documents are read and written so many at once. */
const FILES_AT_ONCE = 4;

/** Days are the organisation's, changes are told by the clock: neither is farther than this from the other. */
const DAY_MS = 24 * 3_600_000;

/** A document that was found, by its id. */
interface Found {
  readonly id: string;
  readonly place: DocumentPlace;
}

/**
 * The ledger as the documents carry it: each has a page of its own, a small file. It is read where it may make a
 * difference; it is written before a draft is changed, and after a document has been made or settled.
 */
export class DocumentLedger implements Ledger {
  readonly onDocuments: LedgerOnDocuments = {
    standing: (scope, recipe, search) => this.#standing(scope, recipe, search),
    find: (scope, places) => this.#find(scope, places),
    lookInto: (subjects) => this.#lookInto(subjects),
  };
  readonly #target: AccountingTarget;
  readonly #held: AskedAccounts['held'];
  readonly #key: FingerprintKey;
  #scope = '';
  /** By subject. */
  readonly #places = new Map<string, DocumentPlace>();
  readonly #found: Found[] = [];
  #areInvoicesRead = false;
  /** By subject, ids of its documents, where no place was needed to find them. */
  readonly #located = new Map<string, string[]>();
  /** By document id, what its file says; undefined where it has none. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #entries = new Map<string, LedgerEntry>();
  /** By number. */
  readonly #memories = new Map<string, DocumentMemory>();
  /** Numbers of voided documents whose lines a later one bills again. */
  readonly #replaced = new Set<string>();
  /** By subject: why what its document bills could not be written on it. */
  readonly unwritten = new Map<string, StackbridgeError>();

  constructor({ target, held }: AskedAccounts, key: FingerprintKey) {
    this.#target = target;
    this.#held = held;
    this.#key = key;
  }

  async entries(_: string, sources: Parameters<Ledger['entries']>[1]): Promise<LedgerEntry[]> {
    const wanted = new Set(sources.map(sourceKey));
    return this.#where(({ source }) => wanted.has(sourceKey(source)));
  }

  async entriesOf(_: string, numbers: readonly string[]): Promise<LedgerEntry[]> {
    const wanted = new Set(numbers);
    return this.#where((entry) => wanted.has(entry.documentNumber));
  }

  /** As far as they were looked for. */
  async subjects(): Promise<string[]> {
    const found = this.#found.flatMap(({ place: { id } }) => (this.#places.has(id) ? [id] : []));
    return this.#located.size === 0 ? [] : [...new Set([...this.#located.keys(), ...found])];
  }

  async documents(scope: string, recipe: string, subjects: readonly string[]): Promise<DocumentMemory[]> {
    const wanted = new Set(subjects);
    const memories = [...this.#memories.values()];
    const remembered = new Set(memories.map(({ documentId }) => documentId));
    const blank = this.#found
      .filter(({ id, place }) => wanted.has(place.id) && !remembered.has(id))
      .flatMap(({ id, place }) => blankOf(this.#held(id), place, { scope, recipe }));
    return [...memories.filter((memory) => wanted.has(memory.subject) && memory.recipe === recipe), ...blank];
  }

  /** What concerns a document that is there is written on it before anything else is done. */
  async commitLedger(_: unknown, changes: readonly LedgerChange[]): Promise<void> {
    const touched = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'document') {
        this.#memories.set(change.memory.number, change.memory);
        touched.add(change.memory.number);
      } else if (change.kind === 'entry') {
        this.#entries.set(keyOf(change.entry), change.entry);
        // What was freed is told by the document that bills it again.
        if (change.entry.state !== 'freed') touched.add(change.entry.documentNumber);
      } else {
        this.#entries.delete(keyOf(change.key));
        const { documentNumber: number } = change.key;
        // A person has seen to it, and its document stands without it.
        if (!isVoid(this.#held(this.#memories.get(number)?.documentId ?? ''))) touched.add(number);
      }
    }
    await inParallel([...touched], FILES_AT_ONCE, (number) => this.#write(number));
  }

  async #standing(
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
    await inParallel(pages, FILES_AT_ONCE, ({ id }) => this.#read(id));
    const memories = new Map([...this.#memories.values()].map((memory) => [memory.documentId, memory]));
    for (const held of pages) {
      const memory = memories.get(held.id);
      if (memory?.recipe === recipe) locate(memory.subject, memory.number, held);
    }
    return firsts;
  }

  async #find(scope: string, subjects: readonly DocumentPlace[]): Promise<void> {
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
    await inParallel(candidates, FILES_AT_ONCE, ({ id }) => this.#read(id));
    const bySubject = new Map(missing.map((place) => [place.id, place]));
    const read = new Set(candidates.map(({ id }) => id));
    for (const { documentId = '', subject } of this.#memories.values()) {
      const place = bySubject.get(subject);
      if (place !== undefined && read.has(documentId)) this.#found.push({ id: documentId, place });
    }
  }

  async #lookInto(subjects: readonly string[]): Promise<boolean> {
    const wanted = new Set(
      subjects.flatMap((id) => [id, ...(this.#places.get(id)?.others ?? []).map((other) => other.id)]),
    );
    const unread = this.#found.filter(
      ({ id, place }) =>
        wanted.has(place.id) && !this.#texts.has(id) && this.#held(id)?.hasAttachments === true,
    );
    await inParallel(unread, FILES_AT_ONCE, ({ id }) => this.#read(id));
    return unread.length > 0 || this.#lookThroughInvoices(subjects);
  }

  /** Whatever the subjects charge may be charged already, on an invoice that nothing else leads to. */
  async #lookThroughInvoices(subjects: readonly string[]): Promise<boolean> {
    const charged = new Set(
      this.#where(({ purpose, state }) => purpose === 'charge' && state !== 'freed').map(({ source }) =>
        sourceKey(source),
      ),
    );
    const days = subjects
      .flatMap((id) => this.#places.get(id)?.mayBeCharged ?? [])
      .filter(({ sources }) => sources.some((source) => !charged.has(sourceKey(source))))
      .map(({ since }) => since);
    const [first] = days.sort();
    if (first === undefined || this.#areInvoicesRead) return false;
    this.#areInvoicesRead = true;
    const invoices = await this.#changedSince('sales-invoice', first);
    await inParallel(invoices, FILES_AT_ONCE, ({ id }) => this.#read(id));
    return invoices.length > 0;
  }

  /** Documents that may have a page which has not been read. */
  async #changedSince(kind: DocumentKind, day: CalendarDate): Promise<HeldDocument[]> {
    const changed = await this.#target.documentsChanged(kind, Date.parse(day) - DAY_MS);
    const known = new Set(this.#found.map(({ id }) => id));
    return changed.filter(
      ({ id, hasAttachments }) => hasAttachments && !known.has(id) && !this.#texts.has(id),
    );
  }

  async #read(id: string): Promise<void> {
    const held = this.#held(id);
    if (held === undefined) return;
    const text = await this.#target.readFile(held.kind, id, LEDGER_FILE);
    this.#texts.set(id, text);
    const filesOf = (subject: string): string[] => {
      const receipt = this.#places.get(subject)?.receipt;
      return receipt === undefined ? [] : [receipt.fileName];
    };
    const page = readPage(text ?? '', held, this.#scope, filesOf, this.#key);
    if (page === undefined) return;
    this.#memories.set(page.memory.number, page.memory);
    for (const entry of page.entries) this.#entries.set(keyOf(entry), entry);
    for (const number of page.replaces) this.#replaced.add(number);
  }

  /** The documents of a subject as they are now. */
  documentsOf(subject: string): HeldDocument[] {
    const ids = new Set([
      ...this.#found.filter(({ place }) => place.id === subject).map(({ id }) => id),
      ...[...this.#memories.values()].flatMap((memory) =>
        memory.subject === subject ? (memory.documentId ?? []) : [],
      ),
    ]);
    return [...ids].flatMap((id) => this.#held(id) ?? []);
  }

  /** A document that has been made stands, whether or not its page could be written: others go on. */
  async #write(number: string): Promise<void> {
    const memory = this.#memoryOf(number);
    if (memory === undefined) return;
    try {
      await this.#writePage(memory);
    } catch (error) {
      const mayGoOn = memory.pending === undefined && error instanceof StackbridgeError && !isOfAll(error);
      if (!mayGoOn) throw error;
      this.unwritten.set(memory.subject, error);
    }
  }

  async #writePage(memory: DocumentMemory): Promise<void> {
    const { number, documentId = '' } = memory;
    const held = this.#held(documentId);
    if (held === undefined) return;
    const { id, kind, hasAttachments } = held;
    // It says exactly what is due, and what it carries was not looked into: there is nothing to put right.
    if (hasAttachments && !this.#texts.has(id)) return;
    const before = this.#texts.get(id);
    const entries = this.#where((entry) => entry.documentNumber === number && entry.state !== 'freed');
    const text = writePage({ memory, entries, replaces: this.#replacedBy(memory) }, this.#key);
    if (text === before) return;
    await this.#target.writeFile(kind, id, { fileName: LEDGER_FILE, text }, before !== undefined);
    this.#texts.set(id, text);
  }

  #memoryOf(number: string): DocumentMemory | undefined {
    const known = this.#memories.get(number);
    if (known !== undefined) return known;
    // A person answered for a document that nothing was remembered of.
    const [entry] = this.#where(({ documentNumber: of }) => of === number);
    const found = this.#found.find(({ id }) => this.#held(id)?.number === number);
    if (entry === undefined || found === undefined) return undefined;
    return blankOf(this.#held(found.id), found.place, entry)[0];
  }

  #where(isMeant: (entry: LedgerEntry) => boolean): LedgerEntry[] {
    return [...this.#entries.values()].filter((entry) => !this.#isReplaced(entry) && isMeant(entry));
  }

  #isReplaced({ documentNumber: number }: LedgerEntry): boolean {
    return this.#replaced.has(number) && isVoid(this.#held(this.#memories.get(number)?.documentId ?? ''));
  }

  /** Numbers of the subject's voided documents that bill nothing any more. */
  #replacedBy({ subject, number: own }: DocumentMemory): string[] {
    return [...this.#memories.values()]
      .filter(
        ({ subject: other, number, documentId = '', settled }) =>
          other === subject &&
          number !== own &&
          settled !== true &&
          isVoid(this.#held(documentId)) &&
          this.#where((entry) => entry.documentNumber === number && entry.state !== 'freed').length === 0,
      )
      .map(({ number }) => number)
      .sort();
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

/** What the next document would meet as well. */
function isOfAll({ class: kind, code }: StackbridgeError): boolean {
  return kind === 'Reconnect' || kind === 'Throttled' || kind === 'Bug' || code === 'STOPPED';
}

function isVoid(held: HeldDocument | undefined): boolean {
  return held?.status === 'voided' || held?.status === 'deleted';
}

function keyOf({ purpose, source, documentNumber: number, state }: LedgerKey): string {
  return [purpose, sourceKey(source), number, state].join('\u0000');
}
