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

/** The 64-bit hash as two signed 32-bit words, low word first. */
export function siphash13(key: FingerprintKey, text: string): readonly [lo: number, hi: number] {
  let v0l = key.k0lo ^ 0x70736575;
  let v0h = key.k0hi ^ 0x736f6d65;
  let v1l = key.k1lo ^ 0x6e646f6d;
  let v1h = key.k1hi ^ 0x646f7261;
  let v2l = key.k0lo ^ 0x6e657261;
  let v2h = key.k0hi ^ 0x6c796765;
  let v3l = key.k1lo ^ 0x79746573;
  let v3h = key.k1hi ^ 0x74656462;

  const length = text.length;
  const fullBlocks = length >> 2;
  let finalRounds = 0;
  for (let block = 0; finalRounds < 3; ) {
    let ml = 0;
    let mh = 0;
    const at = block << 2;
    if (block < fullBlocks) {
      ml = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      mh = text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16);
    } else if (block === fullBlocks) {
      const rest = length & 3;
      if (rest > 0) ml = text.charCodeAt(at);
      if (rest > 1) ml |= text.charCodeAt(at + 1) << 16;
      if (rest > 2) mh = text.charCodeAt(at + 2);
      mh |= ((length << 1) & 0xff) << 24;
    } else {
      if (finalRounds === 0) v2l ^= 0xff;
      finalRounds++;
    }
    v3l ^= ml;
    v3h ^= mh;

    let sum = (v0l >>> 0) + (v1l >>> 0);
    v0h = (v0h + v1h + (sum > 0xffffffff ? 1 : 0)) | 0;
    v0l = sum | 0;
    let turned = (v1l << 13) | (v1h >>> 19);
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = turned ^ v0l;
    turned = v0l;
    v0l = v0h;
    v0h = turned;

    sum = (v2l >>> 0) + (v3l >>> 0);
    v2h = (v2h + v3h + (sum > 0xffffffff ? 1 : 0)) | 0;
    v2l = sum | 0;
    turned = (v3l << 16) | (v3h >>> 16);
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = turned ^ v2l;

    sum = (v0l >>> 0) + (v3l >>> 0);
    v0h = (v0h + v3h + (sum > 0xffffffff ? 1 : 0)) | 0;
    v0l = sum | 0;
    turned = (v3l << 21) | (v3h >>> 11);
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = turned ^ v0l;

    sum = (v2l >>> 0) + (v1l >>> 0);
    v2h = (v2h + v1h + (sum > 0xffffffff ? 1 : 0)) | 0;
    v2l = sum | 0;
    turned = (v1l << 17) | (v1h >>> 15);
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = turned ^ v2l;
    turned = v2l;
    v2l = v2h;
    v2h = turned;

    v0l ^= ml;
    v0h ^= mh;
    block++;
  }
  return [v0l ^ v1l ^ v2l ^ v3l, v0h ^ v1h ^ v2h ^ v3h];
}

/**
 * A fingerprint as text: 8 characters of the URL-safe base64 alphabet, 48 bits of the hash. Two different values
 * of one field of one record share it with a chance of 1 in 2.8e14.
 */
export function fingerprint(key: FingerprintKey, text: string): string {
  const [lo, hi] = siphash13(key, text);
  const at = (bits: number): number => ALPHABET[bits & 63] ?? 0;
  return String.fromCharCode(
    at(lo),
    at(lo >>> 6),
    at(lo >>> 12),
    at(lo >>> 18),
    at(lo >>> 24),
    at(hi),
    at(hi >>> 6),
    at(hi >>> 12),
  );
}
