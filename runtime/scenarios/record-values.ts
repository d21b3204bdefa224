import { z } from 'zod';

/** Values of one record in the vendor's own field names; `{n}` in a text stands for the number in a crowd. */
export const recordValues = z.record(z.string(), z.unknown());
export type RecordValues = z.infer<typeof recordValues>;

/** The values with `{n}` filled in. */
export function numbered(values: RecordValues, n: number): RecordValues {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fillIn(value, n)]));
}

function fillIn(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', String(n));
  if (Array.isArray(value)) return value.map((item) => fillIn(item, n));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillIn(inner, n)]));
  }
  return value;
}

/** The number at the end of a name: 17 of `p17`, 0 of `ada`. */
export function numberOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}
