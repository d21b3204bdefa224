import { Decimal } from 'decimal.js';
import { type Amount, cents, rounded, spoken } from '../wire/money.ts';
import type { DocumentTerms } from './document-terms.ts';

/** The figures of a line as they are given. */
export interface GivenFigures {
  readonly quantity: Decimal | undefined;
  readonly unitAmount: Decimal | undefined;
  readonly lineAmount: Decimal | undefined;
  readonly discountRate: Decimal | undefined;
  readonly discountAmount: Decimal | undefined;
}

/** The figures of a line as they are kept. */
export interface LineFigures {
  readonly quantity?: Amount;
  readonly unitAmount?: Amount;
  readonly lineAmount: Amount;
  readonly discountRate?: Amount;
  readonly discountAmount?: Amount;
}

/** Xero's largest line amount. */
const LARGEST = new Decimal('9999999999.99');

/** Quantity x unit amount less discount, rounded to cents, which must be what the request says. Faults go to `faults`. */
export function lineFigures(given: GivenFigures, terms: DocumentTerms, faults: string[]): LineFigures {
  const { lineAmount } = given;
  if (given.unitAmount === undefined && given.quantity === undefined && lineAmount === undefined) {
    return { lineAmount: 0 };
  }
  const quantity = rounded(given.quantity ?? 1, 4);
  const unitAmount = unitAmountOf(given, quantity, terms);
  const discount = discountOf(given, terms, faults);
  const gross = new Decimal(quantity).times(unitAmount);
  const expected = cents(
    discount.discountAmount === undefined
      ? gross.times(new Decimal(100).minus(discount.discountRate ?? 0)).dividedBy(100)
      : gross.minus(discount.discountAmount),
  );
  if (lineAmount !== undefined && !new Decimal(cents(lineAmount)).equals(expected)) {
    faults.push(
      `The line total ${spoken(lineAmount)} does not match the expected line total ${spoken(expected)}`,
    );
  }
  if (new Decimal(expected).abs().greaterThan(LARGEST)) faults.push('The line amount is too large.');
  return { quantity, unitAmount, lineAmount: expected, ...discount };
}

/** A line that names only its amount gets the unit amount that leads to it. */
function unitAmountOf(
  { unitAmount, lineAmount }: GivenFigures,
  quantity: Amount,
  terms: DocumentTerms,
): Amount {
  if (unitAmount !== undefined) return rounded(unitAmount, terms.unitPlaces);
  if (lineAmount === undefined || quantity === 0) return 0;
  return rounded(lineAmount.dividedBy(quantity), terms.unitPlaces);
}

function discountOf(
  { discountRate, discountAmount }: GivenFigures,
  { kind }: DocumentTerms,
  faults: string[],
): Pick<LineFigures, 'discountRate' | 'discountAmount'> {
  const rate = discountRate?.isZero() === false ? discountRate : undefined;
  const amount = discountAmount?.isZero() === false ? discountAmount : undefined;
  if (rate === undefined && amount === undefined) return {};
  if (kind !== 'ACCREC') {
    faults.push('Discounts can only be applied to sales invoices.');
    return {};
  }
  if (rate !== undefined && amount !== undefined) {
    faults.push('Only one of DiscountRate and DiscountAmount can be given.');
  }
  if (rate !== undefined) return { discountRate: rounded(rate, 4) };
  return amount === undefined ? {} : { discountAmount: cents(amount) };
}
