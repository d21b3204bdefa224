import type { ActivityEvent } from '@stackbridge/shared-mappers/model/activity.ts';
import type { PersonPlan } from '@stackbridge/shared-mappers/plan/activity/person-plan.ts';
import type { ActivityLedger } from '@stackbridge/shared-mappers/ports/activity-ledger.ts';
import type { ActivityScratch } from '@stackbridge/shared-mappers/ports/activity-scratch.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';

/**
 * Nothing that was delivered is remembered: each write makes itself known again, a record by its key, a task by its
 * mark, a campaign member by its status.
 */
export function forgetfulLedger(store: Pick<Store, 'commit'>): ActivityLedger {
  return {
    delivered: async () => [],
    recordsBetween: async () => [],
    commitActivity: (lease, _recipe, _events, changes) => store.commit(lease, changes),
    pruneActivity: async () => {},
  };
}

/** The working space of one execution: a few events at most. */
export function executionScratch(): ActivityScratch & { dispose(): Promise<void> } {
  const staged = new Map<string, ActivityEvent>();
  const plans: PersonPlan[] = [];
  return {
    async stageEvents(events) {
      for (const event of events) if (!staged.has(event.key)) staged.set(event.key, event);
    },
    async markMachine(keys) {
      for (const key of keys) {
        const event = staged.get(key);
        if (event !== undefined) staged.set(key, { ...event, machine: true });
      }
    },
    countEvents: async () => staged.size,
    async takeReaders() {
      const readers = Map.groupBy(staged.values(), ({ email }) => email);
      staged.clear();
      return [...readers].map(([email, events]) => ({ email, events }));
    },
    async addPersonPlans(some) {
      plans.push(...some);
    },
    personPlans: async (after, limit) =>
      plans.slice(after, after + limit).map((plan, at) => ({ position: after + at + 1, plan })),
    async dispose() {},
  };
}
