import { describe, expect, test } from '@jest/globals';
import { textKey } from '@stackbridge/shared-mappers/connectors/xero/identity.ts';
import { chunksForQuery } from '@stackbridge/shared-mappers/connectors/xero/query-chunks.ts';
import {
  joinReference,
  splitReference,
} from '@stackbridge/shared-mappers/connectors/xero/spend-reference.ts';
import {
  addDays,
  daysBetween,
  msDate,
  parseXeroDate,
  parseXeroInstant,
  whereDate,
} from '@stackbridge/shared-mappers/connectors/xero/wire-time.ts';
import { exactNumber, parseExactBodyAs, toExactJson } from '@stackbridge/shared-mappers/http/exact-json.ts';
import fc from 'fast-check';
import { z } from 'zod';

describe('dates of Xero', () => {
  test('a moment is read in all its spellings', () => {
    const at = Date.UTC(2026, 3, 20, 11, 47, 10, 336);

    expect(parseXeroInstant('/Date(1776685630336+0000)/')).toBe(at);
    expect(parseXeroInstant('/Date(1776685630336)/')).toBe(at);
    expect(parseXeroInstant('2026-04-20T11:47:10.3360440')).toBe(at);
    expect(parseXeroInstant('2026-04-20T11:47:10.336Z')).toBe(at);
    expect(parseXeroInstant('soon')).toBeUndefined();
  });

  test('a calendar date is the day that is written, in all its spellings', () => {
    const spellings = [
      '/Date(1776988800000+0000)/',
      '/Date(1776988800000)/',
      '2026-04-24T00:00:00',
      '2026-04-24 00:00:00',
    ];

    expect(spellings.map(parseXeroDate)).toEqual(Array(4).fill('2026-04-24'));
    expect(parseXeroDate('/Date(1776945600000+1200)/')).toBe('2026-04-24');
    expect(parseXeroDate('')).toBeUndefined();
  });

  test('a calendar date survives the way there and back', () => {
    const days = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(days, (count) => {
        const date = addDays('1990-01-01', count);
        expect(parseXeroDate(msDate(date))).toBe(date);
        expect(daysBetween('1990-01-01', date)).toBe(count);
      }),
    );
    expect(whereDate('2026-11-02')).toBe('DateTime(2026,11,02)');
  });
});

describe('numbers', () => {
  test('pass in both directions digit by digit', () => {
    const digits = ['0.3333', '1018456000000073001', '100.00', '-0.10', '123456789012345.6789', '1e-7'];

    for (const text of digits) {
      const body = toExactJson({ value: exactNumber(text) });
      expect(body).toBe(`{"value":${text}}`);
      expect(parseExactBodyAs(z.object({ value: z.string() }), body, 'xero')).toEqual({ value: text });
    }
  });

  test('within texts are left alone', () => {
    const body = '{"a":"1.50 and \\"2.5\\"","b":[1.50,null,true]}';

    expect(parseExactBodyAs(z.unknown(), body, 'xero')).toEqual({
      a: '1.50 and "2.5"',
      b: ['1.50', null, true],
    });
  });

  test('in a body that is no JSON are a fault of the server, which is not quoted', () => {
    expect(() => parseExactBodyAs(z.unknown(), '<html>secret', 'xero')).toThrow(
      expect.objectContaining({ code: 'SERVER_ERROR', message: expect.not.stringContaining('secret') }),
    );
  });
});

test('our number is found again in the reference of spend money', () => {
  expect(splitReference(joinReference('ZB-77', 'Taxi to the site'))).toEqual({
    number: 'ZB-77',
    reference: 'Taxi to the site',
  });
  expect(splitReference(joinReference('ZB-77', ''))).toEqual({ number: 'ZB-77', reference: '' });
});

test('values that travel in the address are cut into runs that it has room for', () => {
  const numbers = Array.from({ length: 250 }, (_, index) => `ZP-10184560000000730${index}`);
  const names = Array.from({ length: 60 }, (_, index) => `${'ü'.repeat(100)}${index}`);

  expect(chunksForQuery(numbers).map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(
    Math.max(...chunksForQuery(names).map((some) => encodeURIComponent(some.join()).length)),
  ).toBeLessThan(4_000);
  expect(chunksForQuery(names).flat()).toEqual(names);
  expect(chunksForQuery([])).toEqual([]);
});

test('numbers and names are compared as Xero does', () => {
  expect(textKey(' ZP-1 ')).toBe(textKey('zp-1'));
});
