const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHAPE = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

/** The pod and reserved part of every id of this org. */
const POD = 'Ak000';

/**
 * The three characters that make a case-sensitive 15-character id safe where case is lost: one for each five
 * characters, a bit for each upper-case letter among them, lowest first.
 */
export function checksumSuffix(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const code = id15.charCodeAt(block + i);
      if (code >= 65 && code <= 90) bits |= 1 << i;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return suffix;
}

/**
 * The 18-character form of an id given in either form, or undefined if it is no id. An 18-character id whose case
 * was lost is put right from its suffix.
 */
export function toId18(id: string): string | undefined {
  if (!SHAPE.test(id)) return undefined;
  if (id.length === 15) return id + checksumSuffix(id);
  const restored = restoreCase(id);
  return restored + checksumSuffix(restored);
}

/** The n-th id of an object type, counted from 1; ids of one type sort as they were made. */
export function nthId(keyPrefix: string, n: number): string {
  let counter = '';
  for (let rest = n, i = 0; i < 7; i++) {
    counter = DIGITS.charAt(rest % 62) + counter;
    rest = Math.floor(rest / 62);
  }
  const id15 = keyPrefix + POD + counter;
  return id15 + checksumSuffix(id15);
}

function restoreCase(id18: string): string {
  const given = id18.slice(0, 15);
  if (checksumSuffix(given) === id18.slice(15)) return given;
  let restored = '';
  for (let i = 0; i < 15; i++) {
    const bits = SUFFIX.indexOf(id18.charAt(15 + Math.floor(i / 5)).toUpperCase());
    const isUpper = ((bits >> (i % 5)) & 1) === 1;
    restored += isUpper ? given.charAt(i).toUpperCase() : given.charAt(i).toLowerCase();
  }
  return restored;
}
