import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { SystemName } from '../../model/side.ts';
import type { Connector } from '../../ports/connector.ts';

/** The side that a step cannot reach: all there is of it is the record that was delivered. */
export function deliveredConnector(system: SystemName, record: SourceRecord): Connector {
  const outOfReach = (what: string): StackbridgeError =>
    new StackbridgeError(
      'SEVERAL_MATCHES',
      `This step was given ${record.id} of ${system}, and needs ${what}`,
      {
        system,
        recordId: record.id,
      },
    );
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
    readByIds: async (ids) => {
      const other = ids.find((id) => id !== record.id);
      if (other !== undefined) throw outOfReach(other);
      return ids.length === 0 ? [] : [record];
    },
    readByKey: async () => {
      throw outOfReach('whoever else has this address');
    },
    write: async () => {
      throw outOfReach('to write it');
    },
  };
}
