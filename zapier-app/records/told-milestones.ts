import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { z as zod } from 'zod';
import { accountCache } from '../ports/account-cache.ts';
import type { Step } from '../step.ts';

/** Zapier polls far more often: while a Zap is on, it is kept. */
const KEPT_S = 7 * 86_400;

const told = zod.record(
  zod.string(),
  zod.object({ print: zod.string(), since: zod.number(), from: zod.string() }),
);

/** What the polls before have told of milestones. */
export type ToldMilestones = Readonly<Record<string, ToldMilestone>>;

export interface ToldMilestone {
  /** Of its work. */
  readonly print: string;
  /** When that was first seen. */
  readonly since: Instant;
  /** First day of its work. */
  readonly from: string;
}

/**
 * Of one project, kept in Zapier's cache, which may forget: everything is then told once more, and finds its invoice
 * there already. By the ids that a Zap has seen alone, work that is changed and changed back would not be told.
 *
 * @param settings of the trigger, which tell Zaps apart
 */
export function toldMilestones({ z }: Pick<Step, 'z'>, projectId: string, settings: string) {
  const cache = accountCache(z);
  const key = `milestones told ${projectId} ${settings}`;
  return {
    read: async (): Promise<ToldMilestones> => told.safeParse(await cache.get(key)).data ?? {},
    keep: (now: ToldMilestones): Promise<void> => cache.set(key, now, KEPT_S),
  };
}
