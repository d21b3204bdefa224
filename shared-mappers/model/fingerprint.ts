/**
 * SipHash-1-3 over the UTF-16LE bytes of a string, keyed with 128 bits: a fingerprint tells whether a value is
 * still the same without telling the value to whoever reads the sync state. Own code because a fingerprint is
 * taken of every field of every record: the published packages hash bytes and allocate per call.
 * Algorithm: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
 */
export interface FingerprintKey {
  readonly k0lo: number;
  readonly k0hi: number;
  readonly k1lo: number;
  readonly k1hi: number;
}

/** As character codes, so that a fingerprint is made in one piece. */
const ALPHABET = Uint8Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  (character) => character.charCodeAt(0),
);

/** @param hex 32 hexadecimal digits (16 bytes). Throws a RangeError for anything else. */
export function fingerprintKey(hex: string): FingerprintKey {
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError('A fingerprint key is 32 hexadecimal digits');
  const word = (at: number): number => {
    let value = 0;
    for (let i = 3; i >= 0; i--)
      value = (value << 8) | Number.parseInt(hex.slice((at + i) * 2, (at + i) * 2 + 2), 16);
    return value;
  };
  return { k0lo: word(0), k0hi: word(4), k1lo: word(8), k1hi: word(12) };
}

/** Characters of a fingerprint. */
export const FINGERPRINT_LENGTH = 8;

/** The 64-bit hash that was taken last, low word first: a pair for each would be most of what planning throws away. */
let low = 0;
let high = 0;

/** Hashes the characters of a text from one place to another. */
function hash(key: FingerprintKey, text: string, from: number, to: number): void {
  let v0l = key.k0lo ^ 0x70736575;
  let v0h = key.k0hi ^ 0x736f6d65;
  let v1l = key.k1lo ^ 0x6e646f6d;
  let v1h = key.k1hi ^ 0x646f7261;
  let v2l = key.k0lo ^ 0x6e657261;
  let v2h = key.k0hi ^ 0x6c796765;
  let v3l = key.k1lo ^ 0x79746573;
  let v3h = key.k1hi ^ 0x74656462;

  const length = to - from;
  let at = from;
  // The whole blocks, the last block with the length, three rounds to finish.
  for (let rounds = (length >> 2) + 4; rounds > 0; rounds--) {
    let ml = 0;
    let mh = 0;
    if (rounds > 4) {
      ml = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      mh = text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16);
      at += 4;
    } else if (rounds === 4) {
      const rest = length & 3;
      if (rest > 0) ml = text.charCodeAt(at);
      if (rest > 1) ml |= text.charCodeAt(at + 1) << 16;
      if (rest > 2) mh = text.charCodeAt(at + 2);
      mh |= length << 25;
    } else if (rounds === 3) {
      v2l ^= 0xff;
    }
    v3l ^= ml;
    v3h ^= mh;

    v0l = (v0l + v1l) | 0;
    v0h = (v0h + v1h + (v0l >>> 0 < v1l >>> 0 ? 1 : 0)) | 0;
    let turned = (v1l << 13) | (v1h >>> 19);
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = turned ^ v0l;
    turned = v0l;
    v0l = v0h;
    v0h = turned;

    v2l = (v2l + v3l) | 0;
    v2h = (v2h + v3h + (v2l >>> 0 < v3l >>> 0 ? 1 : 0)) | 0;
    turned = (v3l << 16) | (v3h >>> 16);
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = turned ^ v2l;

    v0l = (v0l + v3l) | 0;
    v0h = (v0h + v3h + (v0l >>> 0 < v3l >>> 0 ? 1 : 0)) | 0;
    turned = (v3l << 21) | (v3h >>> 11);
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = turned ^ v0l;

    v2l = (v2l + v1l) | 0;
    v2h = (v2h + v1h + (v2l >>> 0 < v1l >>> 0 ? 1 : 0)) | 0;
    turned = (v1l << 17) | (v1h >>> 15);
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = turned ^ v2l;
    turned = v2l;
    v2l = v2h;
    v2h = turned;

    v0l ^= ml;
    v0h ^= mh;
  }
  low = v0l ^ v1l ^ v2l ^ v3l;
  high = v0h ^ v1h ^ v2h ^ v3h;
}

/** The 64-bit hash as two signed 32-bit words, low word first. */
export function siphash13(key: FingerprintKey, text: string): readonly [lo: number, hi: number] {
  hash(key, text, 0, text.length);
  return [low, high];
}

/**
 * A fingerprint as text: 8 characters of the URL-safe base64 alphabet, 48 bits of the hash. Two different values
 * of one field of one record share it with a chance of 1 in 2.8e14.
 */
export function fingerprint(key: FingerprintKey, text: string): string {
  hash(key, text, 0, text.length);
  return String.fromCharCode(
    letter(low),
    letter(low >>> 6),
    letter(low >>> 12),
    letter(low >>> 18),
    letter(low >>> 24),
    letter(high),
    letter(high >>> 6),
    letter(high >>> 12),
  );
}

/**
 * Whether the fingerprint of a text, or of its part from one place to another, stands in a second text at a place:
 * what making one and comparing it would tell, without making it.
 */
export function isFingerprintAt(
  place: number,
  within: string,
  key: FingerprintKey,
  text: string,
  from = 0,
  to = text.length,
): boolean {
  hash(key, text, from, to);
  return (
    within.charCodeAt(place) === letter(low) &&
    within.charCodeAt(place + 1) === letter(low >>> 6) &&
    within.charCodeAt(place + 2) === letter(low >>> 12) &&
    within.charCodeAt(place + 3) === letter(low >>> 18) &&
    within.charCodeAt(place + 4) === letter(low >>> 24) &&
    within.charCodeAt(place + 5) === letter(high) &&
    within.charCodeAt(place + 6) === letter(high >>> 6) &&
    within.charCodeAt(place + 7) === letter(high >>> 12)
  );
}

function letter(bits: number): number {
  return ALPHABET[bits & 63] ?? 0;
}
