import type { DeliveredEvent } from '../model/activity.ts';
import type { Instant } from '../model/instant.ts';
import type { Lease, StoreChange } from './store.ts';

/** Which events stand in the CRM already, by recipe. A commit applies all of its changes or none. */
export interface ActivityLedger {
  /** Everything delivered to these records. */
  delivered(recipe: string, recordIds: readonly string[]): Promise<DeliveredEvent[]>;
  /** Pages through the records with an event after `from` and not after `until`, in the order of their ids. */
  recordsBetween(
    recipe: string,
    from: Instant,
    until: Instant,
    after: string,
    limit: number,
  ): Promise<string[]>;
  /** Rejects with `LeaseLost` when the lease is not the newest. */
  commitActivity(
    lease: Lease,
    recipe: string,
    events: readonly DeliveredEvent[],
    changes: readonly StoreChange[],
  ): Promise<void>;
  /** Drops events from before the moment; follow-ups stay. */
  pruneActivity(lease: Lease, recipe: string, before: Instant): Promise<void>;
}
