import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../errors.ts';
import type { Row } from '../row.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { AccessPath } from './access-path.ts';
import { comparable, compare } from './condition.ts';
import { type FieldPath, pathNames, resolvePath } from './field-path.ts';
import { malformed, type QuerySource } from './query-source.ts';

interface OrderTerm {
  path: FieldPath;
  descending: boolean;
  nullsLast: boolean;
}

/** An ORDER BY clause; without one rows come in the order of their ids. */
export class Ordering {
  readonly #terms: readonly OrderTerm[];

  constructor(
    source: QuerySource,
    object: ObjectSchema,
    alias: string | undefined,
    clause: OrderByClause | OrderByClause[] | undefined,
  ) {
    const clauses = clause === undefined ? [] : Array.isArray(clause) ? clause : [clause];
    this.#terms = clauses.map((term) => {
      if (!('field' in term)) throw malformed('functions are not supported in this ORDER BY clause');
      const path = resolvePath(source, object, pathNames(term.field, object, alias));
      if (path.field.type === 'address' || (path.field.type === 'textarea' && path.field.length > 255)) {
        throw new SalesforceError(
          'MALFORMED_QUERY',
          `field '${path.field.name}' can not be sorted in a query call`,
        );
      }
      return { path, descending: term.order === 'DESC', nullsLast: term.nulls === 'LAST' };
    });
  }

  /** Whether rows by (SystemModstamp, Id) would come out right as they are. */
  get isByStamp(): boolean {
    const [first, second] = this.#terms;
    if (first?.path.indexed !== 'SystemModstamp' || first.descending) return false;
    return second === undefined || (second.path.indexed === 'Id' && !second.descending);
  }

  isSatisfiedBy({ order }: AccessPath): boolean {
    const [first] = this.#terms;
    if (order === 'stamp') return first === undefined || this.isByStamp;
    if (order === 'id') return first === undefined || (first.path.indexed === 'Id' && !first.descending);
    return false;
  }

  sort(rows: Row[]): void {
    rows.sort((a, b) => {
      for (const { path, descending, nullsLast } of this.#terms) {
        const left = path.read(a);
        const right = path.read(b);
        if (left === right) continue;
        if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
        const order = compare(comparable(path.field, left), comparable(path.field, right));
        if (order !== 0) return descending ? -order : order;
      }
      return a.Id < b.Id ? -1 : a.Id > b.Id ? 1 : 0;
    });
  }
}
