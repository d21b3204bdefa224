import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';
import { type LimitAtOnce, missedBy, tooManyAtOnce } from './many-at-once.ts';

/**
 * Stops a poll in which more records have been changed at once than a recipe lets overwrite others: handed on one by
 * one, each would replace somebody's values before anybody looks.
 *
 * @param overwriting those that may replace a value when they are carried out, in any order
 * @throws StackbridgeError `BRAKE_OVERWRITES`
 */
export async function brakeOnOverwrites(
  overwriting: readonly SourceRecord[],
  connector: Pick<Connector, 'readAll' | 'system'>,
  limit: LimitAtOnce,
): Promise<void> {
  const times = overwriting.map(({ modifiedAt }) => modifiedAt);
  const stop = await tooManyAtOnce(times, connector, limit);
  if (stop === undefined) return;
  throw new StackbridgeError(
    'BRAKE_OVERWRITES',
    `${stop.atOnce} of ${stop.total} records were changed within an hour in what the recipe carries across, and ${stop.lets} may be at once; ${missedBy(limit.heldUntil)}`,
    { system: connector.system },
  );
}
