import type { FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import { readerOf } from '../computed-fields.ts';
import { noSuchColumn, SalesforceError } from '../errors.ts';
import { attributesJson, type FieldWriter, fieldWriter } from '../record-json.ts';
import type { Row, Value } from '../row.ts';
import type { Field } from '../schema/field.ts';
import { type ObjectSchema, visibleField } from '../schema/object-schema.ts';
import { toWireDatetime } from '../wire-time.ts';
import { type Hop, pathNames, resolveParent } from './field-path.ts';
import { malformed, noSuchColumnInQuery, type QuerySource } from './query-source.ts';

/** A column of a flat result, as bulk query jobs write it to CSV. */
export interface FlatColumn {
  /** `Account.Name` */
  header: string;
  text(row: Row): string;
}

/** What a SELECT list asks of each row. */
export interface SelectList {
  /** The row as a JSON record with its attributes. */
  write: FieldWriter;
  columns: readonly FlatColumn[];
  /** The first field, for semi-joins. */
  readFirst(row: Row): Value;
}

/** Compiles a subquery of the SELECT list into a writer of its nested result. */
export type ChildWriter = (item: Extract<SelectItem, { type: 'FieldSubquery' }>) => {
  key: string;
  write: FieldWriter;
};

/** One level of the nested record: its own fields, and parents below it. */
interface Level {
  object: ObjectSchema;
  writers: Map<string, FieldWriter>;
  parents: Map<string, { hop: Hop; level: Level }>;
}

/** @throws SalesforceError INVALID_FIELD, MALFORMED_QUERY */
export function compileSelectList(
  source: QuerySource,
  object: ObjectSchema,
  alias: string | undefined,
  items: readonly SelectItem[],
  limit: number | undefined,
  childWriter: ChildWriter,
): SelectList {
  const top: Level = { object, writers: new Map(), parents: new Map() };
  const columns: FlatColumn[] = [];
  let readFirst: ((row: Row) => Value) | undefined;

  function select(names: readonly string[]): void {
    let level = top;
    const hops: Hop[] = [];
    const header: string[] = [];
    for (const name of names.slice(0, -1)) {
      const step = resolveParent(source, level.object, name);
      const key = step.reference.relationshipName ?? name;
      let below = level.parents.get(key);
      if (below === undefined) {
        below = { hop: step.hop, level: { object: step.parent, writers: new Map(), parents: new Map() } };
        level.parents.set(key, below);
      }
      hops.push(step.hop);
      header.push(key);
      level = below.level;
    }
    const last = names.at(-1) ?? '';
    const field = visibleField(level.object, last);
    if (field === undefined) throw noSuchColumnInQuery(source, last, level.object.name);
    if (level.writers.has(field.name)) throw malformed(`duplicate field selected: ${field.name}`);
    level.writers.set(field.name, fieldWriter(level.object, field));
    const read = overHops(hops, readerOf(level.object, field));
    readFirst ??= read;
    columns.push({ header: [...header, field.name].join('.'), text: (row) => flatText(field, read(row)) });
  }

  for (const item of items) {
    switch (item.type) {
      case 'Field':
        select(pathNames(item.field, object, alias));
        break;
      case 'FieldRelationship':
        select(pathNames([...item.relationships, item.field].join('.'), object, alias));
        break;
      case 'FieldFunctionExpression':
        for (const field of fieldsOfFunction(object, item.functionName, item.parameters, limit))
          select([field.name]);
        break;
      case 'FieldSubquery': {
        const child = childWriter(item);
        top.writers.set(child.key, child.write);
        break;
      }
      default:
        throw malformed('TYPEOF is not supported');
    }
  }
  return { write: levelWriter(source.version, top), columns, readFirst: readFirst ?? ((row) => row.Id) };
}

function levelWriter(version: string, { object, writers, parents }: Level): FieldWriter {
  const parts: FieldWriter[] = [];
  for (const [name, write] of writers) {
    const key = `,"${name}":`;
    parts.push((row) => key + write(row));
  }
  for (const [name, { hop, level }] of parents) {
    const key = `,"${name}":`;
    const write = levelWriter(version, level);
    parts.push((row) => {
      const parent = hop(row);
      return key + (parent === undefined ? 'null' : write(parent));
    });
  }
  return (row) => {
    let json = `{${attributesJson(version, object.name, row.Id)}`;
    for (const part of parts) json += part(row);
    return `${json}}`;
  };
}

function overHops(hops: readonly Hop[], read: (row: Row) => Value): (row: Row) => Value {
  if (hops.length === 0) return read;
  return (row) => {
    let at: Row | undefined = row;
    for (const hop of hops) at = at === undefined ? undefined : hop(at);
    return at === undefined ? null : read(at);
  };
}

function flatText(field: Field, value: Value): string {
  if (value === null) return '';
  return field.type === 'datetime' && typeof value === 'number' ? toWireDatetime(value) : String(value);
}

/** `FIELDS(ALL)` and its kin; Salesforce wants a LIMIT of at most 200 with custom fields in it. */
function fieldsOfFunction(
  object: ObjectSchema,
  name: string,
  parameters: readonly unknown[],
  limit: number | undefined,
): Field[] {
  const which = String(parameters[0] ?? '').toUpperCase();
  if (name.toUpperCase() !== 'FIELDS') throw noSuchColumn(name, object.name);
  if (which !== 'STANDARD' && (limit === undefined || limit > 200)) {
    throw new SalesforceError('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  return [...object.fields.values()].filter(
    (field) =>
      !object.hidden.has(field.name.toLowerCase()) &&
      (which === 'ALL' || field.custom === (which === 'CUSTOM')),
  );
}
