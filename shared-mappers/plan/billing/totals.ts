import { type Decimal, decimal, rounded, sumOfCents, toCents } from '../../model/billing/decimal.ts';
import type { LineAmounts } from '../../model/billing/document.ts';
import type { DecimalText } from '../../model/billing/money.ts';

export interface LineAmount {
  readonly amount: DecimalText;
  readonly taxAmount: DecimalText;
}

export interface Totals {
  readonly subTotal: DecimalText;
  readonly totalTax: DecimalText;
  readonly total: DecimalText;
}

/**
 * A line as Xero rounds it: quantity times unit amount to cents, then the tax of those cents to cents; halves up.
 *
 * @param taxRate percent, `8.25`.
 */
export function lineAmount(
  quantity: DecimalText,
  unitAmount: DecimalText,
  taxRate: DecimalText,
  lineAmounts: LineAmounts,
): LineAmount {
  const amount = rounded(decimal(quantity).times(unitAmount), 2);
  return { amount: toCents(amount), taxAmount: taxOf(amount, taxRate, lineAmounts) };
}

function taxOf(amount: Decimal, taxRate: DecimalText, lineAmounts: LineAmounts): DecimalText {
  if (lineAmounts === 'no-tax' || taxRate === '0') return '0.00';
  const tax = amount.times(taxRate);
  return toCents(lineAmounts === 'exclusive' ? tax.times(HUNDREDTH) : tax.div(decimal(taxRate).plus(100)));
}

const HUNDREDTH = decimal('0.01');

/** The sums of rounded lines. Of inclusive amounts the tax is part, of exclusive ones it comes on top. */
export function totalsOf(lines: readonly LineAmount[], lineAmounts: LineAmounts): Totals {
  const amounts = sumOfCents(lines.map(({ amount }) => amount));
  const totalTax = sumOfCents(lines.map(({ taxAmount }) => taxAmount));
  return lineAmounts === 'inclusive'
    ? { subTotal: sumOfCents([amounts, negatedCents(totalTax)]), totalTax, total: amounts }
    : { subTotal: amounts, totalTax, total: sumOfCents([amounts, totalTax]) };
}

function negatedCents(amount: DecimalText): DecimalText {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
