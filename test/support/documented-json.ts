import { z } from 'zod';

/** Where a documented JSON document and a printed one differ in shape: keys that are missing, of another type, or undocumented. */
export function disagreements(documented: unknown, actual: unknown): string[] {
  const undocumented =
    isRecord(documented) && isRecord(actual) ? Object.keys(actual).filter((key) => !(key in documented)) : [];
  return [...missingFrom(actual, documented), ...undocumented.map((key) => `${key} is not documented`)];
}

/** Documented keys that are not there, or of another type. */
export function missingFrom(actual: unknown, documented: unknown, path = ''): string[] {
  if (typeOf(documented) !== typeOf(actual)) {
    return [`${path || 'the document'} is ${typeOf(actual)}, not ${typeOf(documented)}`];
  }
  if (Array.isArray(documented) && Array.isArray(actual)) {
    const samples = actual.map((element) => missingFrom(element, documented[0], `${path}[]`));
    if (documented.length === 0 || samples.length === 0) return [];
    return samples.sort((a, b) => a.length - b.length)[0] ?? [];
  }
  if (!isRecord(documented) || !isRecord(actual)) return [];
  return Object.entries(documented)
    .filter(([key]) => !OPEN.has(path) && !OPTIONAL.has(`${path}.${key}`))
    .flatMap(([key, value]) =>
      key in actual ? missingFrom(actual[key], value, `${path}.${key}`) : [`${path}.${key} is missing`],
    );
}

/** Keys are reasons, not names. */
const OPEN = new Set(['.excluded', '.recipes[].excluded']);
const OPTIONAL = new Set(['.pending']);

const record = z.record(z.string(), z.unknown());

function isRecord(value: unknown): value is Record<string, unknown> {
  return record.safeParse(value).success;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
