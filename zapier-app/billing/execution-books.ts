import type {
  DocumentMemory,
  LedgerEntry,
  LedgerKey,
} from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Ledger } from '@stackbridge/shared-mappers/ports/ledger.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';

/** Ledger and store of a single execution. Nothing of them outlives it: what was billed is seen by its number. */
export interface ExecutionBooks {
  readonly ledger: Ledger;
  readonly store: Store;
  /** What could not be billed, and why. */
  readonly parked: () => readonly Parked[];
}

export function executionBooks(): ExecutionBooks {
  const entries = new Map<string, LedgerEntry>();
  const documents = new Map<string, DocumentMemory>();
  const parked = new Map<string, Parked>();
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

  const store: Store = {
    acquireLease: async (scope) => ({ lease: { scope, token: 1 } }),
    renewLease: async () => true,
    releaseLease: async () => {},
    async commit(_, changes) {
      for (const change of changes) {
        if (change.kind === 'park')
          parked.set(`${change.parked.kind} ${change.parked.subject}`, change.parked);
      }
    },
    linksByLeft: async () => [],
    linksByRight: async () => [],
    linksByKey: async () => [],
    links: async () => [],
    countLinks: async () => 0,
    intents: async () => [],
    watermark: async () => undefined,
    memo: async () => undefined,
    saveMemo: async () => {},
    parked: async () => [],
    decisions: async () => [],
    saveRun: async () => {},
  };

  return { ledger, store, parked: () => [...parked.values()] };
}

function nameOf({ purpose, source, documentNumber, state }: LedgerKey): string {
  return [purpose, source.kind, source.id, documentNumber, state].join(' ');
}
