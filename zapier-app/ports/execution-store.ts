import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import { forgetfulStore } from '@stackbridge/shared-mappers/sync/stateless/forgetful-store.ts';

/** The store of a single execution, which nothing outlives: what could not be done is handed out as it is parked. */
export interface ExecutionStore {
  readonly store: Store;
  readonly parked: () => readonly Parked[];
}

export function executionStore(): ExecutionStore {
  const parked = new Map<string, Parked>();
  const store: Store = {
    ...forgetfulStore(),
    async commit(_, changes) {
      for (const change of changes) {
        if (change.kind === 'park')
          parked.set(`${change.parked.kind} ${change.parked.subject}`, change.parked);
      }
    },
  };
  return { store, parked: () => [...parked.values()] };
}
