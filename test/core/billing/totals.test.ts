import { describe, expect, test } from '@jest/globals';
import type { LineAmounts } from '@stackbridge/shared-mappers/model/billing/document.ts';
import { lineAmount, totalsOf } from '@stackbridge/shared-mappers/plan/billing/totals.ts';
import fc from 'fast-check';

describe('a line', () => {
  test.each([
    ['2.3333', '150', '10', 'exclusive', '350.00', '35.00'],
    ['0.3333', '187.35', '10', 'exclusive', '62.44', '6.24'],
    ['1', '0.45', '10', 'exclusive', '0.45', '0.05'],
    ['1', '20', '8.25', 'inclusive', '20.00', '1.52'],
    ['3', '33.3333', '15', 'inclusive', '100.00', '13.04'],
    ['-0.5', '150', '10', 'exclusive', '-75.00', '-7.50'],
    ['1', '99.995', '10', 'no-tax', '100.00', '0.00'],
  ] as const)(
    'of %s at %s and %s %% %s comes to %s with %s tax',
    (quantity, price, rate, kind, amount, tax) => {
      expect(lineAmount(quantity, price, rate, kind)).toEqual({ amount, taxAmount: tax });
    },
  );
});

test('tax comes on top of exclusive amounts and is part of inclusive ones', () => {
  const lines = [
    { amount: '20.00', taxAmount: '1.52' },
    { amount: '0.10', taxAmount: '0.01' },
  ];
  expect([totalsOf(lines, 'exclusive'), totalsOf(lines, 'inclusive')]).toEqual([
    { subTotal: '20.10', totalTax: '1.53', total: '21.63' },
    { subTotal: '18.57', totalTax: '1.53', total: '20.10' },
  ]);
});

test('totals equal the exact sums of lines rounded in whole numbers', () => {
  const fourPlaces = fc.integer({ min: -5_000_000, max: 50_000_000 });
  const percent = fc.integer({ min: 0, max: 3000 });
  const line = fc.record({ quantity: fourPlaces, price: fourPlaces, rate: percent });
  const kinds = fc.constantFrom<LineAmounts>('exclusive', 'inclusive', 'no-tax');
  fc.assert(
    fc.property(kinds, fc.array(line, { minLength: 1, maxLength: 12 }), (kind, lines) => {
      const reckoned = lines.map(({ quantity, price, rate }) =>
        lineAmount(text(quantity, 4), text(price, 4), text(rate, 2), kind),
      );

      let amounts = 0n;
      let tax = 0n;
      for (const { quantity, price, rate } of lines) {
        const amount = divide(BigInt(quantity) * BigInt(price), 1_000_000n);
        amounts += amount;
        if (kind === 'exclusive') tax += divide(amount * BigInt(rate), 10_000n);
        if (kind === 'inclusive') tax += divide(amount * BigInt(rate), 10_000n + BigInt(rate));
      }
      expect(totalsOf(reckoned, kind)).toEqual({
        subTotal: text(kind === 'inclusive' ? amounts - tax : amounts, 2),
        totalTax: text(tax, 2),
        total: text(kind === 'inclusive' ? amounts : amounts + tax, 2),
      });
    }),
  );
});

/** Half away from zero. */
function divide(value: bigint, by: bigint): bigint {
  const magnitude = ((value < 0n ? -value : value) * 2n + by) / (by * 2n);
  return value < 0n ? -magnitude : magnitude;
}

function text(value: bigint | number, places: number): string {
  const whole = BigInt(value);
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
