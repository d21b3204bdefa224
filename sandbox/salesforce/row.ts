/** A stored value: datetimes as milliseconds, dates as `YYYY-MM-DD`, numbers, text, booleans. */
export type Value = string | number | boolean | null;

/** A stored record. Fields that were never set are absent, and read as null. */
export interface Row {
  Id: string;
  IsDeleted: boolean;
  CreatedDate: number;
  LastModifiedDate: number;
  SystemModstamp: number;
  [field: string]: Value | undefined;
}

/** Values to store, by exact field name. */
export type Values = Record<string, Value>;
