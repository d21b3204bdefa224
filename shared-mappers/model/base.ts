/**
 * What both sides last agreed on, as one entry a field rule. An entry is a fingerprint (for sets, the fingerprints
 * of the elements joined by `.`; for consent, a letter), so the sync state holds no personal data.
 * Keys are rule keys: they change with the rule's definition, so that an edited rule has no base and the others
 * keep theirs.
 */
export type Base = ReadonlyMap<string, string>;

export const NO_BASE: Base = new Map();

/** `key:entry;key:entry`. Neither keys nor entries contain `:` or `;`. */
export function encodeBase(base: Base): string {
  let text = '';
  for (const [key, entry] of base) text += text === '' ? `${key}:${entry}` : `;${key}:${entry}`;
  return text;
}

export function decodeBase(text: string): Base {
  if (text === '') return NO_BASE;
  const base = new Map<string, string>();
  for (const pair of text.split(';')) {
    const colon = pair.indexOf(':');
    if (colon > 0) base.set(pair.slice(0, colon), pair.slice(colon + 1));
  }
  return base;
}
