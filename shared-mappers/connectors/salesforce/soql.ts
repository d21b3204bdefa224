import { type Instant, toIsoSeconds } from '../../model/instant.ts';

/** A quoted string literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

export interface Query {
  readonly object: string;
  readonly columns: readonly string[];
  /** Conditions that must all hold. */
  readonly where?: readonly string[];
  readonly orderBy?: string;
}

export function toSoql({ object, columns, where = [], orderBy }: Query): string {
  const condition = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy}`;
  return `SELECT ${columns.join(', ')} FROM ${object}${condition}${order}`;
}

export function since(field: string, at: Instant): string {
  return `${field} >= ${toIsoSeconds(at)}`;
}

export function isOneOf(field: string, values: readonly string[]): string {
  return `${field} IN (${values.map(quote).join(',')})`;
}

export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join() : `(${conditions.join(' OR ')})`;
}

/** The server refuses a URI with its headers above 16 KB (414 or 431); the rest is left for columns and headers. */
const LONGEST_LIST = 9_000;
const LONGEST_LIST_VALUES = 200;

/** Cuts the values of an `IN` list so that each query fits into a URI. */
export function queryLists(values: readonly string[]): string[][] {
  const lists: string[][] = [];
  let list: string[] = [];
  let length = 0;
  for (const value of values) {
    const added = encodeURIComponent(`${quote(value)},`).length;
    if (list.length === LONGEST_LIST_VALUES || (list.length > 0 && length + added > LONGEST_LIST)) {
      lists.push(list);
      list = [];
      length = 0;
    }
    list.push(value);
    length += added;
  }
  if (list.length > 0) lists.push(list);
  return lists;
}
