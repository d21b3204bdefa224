import { Decimal } from 'decimal.js';

/** Decimal numbers as JSON carries them: exact up to 15 digits. Sums and products go through Decimal. */
export type Amount = number;

/** Two places, halves away from zero: how Xero rounds line amounts, tax and totals. */
export function cents(value: Decimal): Amount {
  return value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber();
}

/** Rounds to `places`, halves away from zero. */
export function rounded(value: Decimal.Value, places: number): Amount {
  return new Decimal(value).toDecimalPlaces(places, Decimal.ROUND_HALF_UP).toNumber();
}

/** The exact sum. */
export function sum(amounts: Iterable<Amount>): Decimal {
  let total = new Decimal(0);
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** As it reads in Xero's messages, `1234.50`. */
export function spoken(amount: Decimal.Value): string {
  return new Decimal(amount).toFixed(2);
}
