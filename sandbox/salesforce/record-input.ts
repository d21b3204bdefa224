import { noSuchColumn, SalesforceError } from './errors.ts';
import { parseValue } from './field-value.ts';
import type { Org } from './org.ts';
import type { Values } from './row.ts';
import { type ObjectSchema, relationshipField, visibleField } from './schema/object-schema.ts';

/** A record as the API's parser understood it: known fields, values of the right kind, not yet checked further. */
export interface RecordInput {
  values: Values;
  /** Fields that were named, in their order. */
  named: string[];
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads one record of a request body. What fails here refuses the whole call, however many records it holds.
 * @throws SalesforceError INVALID_FIELD, JSON_PARSER_ERROR
 */
export function parseRecord(org: Org, object: ObjectSchema, body: unknown, asPerson = false): RecordInput {
  if (!isJsonObject(body)) {
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  }
  const values: Values = {};
  const named: string[] = [];
  for (const key in body) {
    if (key === 'attributes') continue;
    const field = asPerson ? object.fields.get(key.toLowerCase()) : visibleField(object, key);
    if (field !== undefined) {
      values[field.name] = parseValue(field, body[key]);
      named.push(field.name);
      continue;
    }
    const reference = relationshipField(object, key);
    if (reference === undefined || !isJsonObject(body[key])) throw noSuchColumn(key, object.name);
    values[reference.name] = findForeign(org, reference.referenceTo, body[key]);
    named.push(reference.name);
  }
  return { values, named };
}

/** A parent named by one of its external ids: `{"Account": {"Customer_No__c": "42"}}`. */
function findForeign(org: Org, referenceTo: readonly string[], body: Record<string, unknown>): string {
  const [key] = Object.keys(body).filter((name) => name !== 'attributes');
  const parent = org.schema.find(referenceTo[0] ?? '');
  const field = key === undefined || parent === undefined ? undefined : visibleField(parent, key);
  if (parent === undefined || field === undefined || !(field.externalId || field.idLookup)) {
    throw noSuchColumn(key ?? '', parent?.name ?? 'Name');
  }
  const value = parseValue(field, body[field.name]);
  const found = org
    .store(parent.name)
    .having(field.name, value)
    .filter((row) => !row.IsDeleted);
  const [row] = found;
  if (row === undefined || found.length > 1) {
    const message = `Foreign key external ID: ${value} not found for field ${field.name} in entity ${parent.name}`;
    throw new SalesforceError('INVALID_FIELD', message);
  }
  return row.Id;
}
