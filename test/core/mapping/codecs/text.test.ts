import { describe, expect, test } from '@jest/globals';
import { cutToFit, fits } from '@stackbridge/shared-mappers/mapping/codecs/capacity.ts';
import fc from 'fast-check';
import { compiledRule, rule } from '../rules.ts';
import { leftOf, rightOf, toLeft, toRight } from './wire.ts';

const name = compiledRule(rule('FirstName', 'FNAME'));

describe('text', () => {
  test.each([
    ['Ann', 'Ann'],
    [' Ann ', 'Ann'],
    ['Ann\u00a0', 'Ann'],
    ['Jose\u0301', 'José'],
    ['a  b', 'a  b'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\u0000b\u001fc', 'abc'],
    ['\ud83d', '\ufffd'],
    [42, '42'],
    [true, 'true'],
    [null, ''],
    ['', ''],
    [['a'], ''],
    [{ a: 1 }, ''],
  ])('%j reads as %j on both sides', (raw, canonical) => {
    expect([leftOf(name, raw), rightOf(name, raw)]).toEqual([canonical, canonical]);
  });

  test('nothing is null in Salesforce and an empty text in Mailchimp', () => {
    expect([toLeft(name, ''), toRight(name, '')]).toEqual([null, '']);
  });

  test('what is longer than the narrower field compares by what fits there', () => {
    const long = `${'a'.repeat(39)} bcd`;

    expect([leftOf(name, long), rightOf(name, long)]).toEqual(['a'.repeat(39), 'a'.repeat(39)]);
  });

  test('bytes are counted where Mailchimp counts them', () => {
    const title = compiledRule(rule('Title', 'TITLE'));

    expect(leftOf(title, '営'.repeat(128))).toBe('営'.repeat(85));
  });

  test('with `tooLong: refuse` a value is whole and the narrower field refuses it', () => {
    const strict = compiledRule(rule('FirstName', 'FNAME', { tooLong: 'refuse' }));
    const long = 'a'.repeat(41);

    expect(rightOf(strict, long)).toBe(long);
    expect([toLeft(strict, long), toRight(strict, long)]).toEqual(['VALUE_TOO_LONG', long]);
  });
});

describe('cutting', () => {
  test.each([
    ['👩‍🚀 and more', 3, ''],
    ['ab👩‍🚀', 5, 'ab'],
    ['a😀', 2, 'a'],
    ['e\u0301e\u0301', 3, 'e\u0301'],
    ['🇩🇪🇫🇷', 6, '🇩🇪'],
  ])('%s cut to %d characters is %s: a grapheme is whole or not there', (text, characters, expected) => {
    const cut = cutToFit(text, { characters, bytes: Number.POSITIVE_INFINITY });

    // A single grapheme longer than the field is cut between code points rather than lost.
    expect(cut === expected || (expected === '' && text.startsWith(cut))).toBe(true);
  });

  test('never leaves half a character, always fits, and cuts nothing twice', () => {
    const capacity = fc.record({
      characters: fc.integer({ min: 1, max: 60 }),
      bytes: fc.integer({ min: 4, max: 120 }),
    });
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ unit: 'grapheme-composite', maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, capacity, (whole, room) => {
        const cut = cutToFit(whole, room);

        expect(cut.isWellFormed()).toBe(whole.isWellFormed());
        expect(whole.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(room.bytes);
        expect(cut.length).toBeLessThanOrEqual(room.characters);
        expect(cutToFit(cut, room)).toBe(cut);
        expect(fits(cut, room)).toBe(true);
      }),
    );
  });
});
