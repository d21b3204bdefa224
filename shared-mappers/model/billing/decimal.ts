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
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** To 4 places, without trailing zeros: `2.3333`, `150`. */
export function toFourPlaces(value: Decimal): DecimalText {
  return rounded(value, 4).toFixed();
}

/**
 * Hours as the accounts count them: 140 minutes are `2.3333`. In whole numbers, since a third never ends: a minute is
 * 500/3 ten-thousandths of an hour.
 */
export function quantityOfMinutes(minutes: number): DecimalText {
  const tenThousandths = Math.floor((Math.abs(minutes) * 1000 + 3) / 6);
  const part = String(tenThousandths % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(tenThousandths / 10_000);
  const text = part === '' ? String(whole) : `${whole}.${part}`;
  return minutes < 0 && text !== '0' ? `-${text}` : text;
}

/** Plain text without exponent or trailing zeros: equal values have equal text. */
export function plainText(value: DecimalText): DecimalText {
  if (PLAIN.test(value)) return value;
  return new Decimal(value).plus(0).toFixed();
}

/** What `plainText` would return unchanged. */
const PLAIN = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/;

/** The exact sum of amounts that have two decimal places each: `['1.10', '-0.30']` -> `0.80`. */
export function sumOfCents(amounts: Iterable<DecimalText>): DecimalText {
  let cents = 0n;
  for (const amount of amounts) {
    if (amount.at(-3) !== '.') throw new RangeError(`${amount} is not rounded to cents`);
    cents += BigInt(amount.slice(0, -3) + amount.slice(-2));
  }
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function rounded(value: Decimal, places: number): Decimal {
  const result = value.toDecimalPlaces(places, Base.ROUND_HALF_UP);
  return result.isZero() ? ZERO : result;
}
