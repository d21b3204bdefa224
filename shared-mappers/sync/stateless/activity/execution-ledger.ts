import type { DeliveredEvent } from '../../../model/activity.ts';
import type { ActivityLedger } from '../../../ports/activity-ledger.ts';
import type { Store } from '../../../ports/store.ts';

/** What this execution has delivered, by key of the event. */
export interface ExecutionLedger extends ActivityLedger {
  readonly written: ReadonlyMap<string, DeliveredEvent>;
}

/**
 * Nothing that was delivered before is remembered: each write makes itself known again, a record by its key, a task by
 * its mark, a campaign member by its status.
 */
export function executionLedger(store: Pick<Store, 'commit'>): ExecutionLedger {
  const written = new Map<string, DeliveredEvent>();
  return {
    written,
    delivered: async () => [],
    recordsBetween: async () => [],
    async commitActivity(lease, _recipe, events, changes) {
      await store.commit(lease, changes);
      for (const event of events) written.set(event.key, event);
    },
    pruneActivity: async () => {},
  };
}
