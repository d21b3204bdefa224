import type { ConditionWithValueQuery } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../errors.ts';
import type { Row, Value } from '../row.ts';
import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { type FieldPath, pathNames, resolvePath } from './field-path.ts';
import { type Literal, readLiteral, unquote } from './literal.ts';
import { malformed, type QuerySource } from './query-source.ts';

export type Predicate = (row: Row) => boolean;

/** A condition ready to be tested, with what an index may make of it. */
export interface CompiledCondition {
  test: Predicate;
  path: FieldPath;
  operator: string;
  /** The compared values, where the condition compares with single values. */
  values: Value[] | undefined;
}

/** Answers a semi-join's inner query with its one column. */
export type SubqueryValues = (query: { sObject?: string }) => Value[];

/** @throws SalesforceError INVALID_FIELD, MALFORMED_QUERY */
export function compileCondition(
  source: QuerySource,
  object: ObjectSchema,
  alias: string | undefined,
  condition: ConditionWithValueQuery,
  subquery: SubqueryValues,
): CompiledCondition {
  if (!('field' in condition)) throw malformed('functions are not supported in this WHERE clause');
  const path = resolvePath(source, object, pathNames(condition.field, object, alias));
  const { operator } = condition;
  checkFilterable(path.field, operator);
  if ('valueQuery' in condition) {
    const values = subquery(condition.valueQuery);
    return { path, operator, values, test: membership(path, operator, values) };
  }
  const texts = Array.isArray(condition.value) ? condition.value : [condition.value];
  const { literalType } = condition;
  const nowMs = source.org.world.clock.now();
  const literals = texts.map((text, i) =>
    readLiteral(path.field, text, Array.isArray(literalType) ? literalType[i] : literalType, nowMs),
  );
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    return { path, operator, values: undefined, test: inclusion(path, operator, texts) };
  }
  if (operator === 'LIKE')
    return { path, operator, values: undefined, test: likeness(path, unquote(texts[0] ?? '')) };
  if (operator === 'IN' || operator === 'NOT IN') {
    const values = literals.map((literal) => (literal.kind === 'value' ? literal.value : literal.from));
    return { path, operator, values, test: membership(path, operator, values) };
  }
  const [literal] = literals;
  if (literal === undefined) throw malformed(`a value is missing after ${operator}`);
  const values = literal.kind === 'value' ? [literal.value] : undefined;
  return { path, operator, values, test: comparison(path, operator, literal) };
}

/** Text compares without regard to case, ids with it. */
export function comparable(field: Field, value: Value): Value {
  return typeof value === 'string' && field.type !== 'id' && field.type !== 'reference'
    ? value.toLowerCase()
    : value;
}

function checkFilterable(field: Field, operator: string): void {
  const isLongText = field.type === 'textarea' && field.length > 255;
  if (isLongText || field.type === 'address') {
    throw new SalesforceError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  }
  const isInclusion = operator === 'INCLUDES' || operator === 'EXCLUDES';
  if (isInclusion && field.type !== 'multipicklist') {
    throw new SalesforceError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
  }
}

function comparison({ field, read }: FieldPath, operator: string, literal: Literal): Predicate {
  const fold = (value: Value): Value => comparable(field, value);
  if (literal.kind === 'range') {
    const { from, to } = literal;
    const isIn: Predicate = (row) => compare(read(row), from) >= 0 && compare(read(row), to) < 0;
    const isSet: Predicate = (row) => read(row) !== null;
    switch (operator) {
      case '=':
        return (row) => isSet(row) && isIn(row);
      case '!=':
        return (row) => !isSet(row) || !isIn(row);
      case '<':
        return (row) => isSet(row) && compare(read(row), from) < 0;
      case '<=':
        return (row) => isSet(row) && compare(read(row), to) < 0;
      case '>':
        return (row) => isSet(row) && compare(read(row), to) >= 0;
      default:
        return (row) => isSet(row) && compare(read(row), from) >= 0;
    }
  }
  const wanted = fold(literal.value);
  const isOrdered = (test: (order: number) => boolean): Predicate => {
    if (wanted === null) return () => false;
    return (row) => {
      const value = read(row);
      return value !== null && test(compare(fold(value), wanted));
    };
  };
  switch (operator) {
    case '=':
      return (row) => fold(read(row)) === wanted;
    case '!=':
      return (row) => fold(read(row)) !== wanted;
    case '<':
      return isOrdered((order) => order < 0);
    case '<=':
      return isOrdered((order) => order <= 0);
    case '>':
      return isOrdered((order) => order > 0);
    case '>=':
      return isOrdered((order) => order >= 0);
    default:
      throw malformed(`unexpected token: ${operator}`);
  }
}

function membership({ field, read }: FieldPath, operator: string, values: readonly Value[]): Predicate {
  const wanted = new Set(values.map((value) => comparable(field, value)));
  return operator === 'IN'
    ? (row) => wanted.has(comparable(field, read(row)))
    : (row) => !wanted.has(comparable(field, read(row)));
}

function likeness({ read }: FieldPath, pattern: string): Predicate {
  const source = [...pattern]
    .map((char) =>
      char === '%' ? '.*' : char === '_' ? '.' : char.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
    )
    .join('');
  const regex = new RegExp(`^${source}$`, 'isu');
  return (row) => {
    const value = read(row);
    return typeof value === 'string' && regex.test(value);
  };
}

/** `INCLUDES ('a;b', 'c')`: a and b both chosen, or c. */
function inclusion({ read }: FieldPath, operator: string, texts: readonly string[]): Predicate {
  const wanted = texts.map((text) => unquote(text).toLowerCase().split(';'));
  const includes: Predicate = (row) => {
    const value = read(row);
    const chosen = typeof value === 'string' ? value.toLowerCase().split(';') : [];
    return wanted.some((all) => all.every((one) => chosen.includes(one)));
  };
  return operator === 'INCLUDES' ? includes : (row) => !includes(row);
}

/** Orders two present values of one field. */
export function compare(a: Value, b: Value): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}
