import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { z as zod } from 'zod';
import { A_MONTH_S, accountCache } from '../ports/cache.ts';
import type { Step } from '../step.ts';

export const seenThing = zod.object({
  /** Another one whenever the thing is another. */
  state: zod.string(),
  /** When the thing was first seen in this state. */
  since: zod.number(),
});

export type SeenThing = Readonly<zod.output<typeof seenThing>>;

/**
 * What the last check saw, by id. Zapier shows a Zap each id once, so that a thing which is again as it was before needs
 * another one. Remembered in Zapier's cache, for one account: where that has forgotten, a thing counts as seen for the
 * first time, and is shown once more.
 *
 * @param place that tells these things from others
 */
export function lastSeen<Thing extends SeenThing>(
  { z }: Pick<Step, 'z'>,
  place: string,
  thing: zod.ZodType<Thing>,
) {
  const cache = accountCache(z);
  const shape = zod.record(zod.string(), thing);
  return {
    read: async (): Promise<Readonly<Record<string, Thing>>> =>
      shape.safeParse(await cache.get(place)).data ?? {},
    keep: (things: Readonly<Record<string, Thing>>): Promise<void> => cache.set(place, things, A_MONTH_S),
  };
}

/** Since when a thing is in this state: as remembered, or as of now. */
export function sinceWhen(before: SeenThing | undefined, state: string, now: Instant): Instant {
  return before?.state === state ? before.since : now;
}

/**
 * Since when things are as they are, by id.
 *
 * @param place that tells these things from others
 * @param states by id
 */
export async function firstSeen(
  step: Step,
  place: string,
  states: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Instant>> {
  const memory = lastSeen(step, place, seenThing);
  const before = await memory.read();
  const now = step.ports.clock.now();
  const seen = [...states].map(
    ([id, state]) => [id, { state, since: sinceWhen(before[id], state, now) }] as const,
  );
  await memory.keep(Object.fromEntries(seen));
  return new Map(seen.map(([id, { since }]) => [id, since]));
}
