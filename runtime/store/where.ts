type Value = string | number;

/** A WHERE clause of those conditions whose value is given, joined by AND; empty when none is. */
export function whereAll(conditions: readonly (readonly [sql: string, value: Value | undefined])[]): {
  readonly where: string;
  readonly values: Value[];
} {
  const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return {
    where: given.length === 0 ? '' : `WHERE ${given.map((condition) => condition.sql).join(' AND ')}`,
    values: given.map((condition) => condition.value),
  };
}
