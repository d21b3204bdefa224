/**
 * What both sides last agreed on, as one entry a field rule. An entry is a fingerprint (for sets, the fingerprints
 * of the elements joined by `.`; for consent, a letter), so the sync state holds no personal data.
 * Keys are rule keys: they change with the rule's definition, so that an edited rule has no base and the others
 * keep theirs.
 */
export interface Base extends Iterable<readonly [key: string, entry: string]> {
  get(key: string): string | undefined;
}

export const NO_BASE: Base = new Map();

/** `key:entry;key:entry`. Neither keys nor entries contain `:` or `;`. */
export function encodeBase(base: Iterable<readonly [key: string, entry: string]>): string {
  let text = '';
  for (const [key, entry] of base) text += text === '' ? `${key}:${entry}` : `;${key}:${entry}`;
  return text;
}

export function decodeBase(text: string): ReadonlyMap<string, string> {
  const base = new Map<string, string>();
  for (const pair of text.split(';')) {
    const colon = pair.indexOf(':');
    if (colon > 0) base.set(pair.slice(0, colon), pair.slice(colon + 1));
  }
  return base;
}

const COLON = 0x3a;
const SEMICOLON = 0x3b;

/**
 * A base that is looked up in its text as it stands, for whoever asks for its entries once: they mostly stand in the
 * order in which they are asked for, so each look-up begins where the last one ended.
 */
export function baseIn(text: string): Base {
  let next = 0;
  return {
    get(key) {
      const at = isEntryOf(key, text, next) ? next : placeOf(key, text);
      if (at < 0) return undefined;
      const start = at + key.length + 1;
      const end = text.indexOf(';', start);
      next = end < 0 ? 0 : end + 1;
      return end < 0 ? text.slice(start) : text.slice(start, end);
    },
    [Symbol.iterator]: () => decodeBase(text)[Symbol.iterator](),
  };
}

function isEntryOf(key: string, text: string, at: number): boolean {
  return text.startsWith(key, at) && text.charCodeAt(at + key.length) === COLON;
}

function placeOf(key: string, text: string): number {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    const begins = at === 0 || text.charCodeAt(at - 1) === SEMICOLON;
    if (begins && isEntryOf(key, text, at)) return at;
  }
  return -1;
}
