import type { GroupByClause, FieldType as SelectItem } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../row.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { toWireDatetime } from '../wire-time.ts';
import { compare } from './condition.ts';
import { type FieldPath, pathNames, resolvePath } from './field-path.ts';
import { malformed, type QuerySource } from './query-source.ts';

interface Column {
  key: string;
  path: FieldPath | undefined;
  fold(values: Value[]): Value;
}

/** Makes the AggregateResult records of a grouped query, as JSON text. */
export type Aggregation = (rows: Iterable<Row>) => string[];

const FOLDS: Readonly<Record<string, (values: Value[]) => Value>> = {
  COUNT: (values) => values.filter((value) => value !== null).length,
  COUNT_DISTINCT: (values) => new Set(values.filter((value) => value !== null)).size,
  MIN: (values) => extreme(values, -1),
  MAX: (values) => extreme(values, 1),
  SUM: (values) => sum(values),
  AVG: (values) => {
    const present = values.filter((value) => value !== null);
    const total = sum(present);
    return typeof total === 'number' ? total / present.length : null;
  },
};

/** Whether the query answers groups and not records. `COUNT()` alone is neither. */
export function isAggregate(items: readonly SelectItem[], groupBy: unknown): boolean {
  return (
    groupBy !== undefined ||
    items.some((item) => item.type === 'FieldFunctionExpression' && item.isAggregateFn === true)
  );
}

/** @throws SalesforceError INVALID_FIELD, MALFORMED_QUERY */
export function compileAggregation(
  source: QuerySource,
  object: ObjectSchema,
  alias: string | undefined,
  items: readonly SelectItem[],
  groupBy: GroupByClause | GroupByClause[] | undefined,
): Aggregation {
  const clauses = groupBy === undefined ? [] : Array.isArray(groupBy) ? groupBy : [groupBy];
  const groups = clauses.map((clause) => {
    if (!('field' in clause)) throw malformed('functions are not supported in this GROUP BY clause');
    return resolvePath(source, object, pathNames(clause.field, object, alias));
  });
  let unnamed = 0;
  const columns = items.map((item): Column => {
    if (item.type === 'Field') {
      const path = resolvePath(source, object, pathNames(item.field, object, alias));
      if (!groups.some(({ field }) => field === path.field)) {
        throw malformed(`Field must be grouped or aggregated: ${path.field.name}`);
      }
      return { key: item.alias ?? path.field.name, path, fold: ([first]) => first ?? null };
    }
    const fold = item.type === 'FieldFunctionExpression' ? FOLDS[item.functionName.toUpperCase()] : undefined;
    if (item.type !== 'FieldFunctionExpression' || fold === undefined)
      throw malformed('not supported beside GROUP BY');
    const [parameter] = item.parameters;
    const path =
      typeof parameter === 'string'
        ? resolvePath(source, object, pathNames(parameter, object, alias))
        : undefined;
    const key = item.alias ?? `expr${unnamed++}`;
    return { key, path, fold: path === undefined ? (values) => values.length : fold };
  });

  return (rows) => {
    const members = new Map<string, Row[]>();
    if (groups.length === 0) members.set('', []);
    for (const row of rows) {
      const key = JSON.stringify(groups.map(({ read }) => read(row)));
      const group = groups.length === 0 ? members.get('') : members.get(key);
      if (group === undefined) members.set(key, [row]);
      else group.push(row);
    }
    return [...members.values()].map((group) => {
      const record: Record<string, unknown> = { attributes: { type: 'AggregateResult' } };
      for (const { key, path, fold } of columns) {
        const value = fold(group.map((row) => (path === undefined ? row.Id : path.read(row))));
        const isTime = path?.field.type === 'datetime' && typeof value === 'number' && fold !== FOLDS.COUNT;
        record[key] = isTime ? toWireDatetime(value) : value;
      }
      return JSON.stringify(record);
    });
  };
}

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  let best: Value = null;
  for (const value of values)
    if (value !== null && (best === null || compare(value, best) === sign)) best = value;
  return best;
}

function sum(values: readonly Value[]): Value {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0);
}
