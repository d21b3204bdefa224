import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { z as zod } from 'zod';
import { accountCache } from '../ports/account-cache.ts';
import type { Step } from '../step.ts';

const memory = zod.record(zod.string(), zod.object({ state: zod.string(), since: zod.number() }));

/** Renewed by every check: it outlives a Zap that is paused for a month. */
const KEPT_S = 30 * 86_400;

/**
 * Since when things are as they are, by id. Zapier shows a Zap each id once, so that a thing which is again as it was
 * before needs another one. Remembered in Zapier's cache, for one account: where that has forgotten, a thing counts as
 * seen for the first time, and is shown once more.
 *
 * @param place that tells these things from others
 * @param states by id
 */
export async function firstSeen(
  { z, ports }: Step,
  place: string,
  states: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Instant>> {
  const cache = accountCache(z);
  const before = memory.safeParse(await cache.get(place)).data ?? {};
  const now = ports.clock.now();
  const seen = [...states].map(([id, state]) => {
    const known = before[id];
    return [id, { state, since: known?.state === state ? known.since : now }] as const;
  });
  await cache.set(place, Object.fromEntries(seen), KEPT_S);
  return new Map(seen.map(([id, { since }]) => [id, since]));
}
