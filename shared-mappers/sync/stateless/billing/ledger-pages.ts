import { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import { inParallel } from '../../../http/in-parallel.ts';
import type { HeldDocument } from '../../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry, LedgerKey } from '../../../model/billing/ledger.ts';
import type { FingerprintKey } from '../../../model/fingerprint.ts';
import type { Instant } from '../../../model/instant.ts';
import { sourceKey } from '../../../plan/billing/source-key.ts';
import type { AccountingTarget } from '../../../ports/accounting-target.ts';
import type { LastLook } from '../../../ports/ledger.ts';
import type { AskedAccounts } from './asked-once.ts';
import { isVoid } from './is-void.ts';
import { LEDGER_FILE, readPage, writePage } from './ledger-file.ts';

/** Files of documents are read and written so many at once. */
const FILES_AT_ONCE = 4;

/** What pages are written with. */
export interface PageFacts {
  readonly key: FingerprintKey;
  /** When the work was read. */
  readonly asOf: Instant;
  /** A page is written anew to say so, even where nothing else of it has changed. Default: false. */
  readonly notesEachLook?: boolean;
}

/** What is known where a page is read. */
export interface PageReading {
  readonly scope: string;
  /** Names that files of ours may have on a document of the subject. */
  readonly filesOf: (subject: string) => readonly string[];
}

/** The pages of the ledger: a small file on each document, as far as they have been read or written. */
export class LedgerPages {
  readonly #target: AccountingTarget;
  readonly #held: AskedAccounts['held'];
  readonly #facts: PageFacts;
  /** By document id, what its file says; undefined where it has none. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #entries = new Map<string, LedgerEntry>();
  /** By number. */
  readonly #memories = new Map<string, DocumentMemory>();
  /** By number, when the work was read that its page was last written for; unknown on pages of old. */
  readonly #asOf = new Map<string, Instant>();
  /** Numbers of voided documents whose lines a later one bills again. */
  readonly #replaced = new Set<string>();
  /** By subject: why what its document bills could not be written on it. */
  readonly unwritten = new Map<string, StackbridgeError>();

  constructor({ target, held }: AskedAccounts, facts: PageFacts) {
    this.#target = target;
    this.#held = held;
    this.#facts = facts;
  }

  memories(): DocumentMemory[] {
    return [...this.#memories.values()];
  }

  memoryOf(number: string): DocumentMemory | undefined {
    return this.#memories.get(number);
  }

  entries(isMeant: (entry: LedgerEntry) => boolean): LedgerEntry[] {
    return [...this.#entries.values()].filter((entry) => !this.#isReplaced(entry) && isMeant(entry));
  }

  isRead(documentId: string): boolean {
    return this.#texts.has(documentId);
  }

  async read(documentIds: readonly string[], reading: PageReading): Promise<void> {
    await inParallel(documentIds, FILES_AT_ONCE, (id) => this.#read(id, reading));
  }

  async #read(id: string, { scope, filesOf }: PageReading): Promise<void> {
    const held = this.#held(id);
    if (held === undefined) return;
    const text = await this.#target.readFile(held.kind, id, LEDGER_FILE);
    this.#texts.set(id, text);
    const page = readPage(text ?? '', held, scope, filesOf, this.#facts.key);
    if (page === undefined) return;
    const { number } = page.memory;
    this.#memories.set(number, page.memory);
    if (page.asOf !== undefined)
      this.#asOf.set(number, Math.max(page.asOf, this.#asOf.get(number) ?? BEFORE_ALL));
    for (const entry of page.entries) this.#entries.set(keyOf(entry), entry);
    for (const replaced of page.replaces) this.#replaced.add(replaced);
  }

  /** At the work of a subject, as its documents tell. */
  lastLook(recipe: string, subject: string): LastLook | undefined {
    const own = this.memories().filter((memory) => memory.subject === subject && memory.recipe === recipe);
    if (own.length === 0) return undefined;
    const standing = own.findLast((memory) => !isVoid(this.#heldOf(memory)));
    return {
      asOf: Math.max(...own.map(({ number }) => this.#asOf.get(number) ?? BEFORE_ALL)),
      ...(standing === undefined ? {} : { standing }),
    };
  }

  /** Takes the changes in, and writes the pages of the documents that they concern. */
  async commit(
    changes: readonly LedgerChange[],
    unknown: (number: string) => DocumentMemory | undefined,
  ): Promise<void> {
    const touched = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'document') {
        this.#passOn(change.memory);
        this.#memories.set(change.memory.number, change.memory);
        touched.add(change.memory.number);
      } else if (change.kind === 'entry') {
        this.#entries.set(keyOf(change.entry), change.entry);
        // What was freed is told by the document that bills it again.
        if (change.entry.state !== 'freed') touched.add(change.entry.documentNumber);
      } else {
        this.#entries.delete(keyOf(change.key));
        const { documentNumber: number } = change.key;
        const memory = this.#memories.get(number);
        // A person has seen to it, and its document stands without it.
        if (memory === undefined || !isVoid(this.#heldOf(memory))) touched.add(number);
      }
    }
    await inParallel([...touched], FILES_AT_ONCE, async (number) => {
      const memory = this.#memories.get(number) ?? unknown(number);
      if (memory !== undefined) await this.#write(memory);
    });
  }

  /** A document that is another subject's by now bills nothing of the one before. */
  #passOn({ number, subject }: DocumentMemory): void {
    for (const [key, entry] of this.#entries)
      if (entry.documentNumber === number && entry.subject !== subject) this.#entries.delete(key);
  }

  /** A document that has been made stands, whether or not its page could be written: others go on. */
  async #write(memory: DocumentMemory): Promise<void> {
    try {
      await this.#writePage(memory);
    } catch (error) {
      const mayGoOn = memory.pending === undefined && error instanceof StackbridgeError && !isOfAll(error);
      if (!mayGoOn) throw error;
      this.unwritten.set(memory.subject, error);
    }
  }

  async #writePage(memory: DocumentMemory): Promise<void> {
    const { number } = memory;
    const held = this.#heldOf(memory);
    if (held === undefined) return;
    const { id, kind, hasAttachments } = held;
    // It says exactly what is due, and what it carries was not looked into: there is nothing to put right.
    if (hasAttachments && !this.#texts.has(id)) return;
    const before = this.#texts.get(id);
    const known = this.#asOf.get(number);
    const { key, asOf, notesEachLook = false } = this.#facts;
    const page = {
      memory,
      entries: this.entries((entry) => entry.documentNumber === number && entry.state !== 'freed'),
      replaces: this.#replacedBy(memory),
      ...(known === undefined ? {} : { asOf: known }),
    };
    const isNoted = !notesEachLook || (known ?? BEFORE_ALL) >= asOf;
    if (isNoted && writePage(page, key) === before) return;
    const latest = Math.max(asOf, known ?? asOf);
    const text = writePage({ ...page, asOf: latest }, key);
    await this.#target.writeFile(kind, id, { fileName: LEDGER_FILE, text }, before !== undefined);
    this.#texts.set(id, text);
    this.#asOf.set(number, latest);
  }

  #heldOf({ documentId = '' }: DocumentMemory): HeldDocument | undefined {
    return this.#held(documentId);
  }

  #isReplaced({ documentNumber: number }: LedgerEntry): boolean {
    const memory = this.#memories.get(number);
    return this.#replaced.has(number) && memory !== undefined && isVoid(this.#heldOf(memory));
  }

  /** Numbers of the subject's voided documents that bill nothing any more. */
  #replacedBy({ subject, number: own }: DocumentMemory): string[] {
    return this.memories()
      .filter(
        (memory) =>
          memory.subject === subject &&
          memory.number !== own &&
          memory.settled !== true &&
          isVoid(this.#heldOf(memory)) &&
          this.entries((entry) => entry.documentNumber === memory.number && entry.state !== 'freed')
            .length === 0,
      )
      .map(({ number }) => number)
      .sort();
  }
}

/** A page that does not say when its work was read is older than any that does. */
const BEFORE_ALL = Number.NEGATIVE_INFINITY;

/** What the next document would meet as well. */
function isOfAll({ class: kind, code }: StackbridgeError): boolean {
  return kind === 'Reconnect' || kind === 'Throttled' || kind === 'Bug' || code === 'STOPPED';
}

function keyOf({ purpose, source, documentNumber: number, state }: LedgerKey): string {
  return [purpose, sourceKey(source), number, state].join('\u0000');
}
