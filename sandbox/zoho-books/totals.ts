import { Decimal } from 'decimal.js';
import type { Books } from './books.ts';

/** Cents are rounded half up, line by line. */
const CENTS = 2;

/** What one line comes to. */
export interface LineTotal {
  net: Decimal;
  tax: Decimal;
}

export interface Totals {
  subTotal: Decimal;
  tax: Decimal;
  total: Decimal;
}

/** @param amount of the line: with its tax where it is inclusive */
export function lineTotal(
  books: Books,
  amount: Decimal.Value,
  taxId: string | null,
  isInclusive: boolean,
): LineTotal {
  const given = cents(new Decimal(amount));
  if (taxId === null) return { net: given, tax: new Decimal(0) };
  const share = new Decimal(books.tax(taxId).percentage).div(100);
  if (!isInclusive) return { net: given, tax: cents(given.times(share)) };
  const tax = cents(given.times(share).div(share.plus(1)));
  return { net: given.minus(tax), tax };
}

export function addUp(lines: readonly LineTotal[]): Totals {
  let subTotal = new Decimal(0);
  let tax = new Decimal(0);
  for (const line of lines) {
    subTotal = subTotal.plus(line.net);
    tax = tax.plus(line.tax);
  }
  return { subTotal, tax, total: subTotal.plus(tax) };
}

export function cents(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(CENTS, Decimal.ROUND_HALF_UP);
}
