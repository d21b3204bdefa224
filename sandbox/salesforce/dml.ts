import { checkDuplicateRules, type DuplicateHandling } from './duplicate-rules.ts';
import { entityIsDeleted, notFound, recordError } from './errors.ts';
import { storedValue } from './field-value.ts';
import { checkObjectRules, completeNewRecord } from './object-rules.ts';
import type { Org } from './org.ts';
import { toId18 } from './record-id.ts';
import type { RecordInput } from './record-input.ts';
import { checkRowLock, checkValidationRules } from './record-troubles.ts';
import type { Row, Values } from './row.ts';
import type { Field } from './schema/field.ts';
import type { ObjectSchema } from './schema/object-schema.ts';

/** Who writes, and how duplicates are taken. */
export interface WriteMode {
  duplicates: DuplicateHandling;
  /** A person at the screen: bound by field rules, not by the API user's permissions or duplicate rules. */
  asPerson: boolean;
}

/** @throws SalesforceError of the one record */
export function insertRecord(org: Org, object: ObjectSchema, input: RecordInput, mode: WriteMode): Row {
  refuseReadOnly(object, input, 'createable', mode);
  const values = withDefaults(object, stored(object, input.values));
  requireFields(object, values, undefined);
  checkAgainstOthers(org, object, values, undefined, mode);
  const store = org.store(object.name);
  if (object.fields.has('ownerid')) values.OwnerId ??= userOf(org, mode);
  const row = store.insert(values, org.stamp(), userOf(org, mode));
  org.onRollback(() => store.forget(row));
  completeNewRecord(org, object.name, row, userOf(org, mode));
  return row;
}

/** @throws SalesforceError of the one record */
export function updateRecord(
  org: Org,
  object: ObjectSchema,
  id: string,
  input: RecordInput,
  mode: WriteMode,
): Row {
  const row = existing(org, object, id);
  refuseReadOnly(object, input, 'updateable', mode);
  if (!mode.asPerson) checkRowLock(org, row);
  const values = stored(object, input.values);
  requireFields(object, values, row);
  checkAgainstOthers(org, object, values, row, mode);
  writeRow(org, object.name, row, values, userOf(org, mode));
  return row;
}

/** @throws SalesforceError of the one record */
export function deleteRecord(org: Org, object: ObjectSchema, id: string, mode: WriteMode): void {
  const row = existing(org, object, id);
  checkRowLock(org, row);
  markDeleted(org, object, row, {}, userOf(org, mode));
}

/** Moves a row to the recycle bin, and what hangs on it. */
export function markDeleted(org: Org, object: ObjectSchema, row: Row, extra: Values, userId: string): void {
  writeRow(org, object.name, row, { ...extra, IsDeleted: true }, userId);
  for (const child of org.schema.objects()) {
    for (const field of child.fields.values()) {
      if (!field.cascadeDelete || !field.referenceTo.includes(object.name)) continue;
      for (const dependent of org.store(child.name).having(field.name, row.Id)) {
        if (!dependent.IsDeleted) markDeleted(org, child, dependent, {}, userId);
      }
    }
  }
}

/** Stores values with the server's stamps on them; unchecked. */
export function writeRow(org: Org, object: string, row: Row, values: Values, userId: string): void {
  const store = org.store(object);
  const stamp = org.stamp();
  const stamped: Values = {
    ...values,
    LastModifiedDate: stamp,
    LastModifiedById: userId,
    SystemModstamp: stamp,
  };
  const before: Values = {};
  for (const field in stamped) before[field] = row[field] ?? null;
  store.update(row, stamped);
  org.onRollback(() => store.update(row, before));
}

/** The row an update or delete names. @throws SalesforceError NOT_FOUND, ENTITY_IS_DELETED, MALFORMED_ID */
export function existing(org: Org, object: ObjectSchema, id: string): Row {
  const id18 = toId18(id);
  if (id18 === undefined) {
    throw recordError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, ['Id']);
  }
  const row = org.store(object.name).get(id18);
  if (row === undefined || org.isPurged(row)) throw notFound();
  if (row.IsDeleted) throw entityIsDeleted();
  return row;
}

/** The values as they will be stored, each field by its own rules. */
function stored(object: ObjectSchema, parsed: Values): Values {
  const values: Values = {};
  for (const name in parsed) {
    const field = object.fields.get(name.toLowerCase());
    const value = parsed[name];
    if (field !== undefined && value !== undefined) values[field.name] = storedValue(field, value);
  }
  return values;
}

/** Fills in what was not given on create. */
function withDefaults(object: ObjectSchema, values: Values): Values {
  for (const field of object.fields.values()) {
    // An unticked box needs no storing: it reads as false.
    if (typeof field.defaultValue === 'string' && field.createable) values[field.name] ??= field.defaultValue;
  }
  return values;
}

function userOf(org: Org, mode: WriteMode): string {
  return mode.asPerson ? org.adminUserId : org.apiUserId;
}

function refuseReadOnly(
  object: ObjectSchema,
  { named }: RecordInput,
  right: 'createable' | 'updateable',
  mode: WriteMode,
): void {
  if (mode.asPerson) return;
  const refused = named.filter((name) => object.fields.get(name.toLowerCase())?.[right] === false);
  if (refused.length === 0) return;
  const names = refused.join(', ');
  const message = `Unable to create/update fields: ${names}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
  throw recordError('INVALID_FIELD_FOR_INSERT_UPDATE', message, refused);
}

function requireFields(object: ObjectSchema, values: Values, current: Row | undefined): void {
  const missing: string[] = [];
  for (const field of object.fields.values()) {
    if (field.nillable || !field.createable) continue;
    const value = values[field.name];
    const isLacking = value === undefined && current === undefined && !field.defaultedOnCreate;
    if (value === null || isLacking) missing.push(field.name);
  }
  if (missing.length === 0) return;
  throw recordError(
    'REQUIRED_FIELD_MISSING',
    `Required fields are missing: [${missing.join(', ')}]`,
    missing,
  );
}

function checkAgainstOthers(
  org: Org,
  object: ObjectSchema,
  values: Values,
  current: Row | undefined,
  mode: WriteMode,
): void {
  for (const name in values) {
    const value = values[name];
    if (value === null || value === undefined) continue;
    const field = object.fields.get(name.toLowerCase());
    if (field?.type === 'reference' && typeof value === 'string') checkReference(org, field, value);
    if (field?.unique !== true) continue;
    const other = org
      .store(object.name)
      .having(name, value)
      .find((row) => row !== current && !row.IsDeleted);
    if (other !== undefined) {
      const message = `duplicate value found: ${name} duplicates value on record with id: ${other.Id.slice(0, 15)}`;
      throw recordError('DUPLICATE_VALUE', message);
    }
  }
  checkObjectRules(org, object.name, values, current);
  checkValidationRules(org, object.name, values, current);
  if (!mode.asPerson && org.duplicateRules.length > 0) {
    checkDuplicateRules(org, object, values, current, mode.duplicates);
  }
}

function checkReference(org: Org, field: Field, id: string): void {
  const parent = org.schema.findByPrefix(id.slice(0, 3));
  if (parent === undefined || !field.referenceTo.includes(parent.name)) {
    throw recordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  }
  const row = org.store(parent.name).get(id);
  if (row === undefined) throw recordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (row.IsDeleted) throw recordError('ENTITY_IS_DELETED', 'entity is deleted');
}
