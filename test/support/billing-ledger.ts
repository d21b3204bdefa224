import type {
  DocumentMemory,
  LedgerChange,
  LedgerEntry,
  LedgerKey,
} from '@stackbridge/shared-mappers/model/billing/ledger.ts';

/** The ledger in two maps. */
export class MemoryLedger {
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #documents = new Map<string, DocumentMemory>();

  commit(changes: readonly LedgerChange[]): void {
    for (const change of changes) {
      if (change.kind === 'entry') this.#entries.set(keyOf(change.entry), change.entry);
      else if (change.kind === 'forget') this.#entries.delete(keyOf(change.key));
      else this.#documents.set(change.memory.number, change.memory);
    }
  }

  entries(): LedgerEntry[] {
    return [...this.#entries.values()];
  }

  memories(subject: string): DocumentMemory[] {
    return [...this.#documents.values()].filter((memory) => memory.subject === subject);
  }
}

function keyOf({ scope, purpose, source, documentNumber, state }: LedgerKey): string {
  return [scope, purpose, source.kind, source.id, documentNumber, state].join('|');
}
