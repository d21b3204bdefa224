import type { ActivityEvent } from '../model/activity.ts';
import type { PersonPlan } from '../plan/activity/person-plan.ts';

/** What one address did, as far as this run has read it. */
export interface StagedReader {
  readonly email: string;
  readonly events: readonly ActivityEvent[];
}

/** The working space of one run, outside the heap: what was read, and the plan. Nothing in it outlives the run. */
export interface ActivityScratch {
  /** One staged before with the same key stays as it is. */
  stageEvents(events: readonly ActivityEvent[]): Promise<void>;
  /** These opens were a machine's. */
  markMachine(keys: readonly string[]): Promise<void>;
  countEvents(): Promise<number>;
  /** Takes up to `limit` addresses, each with all its events, in the order of the addresses. Empty when none is left. */
  takeReaders(limit: number): Promise<StagedReader[]>;
  addPersonPlans(plans: readonly PersonPlan[]): Promise<void>;
  /** Pages through the plan in the order it was made; `after` is the last position seen, 0 at first. */
  personPlans(
    after: number,
    limit: number,
  ): Promise<{ readonly position: number; readonly plan: PersonPlan }[]>;
}
