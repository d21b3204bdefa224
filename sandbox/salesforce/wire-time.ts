const cache = new Map<number, string>();
const CACHE_SIZE = 10_000;

/** A datetime as the API writes it, `2026-11-02T08:00:00.000+0000`. */
export function toWireDatetime(ms: number): string {
  let text = cache.get(ms);
  if (text === undefined) {
    text = new Date(ms).toISOString().replace('Z', '+0000');
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(ms, text);
  }
  return text;
}

const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const DATE = /^(\d{4}-\d\d-\d\d)(?:T.*)?$/;

/** Milliseconds of a datetime as the API takes it, `…Z`, `…+0000` or `…+01:00`; undefined if it is none. */
export function fromWireDatetime(text: string): number | undefined {
  if (!DATETIME.test(text)) return undefined;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : ms;
}

/** The date of `YYYY-MM-DD`, or of a datetime; undefined if it is none, or not in the calendar. */
export function fromWireDate(text: string): string | undefined {
  const date = DATE.exec(text)?.[1];
  if (date === undefined) return undefined;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? undefined : date;
}

/** Whole seconds: the server keeps its stamps no finer. */
export function toWholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
