import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import { allowed } from '../../plan/brakes.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { Connector } from '../../ports/connector.ts';

/** Removals this close to each other count as made at once: whoever tidies up all day trips no brake. */
const AT_ONCE_MS = 3_600_000;

export interface RemovalBrake {
  readonly limit: BrakeLimit;
  /** So many may go at once, whatever the limit says. Default: the limit decides. */
  readonly most?: number | undefined;
}

/**
 * Stops a poll in which more records have been deleted at once than a recipe lets go: handed on one by one, each would
 * take a member with it before anybody looks. Costs one call, where so many were deleted that it matters how many there
 * are.
 *
 * @param removed those that were deleted, in any order
 * @throws StackbridgeError `BRAKE_DELETES`
 */
export async function brakeOnRemovals(
  removed: readonly SourceRecord[],
  connector: Pick<Connector, 'readAll' | 'system'>,
  { limit, most }: RemovalBrake,
): Promise<void> {
  const atOnce = mostAtOnce(removed);
  if (atOnce <= (most ?? limit.atLeast)) return;
  const total = removed.length + (await countOf(connector));
  const lets = most ?? allowed(limit, total);
  if (atOnce <= lets) return;
  throw new StackbridgeError(
    'BRAKE_DELETES',
    `${atOnce} of ${total} records were deleted within an hour, and ${lets} may go at once`,
    { system: connector.system },
  );
}

function mostAtOnce(removed: readonly SourceRecord[]): number {
  const times = removed.map(({ modifiedAt }) => modifiedAt).sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) > AT_ONCE_MS) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** A listing says on its first page how many there are. */
async function countOf(connector: Pick<Connector, 'readAll'>): Promise<number> {
  for await (const { expected, records } of connector.readAll([])) return expected ?? records.length;
  return 0;
}
