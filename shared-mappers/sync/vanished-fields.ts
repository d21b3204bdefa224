import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Connector } from '../ports/connector.ts';

/**
 * A merge field that was removed is simply no longer in the answers; read as empty it would empty the other side. The
 * system gives every record of a reading the same fields, so one record tells.
 *
 * @throws StackbridgeError `BRAKE_FIELD_MISSING`
 */
export function refuseVanishedFields(
  records: readonly SourceRecord[],
  { system, object }: Pick<Connector, 'system' | 'object'>,
  columns: readonly string[],
): void {
  const record = records.find((one) => one.state === 'live' && one.object === object);
  if (record === undefined) return;
  for (const column of columns) {
    const path = column.split('.');
    const leaf = path.pop() ?? '';
    const parent = path.reduce<JsonValue | undefined>((at, key) => memberOf(at, key), record.values);
    // Nothing stands behind an empty relation (a contact without an account).
    if (parent === null || (isObject(parent) && leaf in parent)) continue;
    const message = `${system} ${object === 'member' ? 'members' : object} have no field ${column} any more`;
    throw new StackbridgeError('BRAKE_FIELD_MISSING', message, { system, field: leaf });
  }
}

/** For a step that reads no listing, and believes a schema that was described some time ago: its look-ups tell. */
export function refusingVanished(connector: Connector): Connector {
  const { readByIds, readByKey } = connector;
  return {
    ...connector,
    async readByIds(ids, columns) {
      const records = await readByIds(ids, columns);
      refuseVanishedFields(records, connector, columns);
      return records;
    },
    async readByKey(field, values, columns) {
      const records = await readByKey(field, values, columns);
      refuseVanishedFields(records, connector, columns);
      return records;
    },
  };
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
