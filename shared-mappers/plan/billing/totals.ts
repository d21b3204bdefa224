import { type Decimal, decimal, rounded, toCents, ZERO } from '../../model/billing/decimal.ts';
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
  return { amount: toCents(amount), taxAmount: toCents(taxOf(amount, taxRate, lineAmounts)) };
}

function taxOf(amount: Decimal, taxRate: DecimalText, lineAmounts: LineAmounts): Decimal {
  if (lineAmounts === 'no-tax' || taxRate === '0') return ZERO;
  const tax = amount.times(taxRate);
  return lineAmounts === 'exclusive' ? tax.times('0.01') : tax.div(decimal(taxRate).plus(100));
}

/** The sums of rounded lines. Of inclusive amounts the tax is part, of exclusive ones it comes on top. */
export function totalsOf(lines: readonly LineAmount[], lineAmounts: LineAmounts): Totals {
  let amounts: Decimal = ZERO;
  let tax: Decimal = ZERO;
  for (const line of lines) {
    amounts = amounts.plus(line.amount);
    tax = tax.plus(line.taxAmount);
  }
  const inclusive = lineAmounts === 'inclusive';
  return {
    subTotal: toCents(inclusive ? amounts.minus(tax) : amounts),
    totalTax: toCents(tax),
    total: toCents(inclusive ? amounts : amounts.plus(tax)),
  };
}
