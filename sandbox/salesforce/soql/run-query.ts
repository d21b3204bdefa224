import { parseQuery, type Query, type QueryBase, type WhereClause } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import type { Row, Value } from '../row.ts';
import { childRelationshipName } from '../schema/child-relationship.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { accessPath, type Filter } from './access-path.ts';
import { compileAggregation, isAggregate } from './aggregate.ts';
import { compileCondition, type Predicate } from './condition.ts';
import { Ordering } from './ordering.ts';
import { malformed, noSuchObject, noSuchRelationship, type QuerySource } from './query-source.ts';
import { compileSelectList, type FlatColumn, type SelectList } from './select-list.ts';
import { type WhereTree, whereTree } from './where-tree.ts';

/** Vendor limits. */
const MAX_SOQL_CHARS = 100_000;
const MAX_OFFSET = 2000;

/** What a query found, not yet written out. */
export interface QueryResult {
  totalSize: number;
  /** Number of records to hand out; 0 for `COUNT()`. */
  length: number;
  /** Record i as JSON text. */
  writeAt(i: number): string;
  /** Columns and rows for flat output; undefined for grouped results. */
  flat: { columns: readonly FlatColumn[]; rows: readonly Row[] } | undefined;
}

/**
 * Runs a SOQL query.
 * @param includeDeleted as queryAll does: what is in the recycle bin, too
 * @throws SalesforceError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE and others
 */
export function runQuery(org: Org, soql: string, version: string, includeDeleted: boolean): QueryResult {
  if (soql.length > MAX_SOQL_CHARS) {
    throw new SalesforceError(
      'QUERY_TOO_COMPLICATED',
      `SOQL statements cannot be longer than ${MAX_SOQL_CHARS} characters.`,
    );
  }
  return execute({ org, soql, version }, parse(soql), includeDeleted);
}

function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw malformed(error instanceof Error ? `unexpected token: ${error.message}` : 'unexpected token');
  }
}

function execute(source: QuerySource, query: Query, includeDeleted: boolean): QueryResult {
  const object = source.org.schema.find(query.sObject ?? '');
  if (object === undefined) throw noSuchObject(query.sObject ?? '');
  const items = query.fields ?? [];
  const [only] = items;
  const isCount =
    items.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.rawValue?.toUpperCase() === 'COUNT()';
  if (isCount) {
    const { length } = matchingRows(source, object, query, includeDeleted);
    return { totalSize: length, length: 0, writeAt: () => '', flat: undefined };
  }
  if (isAggregate(items, query.groupBy)) {
    if (query.having !== undefined) throw malformed('HAVING is not supported');
    const aggregate = compileAggregation(source, object, query.sObjectAlias, items, query.groupBy);
    const { limit: _limit, orderBy: _orderBy, offset: _offset, ...unordered } = query;
    const groups = aggregate(matchingRows(source, object, unordered, includeDeleted)).slice(0, query.limit);
    return {
      totalSize: groups.length,
      length: groups.length,
      writeAt: (i) => groups[i] ?? '',
      flat: undefined,
    };
  }
  const list = selectList(source, object, query, includeDeleted);
  const rows = matchingRows(source, object, query, includeDeleted);
  return {
    totalSize: rows.length,
    length: rows.length,
    writeAt: (i) => {
      const row = rows[i];
      return row === undefined ? 'null' : list.write(row);
    },
    flat: { columns: list.columns, rows },
  };
}

function matchingRows(
  source: QuerySource,
  object: ObjectSchema,
  query: QueryBase,
  includeDeleted: boolean,
  among?: Iterable<Row>,
): Row[] {
  const { org } = source;
  const offset = query.offset ?? 0;
  if (offset > MAX_OFFSET) {
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  const filter =
    query.where === undefined ? undefined : compileFilter(source, object, query.sObjectAlias, query.where);
  const passes = filter === undefined ? () => true : predicateOf(filter);
  const ordering = new Ordering(source, object, query.sObjectAlias, query.orderBy);
  const path =
    among === undefined
      ? accessPath(org, object, filter, ordering.isByStamp)
      : { rows: () => among, order: 'none' as const };
  const isOrdered = ordering.isSatisfiedBy(path);
  const enough = isOrdered && query.limit !== undefined ? query.limit + offset : Number.POSITIVE_INFINITY;

  const found: Row[] = [];
  for (const row of path.rows()) {
    if (found.length >= enough) break;
    if (row.IsDeleted && (!includeDeleted || org.isPurged(row))) continue;
    if (passes(row)) found.push(row);
  }
  if (!isOrdered) ordering.sort(found);
  return offset === 0 && query.limit === undefined
    ? found
    : found.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
}

function compileFilter(
  source: QuerySource,
  object: ObjectSchema,
  alias: string | undefined,
  where: WhereClause,
): Filter {
  const semiJoin = (query: Query): Value[] => {
    const inner = source.org.schema.find(query.sObject ?? '');
    if (inner === undefined) throw noSuchObject(query.sObject ?? '');
    const list = selectList(source, inner, query, false);
    return matchingRows(source, inner, query, false).map((row) => list.readFirst(row));
  };
  const compile = (tree: WhereTree): Filter => {
    if (tree.kind === 'not') return { kind: 'not', item: compile(tree.item) };
    if (tree.kind === 'condition') {
      return {
        kind: 'condition',
        condition: compileCondition(source, object, alias, tree.condition, semiJoin),
      };
    }
    return { kind: tree.kind, items: tree.items.map(compile) };
  };
  return compile(whereTree(where));
}

function predicateOf(filter: Filter): Predicate {
  switch (filter.kind) {
    case 'condition':
      return filter.condition.test;
    case 'not': {
      const test = predicateOf(filter.item);
      return (row) => !test(row);
    }
    case 'and': {
      const tests = filter.items.map(predicateOf);
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = filter.items.map(predicateOf);
      return (row) => tests.some((test) => test(row));
    }
  }
}

function selectList(
  source: QuerySource,
  object: ObjectSchema,
  query: QueryBase,
  includeDeleted: boolean,
): SelectList {
  return compileSelectList(
    source,
    object,
    query.sObjectAlias,
    query.fields ?? [],
    query.limit,
    ({ subquery }) => {
      const { child, reference } = childRelationship(source, object, subquery.relationshipName);
      const list = selectList(source, child, subquery, includeDeleted);
      return {
        key: subquery.relationshipName,
        write: (parent) => {
          const children = source.org.store(child.name).having(reference, parent.Id);
          const rows = matchingRows(source, child, subquery, includeDeleted, children);
          if (rows.length === 0) return 'null';
          return `{"totalSize":${rows.length},"done":true,"records":[${rows.map(list.write).join(',')}]}`;
        },
      };
    },
  );
}

function childRelationship(
  source: QuerySource,
  parent: ObjectSchema,
  name: string,
): { child: ObjectSchema; reference: string } {
  for (const child of source.org.schema.objects()) {
    for (const field of child.fields.values()) {
      if (!field.referenceTo.includes(parent.name)) continue;
      const known = childRelationshipName(child, field.name);
      if (known?.toLowerCase() === name.toLowerCase()) return { child, reference: field.name };
    }
  }
  throw noSuchRelationship(source, name);
}
