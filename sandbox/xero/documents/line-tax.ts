import { Decimal } from 'decimal.js';
import { type Account, classOf } from '../books/account.ts';
import type { Books } from '../books/books.ts';
import type { LineAmountTypes } from '../books/line-item.ts';
import type { TaxRate } from '../books/tax-rate.ts';
import { type Amount, cents } from '../wire/money.ts';

/** The tax rate of a line: the one it names, or its account's own. Faults go to `faults`. */
export function lineTaxRate(
  books: Books,
  named: string | undefined,
  account: Account | undefined,
  faults: string[],
): TaxRate | undefined {
  const taxType = named ?? account?.taxType;
  if (taxType === undefined || taxType === '') return undefined;
  const rate = books.taxRates.get(taxType);
  if (rate === undefined || rate.status !== 'ACTIVE') {
    faults.push(`The TaxType code ${taxType} does not exist or cannot be used for this type of transaction`);
    return undefined;
  }
  if (account !== undefined && !rate.appliesTo.includes(classOf(account))) {
    faults.push(`The TaxType code '${rate.taxType}' cannot be used with account code '${account.code}'.`);
  }
  return rate;
}

/** The tax in a line, or on top of it, rounded by itself: Xero sums lines that are rounded already. */
export function taxOf(lineAmount: Amount, percent: Amount, types: LineAmountTypes): Amount {
  if (types === 'NoTax' || percent === 0) return 0;
  const rate = new Decimal(percent);
  const taxed = rate.times(lineAmount);
  return cents(types === 'Exclusive' ? taxed.dividedBy(100) : taxed.dividedBy(rate.plus(100)));
}
