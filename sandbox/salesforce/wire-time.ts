const DAY_S = 24 * 3600;
const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const dates = new Map<number, string>();

/** A datetime as the API writes it, `2026-11-02T08:00:00.000+0000`. Stamps are whole seconds. */
export function toWireDatetime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const day = Math.floor(seconds / DAY_S);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_S * 1000).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  const ofDay = seconds - day * DAY_S;
  const hour = TWO_DIGITS[Math.floor(ofDay / 3600)];
  const minute = TWO_DIGITS[Math.floor(ofDay / 60) % 60];
  return `${date}T${hour}:${minute}:${TWO_DIGITS[ofDay % 60]}.000+0000`;
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
