/** A value that `where` can compare; dates are milliseconds since 1970. */
export type Scalar = string | number | boolean | null;

export type ColumnType = 'String' | 'Decimal' | 'Boolean' | 'Guid' | 'DateTime';

export interface Column<T> {
  readonly type: ColumnType;
  of(row: T): Scalar;
}

/** What `where` and `order` may name, by its path: `Contact.ContactID`. */
export interface Columns<T> {
  /** The resource as messages name it. */
  readonly resource: string;
  readonly byPath: Readonly<Record<string, Column<T>>>;
}

export function text<T>(of: (row: T) => string | null | undefined): Column<T> {
  return { type: 'String', of: (row) => of(row) ?? null };
}

export function number<T>(of: (row: T) => number | null | undefined): Column<T> {
  return { type: 'Decimal', of: (row) => of(row) ?? null };
}

export function truth<T>(of: (row: T) => boolean): Column<T> {
  return { type: 'Boolean', of };
}

export function guid<T>(of: (row: T) => string | null | undefined): Column<T> {
  return { type: 'Guid', of: (row) => of(row) ?? null };
}

export function date<T>(of: (row: T) => number | null | undefined): Column<T> {
  return { type: 'DateTime', of: (row) => of(row) ?? null };
}
