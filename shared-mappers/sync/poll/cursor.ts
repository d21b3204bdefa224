import { z } from 'zod';
import type { Instant } from '../../model/instant.ts';

/**
 * Where a poll goes on. A host may lose it: the next poll then looks further back and tells again what was told
 * before, which is why a change only says which record to look at.
 */
export const cursor = z.object({
  /** The server's time from before the last reading. */
  since: z.number(),
  /** Changes told within the overlap, and when each was made. */
  told: z.record(z.string(), z.number()),
});
export type Cursor = z.infer<typeof cursor>;

/** How far polls look back. */
export interface PollReach {
  /** Milliseconds before the cursor that are read again: changes become visible late, and clocks differ. */
  readonly overlapMs: number;
  /** Milliseconds that are read where there is no cursor. */
  readonly lookBackMs: number;
}

/** One change, as a poll has found it. */
export interface PolledChange<Item> {
  /** The record's id and its modification: a record that changes again is told again. */
  readonly key: string;
  /** When it was made; undefined where the system does not say. */
  readonly at: Instant | undefined;
  readonly item: Item;
}

/** From when on a poll reads. */
export function pollFrom(
  known: Cursor | undefined,
  { overlapMs, lookBackMs }: PollReach,
  now: Instant,
): Instant {
  return known === undefined ? now - lookBackMs : known.since - overlapMs;
}

/**
 * What of a reading was not told before, oldest first, and where the next poll goes on.
 *
 * @param readAt the server's time from before the reading
 */
export function takeNew<Item>(
  found: readonly PolledChange<Item>[],
  known: Cursor | undefined,
  { overlapMs }: PollReach,
  readAt: Instant,
): { readonly items: readonly Item[]; readonly cursor: Cursor } {
  const told = known?.told ?? {};
  const since = Math.max(readAt, known?.since ?? readAt);
  const kept = found
    .map(({ key, at = readAt }) => [key, at] as const)
    .filter(([, at]) => at >= since - overlapMs);
  const items = new Map(
    found.filter(({ key }) => told[key] === undefined).map((change) => [change.key, change] as const),
  );
  return {
    items: [...items.values()]
      .toSorted((one, other) => (one.at ?? readAt) - (other.at ?? readAt))
      .map(({ item }) => item),
    cursor: { since, told: Object.fromEntries(kept) },
  };
}
