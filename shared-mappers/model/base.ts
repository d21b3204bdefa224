/**
 * What both sides last agreed on, as one entry a field rule. An entry is a fingerprint (for sets, the fingerprints
 * of the elements joined by `.`; for consent, a letter), so the sync state holds no personal data.
 * Keys are rule keys: they change with the rule's definition, so that an edited rule has no base and the others
 * keep theirs.
 */
export interface Base extends Iterable<readonly [key: string, entry: string]> {
  get(key: string): string | undefined;
}

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
export class BaseText implements Base {
  protected readonly text: string;
  #next = 0;

  constructor(text: string) {
    this.text = text;
  }

  get(key: string): string | undefined {
    const start = this.startOf(key);
    if (start < 0) return undefined;
    const found = this.text.indexOf(';', start);
    const end = found < 0 ? this.text.length : found;
    this.#next = end + 1;
    return this.text.slice(start, end);
  }

  /** Where the entry under a key begins, -1 where there is none. */
  protected startOf(key: string): number {
    const at = isEntryOf(key, this.text, this.#next) ? this.#next : placeOf(key, this.text);
    return at < 0 ? -1 : at + key.length + 1;
  }

  /** Whether an entry ends at a place; the next one is then looked for behind it. */
  protected endsAt(end: number): boolean {
    if (end !== this.text.length && this.text.charCodeAt(end) !== SEMICOLON) return false;
    this.#next = end + 1;
    return true;
  }

  [Symbol.iterator](): Iterator<readonly [key: string, entry: string]> {
    return decodeBase(this.text)[Symbol.iterator]();
  }
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
