import type { Answer } from '../../simulator.ts';
import { deleteRecord, insertRecord, updateRecord, type WriteMode } from '../dml.ts';
import { noSuchColumn, SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import { isJsonObject, parseRecord, type RecordInput } from '../record-input.ts';
import { recordJson } from '../record-json.ts';
import { type ObjectSchema, visibleField } from '../schema/object-schema.ts';
import { noSuchObject } from '../soql/query-source.ts';
import { AmbiguousUpsert, upsertKey, upsertRecord } from '../upsert.ts';
import { type ApiCall, type Endpoint, param, writeMode } from './endpoint.ts';
import { objectNamed } from './sobject-rows.ts';

/** Vendor limits of one call. */
const MAX_RECORDS = 200;
const MAX_RETRIEVED = 2000;
const MAX_TYPE_CHUNKS = 10;

interface SaveResult {
  id?: string;
  success: boolean;
  errors: Array<{ statusCode: string; message: string; fields: readonly string[] }>;
  created?: boolean;
}

/** One record of a collection: where it goes, its id or external id, its values. */
interface Item {
  object: ObjectSchema;
  id: unknown;
  input: RecordInput;
}

/** Up to 200 records in one call: answered 200 whatever becomes of them, each with its own result. */
export function collectionEndpoints(org: Org): Endpoint[] {
  const create = (call: ApiCall): Answer => {
    const mode = writeMode(call);
    const items = readItems(org, call, 'Id');
    return save(org, wantsAllOrNone(call), items, ({ object, id, input }) => {
      if (id !== undefined)
        throw new SalesforceError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call');
      return { id: insertRecord(org, object, input, mode).Id, success: true, errors: [] };
    });
  };

  const update = (call: ApiCall): Answer => {
    const mode = writeMode(call);
    const items = readItems(org, call, 'Id');
    return save(org, wantsAllOrNone(call), items, ({ object, id, input }) => {
      if (typeof id !== 'string')
        throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call');
      return { id: updateRecord(org, object, id, input, mode).Id, success: true, errors: [] };
    });
  };

  const upsert = (call: ApiCall): Answer => {
    const mode = writeMode(call);
    const object = objectNamed(org, param(call, 'object'));
    const key = upsertKey(object, param(call, 'field'));
    const items = readItems(org, call, key.name, object);
    const twice = valuesMetTwice(items);
    return save(org, wantsAllOrNone(call), items, ({ id, input }) => {
      if (twice.has(foldKey(id))) {
        throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(id)}`);
      }
      const { row, created } = upsertRecord(org, object, key, id, input, mode);
      return { id: row.Id, success: true, errors: [], created };
    });
  };

  const remove = (call: ApiCall): Answer => {
    const mode = writeMode(call);
    const ids = call.query.ids?.split(',').filter((id) => id !== '') ?? [];
    checkCount(ids.length, MAX_RECORDS);
    return save(org, call.query.allOrNone === 'true', ids, (id) => removeOne(org, id, mode));
  };

  const retrieve = (call: ApiCall): Answer => {
    const object = objectNamed(org, param(call, 'object'));
    const { ids, fields } = retrieveRequest(call);
    checkCount(ids.length, MAX_RETRIEVED);
    const only = ['Id', ...fields.filter((name) => name.toLowerCase() !== 'id')].map((name) => {
      const field = visibleField(object, name);
      if (field === undefined) throw noSuchColumn(name, object.name);
      return field;
    });
    const records = ids.map((id) => {
      const found = org.findById(id);
      const isShown = found !== undefined && found.object === object && !found.row.IsDeleted;
      return isShown ? recordJson(call.version, object, found.row, only) : 'null';
    });
    return { status: 200, body: `[${records.join(',')}]` };
  };

  return [
    { method: 'POST', path: '/composite/sobjects', operation: 'collection-create', handle: create },
    { method: 'PATCH', path: '/composite/sobjects', operation: 'collection-update', handle: update },
    { method: 'DELETE', path: '/composite/sobjects', operation: 'collection-delete', handle: remove },
    {
      method: 'PATCH',
      path: '/composite/sobjects/:object/:field',
      operation: 'collection-upsert',
      handle: upsert,
    },
    {
      method: 'POST',
      path: '/composite/sobjects/:object',
      operation: 'collection-retrieve',
      handle: retrieve,
    },
    {
      method: 'GET',
      path: '/composite/sobjects/:object',
      operation: 'collection-retrieve',
      handle: retrieve,
    },
  ];
}

/** A record's failure as a collection words it: `statusCode`, and no id. */
function failure(error: SalesforceError): SaveResult {
  const { errorCode: statusCode, message, fields = [] } = error;
  return { success: false, errors: [{ statusCode, message, fields }] };
}

const ROLLED_BACK = new SalesforceError(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

function save<T>(org: Org, allOrNone: boolean, items: readonly T[], one: (item: T) => SaveResult): Answer {
  const saveOne = (item: T): SaveResult => {
    try {
      return one(item);
    } catch (error) {
      if (error instanceof SalesforceError) return failure(error);
      if (error instanceof AmbiguousUpsert) {
        return failure(
          new SalesforceError('DUPLICATE_EXTERNAL_ID', `${error.message}: ${error.rows.length} records`),
        );
      }
      throw error;
    }
  };
  if (!allOrNone) return { status: 200, body: items.map(saveOne) };
  let results: SaveResult[] = [];
  org.transaction(() => {
    results = items.map(saveOne);
    return results.every(({ success }) => success);
  });
  if (!results.every(({ success }) => success)) {
    results = results.map((result) => (result.success ? failure(ROLLED_BACK) : result));
  }
  return { status: 200, body: results };
}

/** Reads all records before the first is written: what the parser refuses, it refuses for the whole call. */
function readItems(org: Org, call: ApiCall, key: string, only?: ObjectSchema): Item[] {
  const records = isJsonObject(call.body) ? call.body.records : undefined;
  if (!Array.isArray(records)) {
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required to hold a list of records.',
    );
  }
  checkCount(records.length, MAX_RECORDS);
  let chunks = 0;
  let previous: ObjectSchema | undefined;
  const items = records.map((record: unknown): Item => {
    const object = typeOf(org, record);
    if (only !== undefined && object !== only) {
      throw new SalesforceError('INVALID_TYPE', `Record type does not match request type: ${only.name}`);
    }
    if (object !== previous) chunks += 1;
    previous = object;
    const { id, rest } = takeKey(record, key);
    return { object, id, input: parseRecord(org, object, rest) };
  });
  if (chunks > MAX_TYPE_CHUNKS) {
    const message = `Cannot have more than ${MAX_TYPE_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`;
    throw new SalesforceError('LIMIT_EXCEEDED', message);
  }
  return items;
}

function typeOf(org: Org, record: unknown): ObjectSchema {
  const attributes = isJsonObject(record) ? record.attributes : undefined;
  const type = isJsonObject(attributes) ? attributes.type : undefined;
  if (typeof type !== 'string')
    throw new SalesforceError('INVALID_TYPE', 'attributes: type is required in a record');
  const object = org.schema.find(type);
  if (object === undefined) throw noSuchObject(type);
  return object;
}

function takeKey(record: unknown, key: string): { id: unknown; rest: Record<string, unknown> } {
  if (!isJsonObject(record)) return { id: undefined, rest: {} };
  const rest = { ...record };
  const name = Object.keys(rest).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  if (name === undefined) return { id: undefined, rest };
  const id = rest[name];
  delete rest[name];
  return { id, rest };
}

function wantsAllOrNone({ body }: ApiCall): boolean {
  return isJsonObject(body) && body.allOrNone === true;
}

/** Records of one call that share an external id are all refused: which would be last is not defined. */
function valuesMetTwice(items: readonly Item[]): Set<unknown> {
  const met = new Set<unknown>();
  const twice = new Set<unknown>();
  for (const { id } of items) {
    const key = foldKey(id);
    if (key === undefined || key === null) continue;
    if (met.has(key)) twice.add(key);
    met.add(key);
  }
  return twice;
}

function foldKey(id: unknown): unknown {
  return typeof id === 'string' ? id.trim().toLowerCase() : id;
}

function removeOne(org: Org, id: string, mode: WriteMode): SaveResult {
  const object = org.schema.findByPrefix(id.slice(0, 3));
  if (object === undefined) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
  deleteRecord(org, object, id, mode);
  return { id, success: true, errors: [] };
}

function retrieveRequest(call: ApiCall): { ids: string[]; fields: string[] } {
  if (call.method === 'GET') {
    return { ids: call.query.ids?.split(',') ?? [], fields: call.query.fields?.split(',') ?? [] };
  }
  const { ids, fields } = isJsonObject(call.body) ? call.body : {};
  return { ids: texts(ids), fields: texts(fields) };
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function checkCount(count: number, max: number): void {
  if (count <= max) return;
  const message = `record limit reached. cannot submit more than ${max} records into this call`;
  throw new SalesforceError('EXCEEDED_ID_LIMIT', message);
}
