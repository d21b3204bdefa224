import type {
  DocumentMemory,
  LedgerEntry,
  LedgerKey,
} from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import type { Ledger } from '@stackbridge/shared-mappers/ports/ledger.ts';
import { type ExecutionStore, executionStore } from '../ports/execution-store.ts';

/** Ledger and store of a single execution. Nothing of them outlives it: what was billed is seen by its number. */
export interface ExecutionBooks extends ExecutionStore {
  readonly ledger: Ledger;
}

export function executionBooks(): ExecutionBooks {
  const entries = new Map<string, LedgerEntry>();
  const documents = new Map<string, DocumentMemory>();
  const where = (isMeant: (entry: LedgerEntry) => boolean): LedgerEntry[] =>
    [...entries.values()].filter(isMeant);

  const ledger: Ledger = {
    entries: async (_, sources) =>
      where(({ source }) => sources.some(({ kind, id }) => kind === source.kind && id === source.id)),
    entriesOf: async (_, numbers) => where(({ documentNumber }) => numbers.includes(documentNumber)),
    subjects: async () => [...new Set(where(({ state }) => state !== 'freed').map(({ subject }) => subject))],
    documents: async (_, __, subjects) =>
      [...documents.values()].filter(({ subject }) => subjects.includes(subject)),
    async commitLedger(_, changes) {
      for (const change of changes) {
        if (change.kind === 'entry') entries.set(nameOf(change.entry), change.entry);
        else if (change.kind === 'forget') entries.delete(nameOf(change.key));
        else documents.set(change.memory.number, change.memory);
      }
    },
  };

  return { ledger, ...executionStore() };
}

function nameOf({ purpose, source, documentNumber, state }: LedgerKey): string {
  return [purpose, source.kind, source.id, documentNumber, state].join(' ');
}
