import { type HandedOn, handedOn } from '@stackbridge/shared-mappers/sync/poll/handed-on.ts';
import { A_MONTH_S, accountCache } from '../ports/cache.ts';
import type { Step } from '../step.ts';

export interface PollMemory {
  read(): Promise<HandedOn | undefined>;
  keep(now: HandedOn): Promise<void>;
}

/**
 * What the checks of one Zap have handed on, in Zapier's cache, which may forget. A copy of a Zap that only previews must
 * let nothing through in the other: where Zapier does not say which Zap it checks for, nothing is remembered.
 *
 * @param place another one wherever a check reads something else
 */
export function pollMemory({ z, bundle }: Pick<Step, 'z' | 'bundle'>, place: string): PollMemory | undefined {
  const id = bundle.meta.zap?.id;
  if (id === undefined) return undefined;
  const cache = accountCache(z);
  const key = `handed on ${id} ${place}`;
  return {
    read: async () => handedOn.safeParse(await cache.get(key)).data,
    keep: (now) => cache.set(key, now, A_MONTH_S),
  };
}
