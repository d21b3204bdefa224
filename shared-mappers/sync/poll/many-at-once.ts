import type { Instant } from '../../model/instant.ts';
import { allowed } from '../../plan/brakes.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { Connector } from '../../ports/connector.ts';

/** Changes this close to each other count as made at once: whoever tidies up all day trips no brake. */
export const AT_ONCE_MS = 3_600_000;

export interface LimitAtOnce {
  readonly limit: BrakeLimit;
  /** So many may go at once, whatever the limit says. Default: the limit decides. */
  readonly most?: number | undefined;
  /** Records that the limit takes a share of, where they are part of all only. Default: all that there are. */
  readonly among?: number | undefined;
  /** Until then whoever is held up can still be let through. */
  readonly heldUntil: Instant;
}

/** More than may go. */
export interface TooMany {
  readonly atOnce: number;
  /** Records that there are. */
  readonly total: number;
  readonly lets: number;
}

/**
 * Whether more was changed at once than may go. Costs the first page of a listing, where so much was changed that it
 * matters how many records there are.
 *
 * @param times when each change was made, in any order
 * @param unlisted records to count in that no listing holds any more. Default: 0
 */
export async function tooManyAtOnce(
  times: readonly Instant[],
  connector: Pick<Connector, 'readAll'>,
  { limit, most, among }: Pick<LimitAtOnce, 'limit' | 'most' | 'among'>,
  unlisted = 0,
): Promise<TooMany | undefined> {
  const atOnce = mostAtOnce(times);
  if (atOnce <= (most ?? limit.atLeast)) return undefined;
  const total = among ?? unlisted + (await countOf(connector));
  const lets = most ?? allowed(limit, total);
  return atOnce <= lets ? undefined : { atOnce, total, lets };
}

/** To the minute. */
export function missedBy(heldUntil: Instant): string {
  return `none of them is missed before ${new Date(heldUntil).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function mostAtOnce(times: readonly Instant[]): number {
  let first = 0;
  let most = 0;
  const inOrder = times.toSorted((one, other) => one - other);
  for (const [last, at] of inOrder.entries()) {
    while (at - (inOrder[first] ?? at) > AT_ONCE_MS) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** A listing says on its first page how many there are. */
async function countOf(connector: Pick<Connector, 'readAll'>): Promise<number> {
  for await (const { live, expected, records } of connector.readAll([]))
    return live ?? expected ?? records.length;
  return 0;
}
