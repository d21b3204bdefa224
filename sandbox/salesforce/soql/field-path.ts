import { isComputed, type Reader, readerOf } from '../computed-fields.ts';
import type { Row } from '../row.ts';
import type { Field } from '../schema/field.ts';
import { type ObjectSchema, relationshipField, visibleField } from '../schema/object-schema.ts';
import { noSuchColumnInQuery, noSuchRelationship, type QuerySource } from './query-source.ts';

/** A field as a query names it, over parents: `Email`, `Account.Owner.Name`. */
export interface FieldPath {
  field: Field;
  read: Reader;
  /** The stored field of the queried object itself, which indexes know; undefined over parents or when computed. */
  indexed: string | undefined;
}

/** Follows a reference to the parent row; undefined where it is empty or the parent is gone. */
export type Hop = (row: Row) => Row | undefined;

export interface ParentStep {
  reference: Field;
  parent: ObjectSchema;
  hop: Hop;
}

/** @throws SalesforceError INVALID_FIELD for what does not exist or is hidden */
export function resolvePath(source: QuerySource, object: ObjectSchema, names: readonly string[]): FieldPath {
  const last = names.at(-1) ?? '';
  let current = object;
  const hops: Hop[] = [];
  for (const name of names.slice(0, -1)) {
    const step = resolveParent(source, current, name);
    hops.push(step.hop);
    current = step.parent;
  }
  const field = visibleField(current, last);
  if (field === undefined) throw noSuchColumnInQuery(source, last, current.name);
  const readLast = readerOf(current, field);
  if (hops.length === 0) {
    return { field, read: readLast, indexed: isComputed(object, field) ? undefined : field.name };
  }
  return {
    field,
    indexed: undefined,
    read: (row) => {
      let at: Row | undefined = row;
      for (const hop of hops) at = at === undefined ? undefined : hop(at);
      return at === undefined ? null : readLast(at);
    },
  };
}

/** @throws SalesforceError INVALID_FIELD */
export function resolveParent(source: QuerySource, object: ObjectSchema, relationship: string): ParentStep {
  const reference = relationshipField(object, relationship);
  // Of several possible parents the first stands for all: their shared fields have the same names.
  const parent = source.org.schema.find(
    reference?.referenceTo.find((name) => source.org.schema.find(name)) ?? '',
  );
  if (reference === undefined || parent === undefined) throw noSuchRelationship(source, relationship);
  const { name } = reference;
  return {
    reference,
    parent,
    hop: (row) => {
      const id = row[name];
      return typeof id === 'string' ? source.org.follow(id) : undefined;
    },
  };
}

/** The names of a dotted path, without the alias of the queried object in front. */
export function pathNames(field: string, object: ObjectSchema, alias: string | undefined): string[] {
  const names = field.split('.');
  const [first] = names;
  const isPrefix =
    first !== undefined &&
    names.length > 1 &&
    [alias, object.name].some((name) => name?.toLowerCase() === first.toLowerCase());
  return isPrefix && relationshipField(object, first) === undefined ? names.slice(1) : names;
}
