import { Decimal } from 'decimal.js';
import type { LineAmountTypes, LineItem, Totals } from '../books/line-item.ts';
import { type Amount, cents, sum } from '../wire/money.ts';

/** The sums of a document: each line's tax is rounded before it is added. */
export function totalsOf(
  lines: readonly LineItem[],
  types: LineAmountTypes,
  roundingAmount: Amount = 0,
): Totals {
  const amounts = sum(lines.map(({ lineAmount }) => lineAmount));
  const tax = sum(lines.map(({ taxAmount }) => taxAmount));
  const net = types === 'Inclusive' ? amounts.minus(tax) : amounts;
  return {
    subTotal: cents(net),
    totalTax: cents(tax),
    total: cents(net.plus(tax).plus(roundingAmount)),
    totalDiscount: cents(sum(lines.map(discountIn))),
  };
}

function discountIn({ quantity, unitAmount, lineAmount, discountRate, discountAmount }: LineItem): Amount {
  if (discountRate === undefined && discountAmount === undefined) return 0;
  return cents(new Decimal(quantity ?? 0).times(unitAmount ?? 0).minus(lineAmount));
}

/** A total that the request states must be the one Xero computes. */
export function checkTotal(stated: Decimal | undefined, { total }: Totals, faults: string[]): void {
  if (stated === undefined || stated.equals(total)) return;
  faults.push('The document total does not equal the sum of the lines.');
}
