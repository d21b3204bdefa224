import { insertRecord, updateRecord, type WriteMode } from './dml.ts';
import { notFound, SalesforceError } from './errors.ts';
import { parseValue } from './field-value.ts';
import type { Org } from './org.ts';
import type { RecordInput } from './record-input.ts';
import type { Row, Value } from './row.ts';
import type { Field } from './schema/field.ts';
import { type ObjectSchema, visibleField } from './schema/object-schema.ts';

/** Several records have the external id: nothing is written. */
export class AmbiguousUpsert extends Error {
  override name = 'AmbiguousUpsert';
  readonly rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    super('external id matches more than one record');
    this.rows = rows;
  }
}

/** The field an upsert goes by. @throws SalesforceError NOT_FOUND unless records can be looked up by it */
export function upsertKey(object: ObjectSchema, name: string): Field {
  const field = visibleField(object, name);
  if (field === undefined || !(field.externalId || field.idLookup)) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  }
  return field;
}

/** Records that are not deleted and have the value. */
export function findByKey(org: Org, object: ObjectSchema, key: Field, value: Value): Row[] {
  const store = org.store(object.name);
  if (key.name === 'Id') {
    const row = typeof value === 'string' ? org.findById(value)?.row : undefined;
    return row === undefined || row.IsDeleted ? [] : [row];
  }
  return store.having(key.name, value).filter((row) => !row.IsDeleted);
}

/**
 * Updates the record with the key's value, or creates it.
 * @param input without the key field
 * @throws AmbiguousUpsert; SalesforceError of the one record
 */
export function upsertRecord(
  org: Org,
  object: ObjectSchema,
  key: Field,
  rawValue: unknown,
  input: RecordInput,
  mode: WriteMode,
): { row: Row; created: boolean } {
  const value = parseValue(key, rawValue);
  if (value === null || value === '') {
    throw new SalesforceError('MISSING_ARGUMENT', `${key.name} not specified`, { fields: [key.name] });
  }
  const found = findByKey(org, object, key, value);
  if (found.length > 1) throw new AmbiguousUpsert(found);
  const [row] = found;
  if (row !== undefined) return { row: updateRecord(org, object, row.Id, input, mode), created: false };
  if (key.name === 'Id') throw notFound();
  const withKey = { values: { ...input.values, [key.name]: value }, named: [...input.named, key.name] };
  return { row: insertRecord(org, object, withKey, mode), created: true };
}
