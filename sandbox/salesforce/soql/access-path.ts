import type { Org } from '../org.ts';
import { toId18 } from '../record-id.ts';
import type { Row } from '../row.ts';
import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { CompiledCondition } from './condition.ts';

/** The where clause with its conditions compiled. */
export type Filter =
  | { kind: 'and' | 'or'; items: Filter[] }
  | { kind: 'not'; item: Filter }
  | { kind: 'condition'; condition: CompiledCondition };

/** Where candidate rows come from, and in which order they come. */
export interface AccessPath {
  rows(): Iterable<Row>;
  order: 'id' | 'stamp' | 'none';
}

interface Bounds {
  from: number;
  to: number;
}

const UNBOUNDED: Bounds = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Picks the narrowest way to rows that may pass the filter: by id, by an indexed value, by stamp, or all. */
export function accessPath(
  org: Org,
  object: ObjectSchema,
  filter: Filter | undefined,
  wantsStampOrder: boolean,
): AccessPath {
  const store = org.store(object.name);
  const equalities = conjuncts(filter).filter(({ operator }) => operator === '=' || operator === 'IN');
  for (const { path, values } of equalities) {
    if (path.indexed !== 'Id' || values === undefined) continue;
    const ids = new Set(values.map((value) => (typeof value === 'string' ? toId18(value) : undefined)));
    const rows = [...ids].flatMap((id) => (id === undefined ? [] : (store.get(id) ?? [])));
    return { order: 'none', rows: () => rows };
  }
  for (const { path, values } of equalities) {
    const { indexed } = path;
    if (indexed === undefined || values === undefined || values.includes(null) || !isWorthAnIndex(path.field))
      continue;
    return {
      order: 'none',
      rows: () => new Set(values.flatMap((value) => [...store.having(indexed, value)])),
    };
  }
  const { from, to } = filter === undefined ? UNBOUNDED : stampBounds(filter);
  const isBounded = from > UNBOUNDED.from || to < UNBOUNDED.to;
  if (isBounded || wantsStampOrder) return { order: 'stamp', rows: () => store.changedBetween(from, to) };
  return { order: 'id', rows: () => store.rows() };
}

function conjuncts(filter: Filter | undefined): CompiledCondition[] {
  if (filter === undefined) return [];
  if (filter.kind === 'condition') return [filter.condition];
  return filter.kind === 'and' ? filter.items.flatMap((item) => conjuncts(item)) : [];
}

function isWorthAnIndex(field: Field): boolean {
  return (
    field.idLookup || field.unique || field.externalId || field.type === 'reference' || field.type === 'email'
  );
}

/** The stretch of SystemModstamp outside of which no row can pass. */
function stampBounds(filter: Filter): Bounds {
  switch (filter.kind) {
    case 'condition':
      return boundsOfCondition(filter.condition);
    case 'and':
      return filter.items.map(stampBounds).reduce((a, b) => ({
        from: Math.max(a.from, b.from),
        to: Math.min(a.to, b.to),
      }));
    case 'or':
      return filter.items.map(stampBounds).reduce((a, b) => ({
        from: Math.min(a.from, b.from),
        to: Math.max(a.to, b.to),
      }));
    case 'not':
      return UNBOUNDED;
  }
}

function boundsOfCondition({ path, operator, values }: CompiledCondition): Bounds {
  const value = values?.[0];
  if (path.indexed !== 'SystemModstamp' || typeof value !== 'number') return UNBOUNDED;
  switch (operator) {
    case '=':
      return { from: value, to: value };
    case '>':
    case '>=':
      return { from: value, to: UNBOUNDED.to };
    case '<':
    case '<=':
      return { from: UNBOUNDED.from, to: value };
    default:
      return UNBOUNDED;
  }
}
