import type { Row, Value } from './row.ts';

/** Rows by the value of one field, text without regard to case. Deleted rows are in it, too. */
export class ValueIndex {
  readonly field: string;
  #rows = new Map<Value, Row | Set<Row>>();

  constructor(field: string, rows: Iterable<Row>) {
    this.field = field;
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    const key = keyOf(row[this.field]);
    if (key === null) return;
    const present = this.#rows.get(key);
    if (present === undefined) this.#rows.set(key, row);
    else if (present instanceof Set) present.add(row);
    else if (present !== row) this.#rows.set(key, new Set([present, row]));
  }

  /** Takes the row out from under the value it has now. */
  remove(row: Row): void {
    const key = keyOf(row[this.field]);
    if (key === null) return;
    const present = this.#rows.get(key);
    if (present instanceof Set) present.delete(row);
    else if (present === row) this.#rows.delete(key);
  }

  get(value: Value): readonly Row[] {
    const key = keyOf(value);
    const present = key === null ? undefined : this.#rows.get(key);
    if (present === undefined) return [];
    return present instanceof Set ? [...present] : [present];
  }
}

function keyOf(value: Value | undefined): Value {
  if (value === undefined) return null;
  return typeof value === 'string' ? value.toLowerCase() : value;
}
