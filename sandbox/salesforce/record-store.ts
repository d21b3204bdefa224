import { nthId } from './record-id.ts';
import type { Row, Value, Values } from './row.ts';
import { StampIndex } from './stamp-index.ts';
import { ValueIndex } from './value-index.ts';

/** The rows of one object type, deleted ones included, with the indexes that reading them has called for. */
export class RecordStore {
  readonly object: string;
  readonly #keyPrefix: string;
  #rows = new Map<string, Row>();
  #made = 0;
  #stamps = new StampIndex();
  #indexes = new Map<string, ValueIndex>();

  constructor(object: string, keyPrefix: string) {
    this.object = object;
    this.#keyPrefix = keyPrefix;
  }

  /** How many rows there are, deleted ones included. */
  get size(): number {
    return this.#rows.size;
  }

  get(id18: string): Row | undefined {
    return this.#rows.get(id18);
  }

  /** In the order of their ids. */
  rows(): MapIterator<Row> {
    return this.#rows.values();
  }

  changedBetween(fromMs: number, toMs: number): Generator<Row> {
    return this.#stamps.range(fromMs, toMs);
  }

  changedBetweenReversed(fromMs: number, toMs: number): Generator<Row> {
    return this.#stamps.rangeReversed(fromMs, toMs);
  }

  /** Rows with one of the values in a field, deleted ones included; the first call for a field indexes it. */
  having(field: string, value: Value): readonly Row[] {
    return this.#indexOn(field).get(value);
  }

  /** @param stamp whole seconds, milliseconds since 1970 */
  insert(values: Values, stamp: number, userId: string): Row {
    this.#made += 1;
    const row: Row = {
      Id: nthId(this.#keyPrefix, this.#made),
      IsDeleted: false,
      CreatedDate: stamp,
      CreatedById: userId,
      LastModifiedDate: stamp,
      LastModifiedById: userId,
      SystemModstamp: stamp,
      // Spread, not set one by one: past a dozen keyed sets V8 makes a hash table of the row, twice as big.
      ...withoutNulls(values),
    };
    this.put(row);
    return row;
  }

  /** Stores a row as it is, as restoring a snapshot does. */
  put(row: Row): void {
    this.#rows.set(row.Id, row);
    this.#stamps.add(row);
    for (const index of this.#indexes.values()) index.add(row);
  }

  /** Sets fields of a row and moves it where it now belongs in the indexes. */
  update(row: Row, values: Values): void {
    const stampBefore = row.SystemModstamp;
    for (const field in values) {
      const value = values[field];
      if (value === undefined) continue;
      const index = this.#indexes.get(field);
      index?.remove(row);
      row[field] = value;
      index?.add(row);
    }
    if (row.SystemModstamp !== stampBefore) {
      this.#stamps.leave(stampBefore);
      this.#stamps.add(row);
    }
  }

  /** Forgets a row as if it had never been: for rolling back an insert. */
  forget(row: Row): void {
    this.#rows.delete(row.Id);
    for (const index of this.#indexes.values()) index.remove(row);
    const stamp = row.SystemModstamp;
    row.SystemModstamp = Number.NaN;
    this.#stamps.leave(stamp);
  }

  /** How many ids have been given out; restoring a snapshot must go on from there. */
  get made(): number {
    return this.#made;
  }

  restore(rows: Iterable<Row>, made: number): void {
    this.#rows.clear();
    this.#stamps = new StampIndex();
    this.#indexes.clear();
    for (const row of rows) this.put({ ...row });
    this.#made = made;
  }

  #indexOn(field: string): ValueIndex {
    let index = this.#indexes.get(field);
    if (index === undefined) {
      index = new ValueIndex(field, this.#rows.values());
      this.#indexes.set(field, index);
    }
    return index;
  }
}

/** The values themselves where none is null, which spares a copy. */
function withoutNulls(values: Values): Values {
  for (const field in values) {
    if (values[field] !== null && values[field] !== undefined) continue;
    return Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
    );
  }
  return values;
}
