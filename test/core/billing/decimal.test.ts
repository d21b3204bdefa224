import { expect, test } from '@jest/globals';
import {
  decimal,
  plainText,
  quantityOfMinutes,
  sumOfCents,
  toCents,
  toFourPlaces,
} from '@stackbridge/shared-mappers/model/billing/decimal.ts';
import fc from 'fast-check';

test('hours are minutes over sixty to four places, halves up', () => {
  const quantities = [0, 1, 20, 59, 60, 100, 140, -140, 600].map(quantityOfMinutes);
  expect(quantities).toEqual(['0', '0.0167', '0.3333', '0.9833', '1', '1.6667', '2.3333', '-2.3333', '10']);
});

test('a quantity is never further from the hours than half of its last place', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (minutes) => {
      const apart = decimal(quantityOfMinutes(minutes)).times(60).minus(minutes).abs();
      expect(apart.lte('0.003')).toBe(true);
    }),
  );
});

test('cents round halves away from zero and know no negative nothing', () => {
  expect(['1.005', '-1.005', '2.344999', '-0.001', '0'].map((text) => toCents(decimal(text)))).toEqual([
    '1.01',
    '-1.01',
    '2.34',
    '0.00',
    '0.00',
  ]);
});

test('prices keep four places at most', () => {
  expect([toFourPlaces(decimal('187.35125')), toFourPlaces(decimal('150.0000'))]).toEqual([
    '187.3513',
    '150',
  ]);
});

test('equal numbers have equal plain text', () => {
  expect(['1.50', '1.5', '01.5', '0.0', '-0', '1e2', '-0.10'].map(plainText)).toEqual([
    '1.5',
    '1.5',
    '1.5',
    '0',
    '0',
    '100',
    '-0.1',
  ]);
});

test('cents add up exactly, however many and however large', () => {
  const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const written = (value: bigint): string => {
    const digits = String(value < 0n ? -value : value).padStart(3, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  fc.assert(
    fc.property(fc.array(cents), (values) => {
      expect(sumOfCents(values.map(written))).toBe(written(values.reduce((sum, value) => sum + value, 0n)));
    }),
  );
});

test('what is not rounded to cents is not added up', () => {
  expect(() => sumOfCents(['1.005'])).toThrow(RangeError);
});
