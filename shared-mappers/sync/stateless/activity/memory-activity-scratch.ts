import type { ActivityEvent } from '../../../model/activity.ts';
import type { PersonPlan } from '../../../plan/activity/person-plan.ts';
import type { ActivityScratch, StagedReader } from '../../../ports/activity-scratch.ts';

/** The working space of one execution, in the heap; its plans stay at hand. */
export interface MemoryActivityScratch extends ActivityScratch {
  readonly plans: readonly PersonPlan[];
  dispose(): Promise<void>;
}

export function memoryActivityScratch(): MemoryActivityScratch {
  const staged = new Map<string, ActivityEvent>();
  const plans: PersonPlan[] = [];
  /** In the order of the addresses; staging has ended when the first are taken. */
  let readers: StagedReader[] | undefined;
  return {
    plans,
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
    async takeReaders(limit) {
      readers ??= [...Map.groupBy(staged.values(), ({ email }) => email)]
        .map(([email, events]) => ({ email, events }))
        .sort((one, other) => one.email.localeCompare(other.email));
      return readers.splice(0, limit);
    },
    async addPersonPlans(some) {
      plans.push(...some);
    },
    personPlans: async (after, limit) =>
      plans.slice(after, after + limit).map((plan, at) => ({ position: after + at + 1, plan })),
    async dispose() {},
  };
}
