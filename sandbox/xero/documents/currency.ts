import { Decimal } from 'decimal.js';
import type { Books } from '../books/books.ts';
import { type Amount, rounded } from '../wire/money.ts';

/** Units of each currency for one US dollar: the day's rates, the same every day. */
const PER_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  AUD: 1.527,
  NZD: 1.684,
  GBP: 0.7712,
  EUR: 0.9214,
  CAD: 1.3865,
  SGD: 1.3241,
  JPY: 152.34,
  ZAR: 17.62,
  INR: 84.05,
};

/** Whether Xero knows the currency at all; the simulated one knows those it has rates for. */
export function isCurrency(code: string): boolean {
  return Object.hasOwn(PER_DOLLAR, code);
}

/** The currency of a document, which the organisation must have subscribed to. Faults go to `faults`. */
export function documentCurrency(books: Books, code: string | undefined, faults: string[]): string {
  const wanted = code === undefined || code === '' ? books.organisation.baseCurrency : code.toUpperCase();
  if (!books.currencies.includes(wanted)) faults.push(`Organisation is not subscribed to currency ${wanted}`);
  return wanted;
}

/** The rate given, or the day's: units of the document's currency for one of the base currency. */
export function currencyRate(books: Books, code: string, given: Decimal | undefined): Amount {
  const { baseCurrency } = books.organisation;
  if (code === baseCurrency) return 1;
  if (given?.greaterThan(0) === true) return rounded(given, 6);
  return rounded(new Decimal(PER_DOLLAR[code] ?? 1).dividedBy(PER_DOLLAR[baseCurrency] ?? 1), 6);
}
