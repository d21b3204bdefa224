import type { Answer } from '../../simulator.ts';
import { deleteRecord, insertRecord, updateRecord } from '../dml.ts';
import { noSuchColumn, notFound, SalesforceError } from '../errors.ts';
import { parseValue } from '../field-value.ts';
import type { Org } from '../org.ts';
import { isJsonObject, parseRecord } from '../record-input.ts';
import { recordJson, recordUrl } from '../record-json.ts';
import type { Row } from '../row.ts';
import { type ObjectSchema, visibleField } from '../schema/object-schema.ts';
import { AmbiguousUpsert, findByKey, upsertKey, upsertRecord } from '../upsert.ts';
import { checkUnmodified, entityTag, isUnchangedFor, lastModified } from './conditional.ts';
import { type ApiCall, type Endpoint, param, writeMode } from './endpoint.ts';

/** Records one at a time: create, read, update, delete, by id and by external id. */
export function sobjectRowEndpoints(org: Org): Endpoint[] {
  const objectOf = (call: ApiCall): ObjectSchema => objectNamed(org, param(call, 'object'));

  const create = (call: ApiCall): Answer => {
    const object = objectOf(call);
    refuseField(call.body, 'Id');
    const row = insertRecord(org, object, parseRecord(org, object, call.body), writeMode(call));
    return created(call, object, row);
  };

  const read = (call: ApiCall): Answer =>
    show(call, objectOf(call), readable(org, objectOf(call), param(call, 'id')));

  const update = (call: ApiCall): Answer => {
    const object = objectOf(call);
    refuseField(call.body, 'Id');
    const input = parseRecord(org, object, call.body);
    const current = org.findById(param(call, 'id'))?.row;
    if (current !== undefined) checkUnmodified(call, object, current);
    updateRecord(org, object, param(call, 'id'), input, writeMode(call));
    return { status: 204 };
  };

  const remove = (call: ApiCall): Answer => {
    deleteRecord(org, objectOf(call), param(call, 'id'), writeMode(call));
    return { status: 204 };
  };

  const byKey = (call: ApiCall, act: (object: ObjectSchema, row: Row) => Answer): Answer => {
    const object = objectOf(call);
    const key = upsertKey(object, param(call, 'field'));
    const rows = findByKey(org, object, key, parseValue(key, param(call, 'value')));
    const [row] = rows;
    if (row === undefined) throw notFound();
    return rows.length > 1 ? ambiguous(call, object, rows) : act(object, row);
  };

  const upsert = (call: ApiCall): Answer => {
    const object = objectOf(call);
    const key = upsertKey(object, param(call, 'field'));
    refuseField(call.body, key.name);
    const input = parseRecord(org, object, call.body);
    try {
      const result = upsertRecord(org, object, key, param(call, 'value'), input, writeMode(call));
      if (result.created) return created(call, object, result.row, { created: true });
      // Before version 46 an update had nothing to say.
      if (Number(call.version) < 46) return { status: 204 };
      return { status: 200, body: { id: result.row.Id, success: true, errors: [], created: false } };
    } catch (error) {
      if (error instanceof AmbiguousUpsert) return ambiguous(call, object, error.rows);
      throw error;
    }
  };

  return [
    { method: 'POST', path: '/sobjects/:object', operation: 'create', handle: create },
    { method: 'GET', path: '/sobjects/:object/:id', operation: 'read', handle: read },
    { method: 'PATCH', path: '/sobjects/:object/:id', operation: 'update', handle: update },
    { method: 'DELETE', path: '/sobjects/:object/:id', operation: 'delete', handle: remove },
    {
      method: 'GET',
      path: '/sobjects/:object/:field/:value',
      operation: 'read-by-key',
      handle: (call) => byKey(call, (object, row) => show(call, object, row)),
    },
    { method: 'PATCH', path: '/sobjects/:object/:field/:value', operation: 'upsert', handle: upsert },
    {
      method: 'DELETE',
      path: '/sobjects/:object/:field/:value',
      operation: 'delete-by-key',
      handle: (call) =>
        byKey(call, (object, row) => {
          deleteRecord(org, object, row.Id, writeMode(call));
          return { status: 204 };
        }),
    },
  ];
}

/** @throws SalesforceError NOT_FOUND */
export function objectNamed(org: Org, name: string): ObjectSchema {
  const object = org.schema.find(name);
  if (object === undefined) throw notFound();
  return object;
}

function readable(org: Org, object: ObjectSchema, id: string): Row {
  const found = org.findById(id);
  if (found === undefined || found.object !== object || found.row.IsDeleted) throw notFound();
  return found.row;
}

function show(call: ApiCall, object: ObjectSchema, row: Row): Answer {
  const headers = { 'last-modified': lastModified(row), ...entityTag(object, row) };
  if (isUnchangedFor(call, object, row)) return { status: 304, headers };
  const only = call.query.fields?.split(',').map((name) => {
    const field = visibleField(object, name.trim());
    if (field === undefined) throw noSuchColumn(name, object.name);
    return field;
  });
  if (only !== undefined && !only.some(({ name }) => name === 'Id')) {
    const id = visibleField(object, 'Id');
    if (id !== undefined) only.push(id);
  }
  return { status: 200, headers, body: recordJson(call.version, object, row, only) };
}

function created(call: ApiCall, object: ObjectSchema, row: Row, extra: Record<string, unknown> = {}): Answer {
  return {
    status: 201,
    headers: { location: recordUrl(call.version, object.name, row.Id) },
    body: { id: row.Id, success: true, errors: [], ...extra },
  };
}

function ambiguous(call: ApiCall, object: ObjectSchema, rows: readonly Row[]): Answer {
  return { status: 300, body: rows.map((row) => recordUrl(call.version, object.name, row.Id)) };
}

/** What the path already names must not be in the body. */
function refuseField(body: unknown, name: string): void {
  if (!isJsonObject(body)) return;
  if (Object.keys(body).some((key) => key.toLowerCase() === name.toLowerCase())) {
    throw new SalesforceError(
      'INVALID_FIELD',
      `The ${name} field should not be specified in the sobject data.`,
    );
  }
}
