import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { SystemName } from '../../model/side.ts';
import type { Connector } from '../../ports/connector.ts';
import type { Relatives } from './relatives.ts';

/** What a trigger hands to the step of another system. */
export interface Delivered {
  readonly system: SystemName;
  readonly record: SourceRecord;
  /** Absent where the record's system was not asked for any, or has none: no two members share an address. */
  readonly relatives?: Relatives;
}

/**
 * The side that a step cannot reach: all there is of it is the record that was delivered, and its relatives. An id that
 * is not among them is left out of the answer; an address that was not asked for is refused.
 */
export function deliveredConnector({ system, record, relatives }: Delivered): Connector {
  const known = new Map([record, ...(relatives?.records ?? [])].map((one) => [one.id, one]));
  const among = (ids: readonly string[]): SourceRecord[] => ids.flatMap((id) => known.get(id) ?? []);
  const outOfReach = (what: string): StackbridgeError =>
    new StackbridgeError(
      'SEVERAL_MATCHES',
      `This step was given ${record.id} of ${system}, and needs ${what}`,
      { system, recordId: record.id },
    );
  const having = (address: string): SourceRecord[] => {
    const sharers = relatives?.sharers[address];
    if (sharers === undefined) throw outOfReach('whoever else has this address');
    return typeof sharers === 'number' ? [] : among(sharers);
  };
  return {
    system,
    object: record.object,
    capabilities: {
      writeBatch: 1,
      lookupBatch: 1,
      writeConcurrency: 1,
      createIsIdempotent: false,
      changesTellDeletes: false,
    },
    describe: async () => {
      throw outOfReach('its fields');
    },
    readAll: () => {
      throw outOfReach('all records');
    },
    readChanges: () => {
      throw outOfReach('what has changed');
    },
    readByIds: async (ids) => among(ids),
    readByKey: async (_, addresses) => addresses.flatMap(having),
    readMergedInto: async (ids) =>
      [...known.values()].filter(({ successorId }) => successorId !== undefined && ids.includes(successorId)),
    write: async () => {
      throw outOfReach('to write it');
    },
  };
}
