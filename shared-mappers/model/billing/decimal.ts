import { Decimal as Base } from 'decimal.js';
import type { DecimalText } from './money.ts';

/**
 * Exact for any amount that occurs: 60 digits, where the product of two amounts of 18.6 digits needs 48. Halves
 * round away from zero, as the accounts do.
 */
export const Decimal = Base.clone({
  precision: 60,
  rounding: Base.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Decimal = Base;

export const ZERO: Decimal = new Decimal(0);

/** Reads decimal text; throws for what is no number. */
export function decimal(text: DecimalText | number): Decimal {
  return new Decimal(text);
}

/** `12.345` -> `12.35`; never `-0.00`. */
export function toCents(value: Decimal): DecimalText {
  return rounded(value, 2).toFixed(2);
}

/** To 4 places, without trailing zeros: `2.3333`, `150`. */
export function toFourPlaces(value: Decimal): DecimalText {
  return rounded(value, 4).toFixed();
}

/** A third never ends: 24 digits are more than any number of minutes needs before it is rounded to 4 places. */
const Hours = Base.clone({ precision: 24, rounding: Base.ROUND_HALF_UP });

/** Hours as the accounts count them: 140 minutes are `2.3333`. */
export function quantityOfMinutes(minutes: number): DecimalText {
  return toFourPlaces(new Hours(minutes).div(60));
}

/** Plain text without exponent or trailing zeros: equal values have equal text. */
export function plainText(value: DecimalText): DecimalText {
  return new Decimal(value).plus(0).toFixed();
}

/** The exact sum. */
export function sumOf(values: Iterable<DecimalText>): Decimal {
  let sum: Decimal = ZERO;
  for (const value of values) sum = sum.plus(value);
  return sum;
}

export function rounded(value: Decimal, places: number): Decimal {
  const result = value.toDecimalPlaces(places, Base.ROUND_HALF_UP);
  return result.isZero() ? ZERO : result;
}
