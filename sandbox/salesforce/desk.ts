import type { AdminListing, AdminPage, AdminRecord, Desk } from '../simulator.ts';
import { readerOf } from './computed-fields.ts';
import { deleteRecord, insertRecord, updateRecord, type WriteMode } from './dml.ts';
import type { Org } from './org.ts';
import { toId18 } from './record-id.ts';
import { parseRecord } from './record-input.ts';
import type { Row } from './row.ts';
import type { ObjectSchema } from './schema/object-schema.ts';
import { toWireDatetime } from './wire-time.ts';

const AS_PERSON: WriteMode = { asPerson: true, duplicates: { allowSave: true, includeRecordDetails: false } };

/** Salesforce's own screens: all fields, hidden ones too, and records in the bin. Collections are object names. */
export function deskOf(org: Org): Desk {
  return {
    list(collection: string, page: AdminPage): AdminListing {
      const object = org.schema.get(collection);
      const store = org.store(object.name);
      return { total: store.size, records: rowsOf(store, page).map((row) => shown(object, row)) };
    },
    create(collection: string, values: AdminRecord): string {
      const object = org.schema.get(collection);
      return insertRecord(org, object, parseRecord(org, object, values, true), AS_PERSON).Id;
    },
    edit(collection: string, id: string, values: AdminRecord): void {
      const object = org.schema.get(collection);
      updateRecord(org, object, id, parseRecord(org, object, values, true), AS_PERSON);
    },
    remove(collection: string, id: string): void {
      deleteRecord(org, org.schema.get(collection), id, AS_PERSON);
    },
  };
}

function rowsOf(store: ReturnType<Org['store']>, { ids, limit, offset }: AdminPage): Row[] {
  if (ids !== undefined) return ids.flatMap((id) => store.get(toId18(id) ?? '') ?? []);
  return store.rows().drop(offset).take(limit).toArray();
}

/** Every field that holds something. */
function shown(object: ObjectSchema, row: Row): AdminRecord {
  const record: AdminRecord = {};
  for (const field of object.fields.values()) {
    if (field.type === 'address') continue;
    const value = readerOf(object, field)(row);
    if (value === null) continue;
    record[field.name] =
      field.type === 'datetime' && typeof value === 'number' ? toWireDatetime(value) : value;
  }
  return record;
}
