import { expect, test } from '@jest/globals';
import { BaseText, decodeBase, encodeBase } from '@stackbridge/shared-mappers/model/base.ts';
import { fingerprint, fingerprintKey, siphash13 } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import fc from 'fast-check';

const key = fingerprintKey('000102030405060708090a0b0c0d0e0f');

function hex([lo, hi]: readonly [number, number]): string {
  return [hi, lo].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** SipHash-1-3 by its definition, on 64-bit integers. */
function reference(text: string): string {
  const mask = (1n << 64n) - 1n;
  const bytes = [...Buffer.from(text, 'utf16le')];
  const word = (from: readonly number[], at: number): bigint =>
    Array.from({ length: 8 }, (_, i) => BigInt(from[at + i] ?? 0) << BigInt(8 * i)).reduce(
      (a, b) => a | b,
      0n,
    );
  const keyBytes = Array.from({ length: 16 }, (_, i) => i);
  const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & mask;
  let [v0, v1, v2, v3] = [
    word(keyBytes, 0) ^ 0x736f6d6570736575n,
    word(keyBytes, 8) ^ 0x646f72616e646f6dn,
    word(keyBytes, 0) ^ 0x6c7967656e657261n,
    word(keyBytes, 8) ^ 0x7465646279746573n,
  ];
  const round = (): void => {
    v0 = (v0 + v1) & mask;
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = (v2 + v3) & mask;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = (v0 + v3) & mask;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = (v2 + v1) & mask;
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  };
  const absorb = (m: bigint): void => {
    v3 ^= m;
    round();
    v0 ^= m;
  };
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) absorb(word(bytes, at));
  absorb(word(bytes.slice(whole), 0) | (BigInt(bytes.length & 255) << 56n));
  v2 ^= 0xffn;
  for (let i = 0; i < 3; i++) round();
  return (v0 ^ v1 ^ v2 ^ v3).toString(16).padStart(16, '0');
}

test('a fingerprint is SipHash-1-3 of the UTF-16 bytes', () => {
  expect(hex(siphash13(key, ''))).toBe('abac0158050fc4dc');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      expect(hex(siphash13(key, text))).toBe(reference(text)),
    ),
  );
});

test('a fingerprint depends on the key', () => {
  const other = fingerprintKey('ff0102030405060708090a0b0c0d0e0f');
  expect(fingerprint(key, 'ada@lovelace.test')).not.toBe(fingerprint(other, 'ada@lovelace.test'));
});

test('a base survives being stored', () => {
  const entries = fc.dictionary(
    fc.stringMatching(/^[A-Za-z0-9]{4}$/),
    fc.stringMatching(/^[A-Za-z0-9._-]{0,20}$/),
  );
  fc.assert(
    fc.property(entries, (base) => {
      expect(Object.fromEntries(decodeBase(encodeBase(new Map(Object.entries(base)))))).toEqual({ ...base });
    }),
  );
});

test('a base is looked up in its text as if it were decoded, in any order', () => {
  const keys = fc.stringMatching(/^[A-Za-z0-9]{2,4}$/);
  const entries = fc.dictionary(keys, fc.stringMatching(/^[A-Za-z0-9._-]{0,20}$/));
  fc.assert(
    fc.property(entries, fc.array(keys), (base, strangers) => {
      const asked = [...Object.keys(base), ...strangers, ...Object.keys(base).reverse()];
      const decoded = new Map(Object.entries(base));
      const looked = new BaseText(encodeBase(decoded));

      expect(asked.map((key) => looked.get(key))).toEqual(asked.map((key) => decoded.get(key)));
      expect([...looked]).toEqual([...decoded]);
    }),
  );
});
