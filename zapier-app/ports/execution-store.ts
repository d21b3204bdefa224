import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';

/** The store of a single execution, which nothing outlives: what could not be done is handed out as it is parked. */
export interface ExecutionStore {
  readonly store: Store;
  readonly parked: () => readonly Parked[];
}

export function executionStore(): ExecutionStore {
  const parked = new Map<string, Parked>();
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
  return { store, parked: () => [...parked.values()] };
}
