import { addressOf, readerOf } from './computed-fields.ts';
import type { Row } from './row.ts';
import type { Field } from './schema/field.ts';
import type { ObjectSchema } from './schema/object-schema.ts';
import { toWireDatetime } from './wire-time.ts';

/** The API path of a record, relative to the instance. */
export function recordUrl(version: string, object: string, id: string): string {
  return `/services/data/v${version}/sobjects/${object}/${id}`;
}

/** Writes a field's value as JSON text. Rows come by the thousand, so their text is put together directly. */
export type FieldWriter = (row: Row) => string;

export function fieldWriter(object: ObjectSchema, field: Field): FieldWriter {
  if (field.type === 'address') return (row) => JSON.stringify(addressOf(field, row));
  const read = readerOf(object, field);
  if (field.type === 'datetime') {
    return (row) => {
      const value = read(row);
      return typeof value === 'number' ? `"${toWireDatetime(value)}"` : 'null';
    };
  }
  return (row) => {
    const value = read(row);
    return value === null ? 'null' : typeof value === 'string' ? JSON.stringify(value) : String(value);
  };
}

/** The opening of a record's JSON: its attributes. */
export function attributesJson(version: string, object: string, id: string): string {
  return `"attributes":{"type":"${object}","url":"${recordUrl(version, object, id)}"}`;
}

/** A whole record, all fields the user may see, as the single-record call answers it. */
export function recordJson(version: string, object: ObjectSchema, row: Row, only?: readonly Field[]): string {
  const fields =
    only ?? [...object.fields.values()].filter(({ name }) => !object.hidden.has(name.toLowerCase()));
  const parts = fields.map((field) => `"${field.name}":${fieldWriter(object, field)(row)}`);
  return `{${[attributesJson(version, object.name, row.Id), ...parts].join(',')}}`;
}
