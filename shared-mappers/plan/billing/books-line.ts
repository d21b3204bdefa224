import { ownEntry } from '../../mapping/account-map.ts';
import type { BooksInvoiceLine } from '../../model/billing/books-invoice.ts';
import { decimal, plainText, rounded, toFourPlaces } from '../../model/billing/decimal.ts';
import type { DocumentLine } from '../../model/billing/document.ts';
import type { DecimalText } from '../../model/billing/money.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';
import { cutTo, DESCRIPTION_LIMIT } from './fill-template.ts';
import { lineOf } from './line-context.ts';
import { resolveTarget, targetOfLine } from './line-target.ts';
import type { BooksInvoiceContext } from './plan-books-invoice.ts';
import type { Portion } from './remainder.ts';

/** A line of the books' invoice as it goes into the accounts. */
export function booksLine(
  { source, item, billedLine }: Portion,
  customer: string,
  context: BooksInvoiceContext,
  index: ChartIndex,
): DocumentLine | BillingIssue {
  if (source.kind !== 'books-line' && source.kind !== 'expense')
    throw new TypeError(`${source.kind} is no line of the books`);
  const line = item !== undefined && 'line' in item ? item.line : undefined;
  const target =
    billedLine === undefined ? targetFor(line, customer, context, index) : targetOfLine(billedLine, index);
  if ('code' in target) return target;
  const whole = line !== undefined && plainText(line.amount) === plainText(source.amount);
  const price = whole ? priceOf(line) : { quantity: '1', unitAmount: toFourPlaces(decimal(source.amount)) };
  const text = line?.description ?? billedLine?.description ?? '';
  const description = cutTo(whole ? text : `${context.options.correction}${text}`, DESCRIPTION_LIMIT);
  return lineOf({ description, ...price, target, sources: [source] }, context.lineAmounts);
}

/**
 * Quantity and price as the books have them where they come to the line's amount. A discount of the line goes into
 * the price, or, where no price of 4 places comes to the cent, into one unit of the whole amount.
 */
function priceOf({ quantity, unitAmount, amount }: BooksInvoiceLine): {
  readonly quantity: DecimalText;
  readonly unitAmount: DecimalText;
} {
  const units = decimal(quantity);
  const exact = { quantity: toFourPlaces(units), unitAmount: toFourPlaces(decimal(unitAmount)) };
  if (comesTo(exact, amount)) return exact;
  if (!units.isZero()) {
    const reduced = { quantity: exact.quantity, unitAmount: toFourPlaces(decimal(amount).div(units)) };
    if (comesTo(reduced, amount)) return reduced;
  }
  return { quantity: '1', unitAmount: toFourPlaces(decimal(amount)) };
}

function comesTo(
  { quantity, unitAmount }: { readonly quantity: DecimalText; readonly unitAmount: DecimalText },
  amount: DecimalText,
): boolean {
  return rounded(decimal(quantity).times(unitAmount), 2).eq(amount);
}

function targetFor(
  line: BooksInvoiceLine | undefined,
  customer: string,
  { map }: BooksInvoiceContext,
  index: ChartIndex,
): ReturnType<typeof resolveTarget> | BillingIssue {
  if (line === undefined) return failure('ACCOUNT_UNMAPPED', 'A line is gone, and so is what billed it');
  const target = ownEntry(map.sales, line.account);
  if (target === undefined) {
    return failure('ACCOUNT_UNMAPPED', `The account map has no sales account ${line.account || '(none)'}`);
  }
  if (line.taxId === undefined) return resolveTarget(target, map, index, { customer });
  const tax = ownEntry(map.taxes, line.taxId)?.sales;
  if (tax === undefined) {
    return failure('ACCOUNT_UNMAPPED', `The account map has no tax for sales of the books' ${line.taxId}`);
  }
  return resolveTarget({ ...target, tax }, map, index, { customer });
}
