import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';
import { type LimitAtOnce, missedBy, tooManyAtOnce } from './many-at-once.ts';

/**
 * Stops a poll in which more records have been deleted at once than a recipe lets go: handed on one by one, each would
 * take a member with it before anybody looks.
 *
 * @param removed those that were deleted, in any order
 * @throws StackbridgeError `BRAKE_DELETES`
 */
export async function brakeOnRemovals(
  removed: readonly SourceRecord[],
  connector: Pick<Connector, 'readAll' | 'system'>,
  limit: LimitAtOnce,
): Promise<void> {
  const times = removed.map(({ modifiedAt }) => modifiedAt);
  const stop = await tooManyAtOnce(times, connector, limit, removed.length);
  if (stop === undefined) return;
  throw new StackbridgeError(
    'BRAKE_DELETES',
    `${stop.atOnce} of ${stop.total} records were deleted within an hour, and ${stop.lets} may go at once; ${missedBy(limit.heldUntil)}`,
    { system: connector.system },
  );
}
