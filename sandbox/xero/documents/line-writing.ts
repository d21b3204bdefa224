import { Decimal } from 'decimal.js';
import type { Books } from '../books/books.ts';
import type { Item } from '../books/item.ts';
import type { LineItem } from '../books/line-item.ts';
import { REGION_FACTS } from '../opening/regions.ts';
import { cents } from '../wire/money.ts';
import type { DocumentTerms } from './document-terms.ts';
import { lineAccount } from './line-account.ts';
import { lineFigures } from './line-amount.ts';
import type { LineInput } from './line-input.ts';
import { lineTaxRate, taxOf } from './line-tax.ts';
import { lineTracking } from './line-tracking.ts';

const LONGEST_DESCRIPTION = 4000;

/**
 * The lines of a document after a request. A line with the id of an old one changes it; the others are new; what the
 * request leaves out is gone. Faults go to `faults`.
 */
export function writeLines(
  books: Books,
  given: readonly LineInput[],
  previous: readonly LineItem[],
  terms: DocumentTerms,
  faults: string[],
): readonly LineItem[] {
  return given.map((input) => {
    const id = input.LineItemID?.toLowerCase();
    const old = id === undefined ? undefined : previous.find((line) => line.id === id);
    return writeLine(books, old === undefined ? input : filledIn(books, input, old), old?.id, terms, faults);
  });
}

/** The same lines under other terms: tax is computed anew. */
export function recomputeLines(
  books: Books,
  lines: readonly LineItem[],
  terms: DocumentTerms,
  faults: string[],
): readonly LineItem[] {
  return lines.map((line) => writeLine(books, filledIn(books, EMPTY_LINE, line), line.id, terms, faults));
}

const EMPTY_LINE: LineInput = {
  LineItemID: undefined,
  Description: undefined,
  Quantity: undefined,
  UnitAmount: undefined,
  ItemCode: undefined,
  AccountCode: undefined,
  AccountID: undefined,
  TaxType: undefined,
  TaxAmount: undefined,
  LineAmount: undefined,
  DiscountRate: undefined,
  DiscountAmount: undefined,
  Tracking: undefined,
};

function writeLine(
  books: Books,
  input: LineInput,
  oldId: string | undefined,
  terms: DocumentTerms,
  faults: string[],
): LineItem {
  const item = itemOf(books, input.ItemCode, faults);
  const price = terms.kind === 'ACCREC' || terms.kind === 'RECEIVE' ? item?.sales : item?.purchases;
  const description = input.Description ?? item?.description;
  const code = input.AccountCode ?? (input.AccountID === undefined ? price?.accountCode : undefined);
  const account = lineAccount(books, { code, id: input.AccountID }, faults);
  const figures = lineFigures(
    {
      quantity: input.Quantity,
      unitAmount:
        input.UnitAmount ?? (price?.unitPrice === undefined ? undefined : new Decimal(price.unitPrice)),
      lineAmount: input.LineAmount,
      discountRate: input.DiscountRate,
      discountAmount: input.DiscountAmount,
    },
    terms,
    faults,
  );
  const rate = lineTaxRate(books, input.TaxType ?? price?.taxType, account, faults);
  // A line of mere text has neither account nor tax.
  const isText = figures.quantity === undefined;
  if (terms.isComplete)
    requireWhole(
      description,
      isText || account !== undefined || hasFault(input, faults),
      isText || rate !== undefined,
      faults,
    );
  if ((description?.length ?? 0) > LONGEST_DESCRIPTION) {
    faults.push(`The Description field must be no longer than ${LONGEST_DESCRIPTION} characters.`);
  }
  const isFree = terms.lineAmountTypes === 'NoTax';
  const taxAmount =
    input.TaxAmount === undefined || isFree
      ? taxOf(figures.lineAmount, rate?.effectiveRate ?? 0, terms.lineAmountTypes)
      : cents(input.TaxAmount);
  const taxType = isFree && !isText ? REGION_FACTS[books.organisation.region].none : rate?.taxType;
  return {
    id: oldId ?? books.ids.next(),
    ...(description === undefined ? {} : { description }),
    ...figures,
    ...(item === undefined ? {} : { itemCode: item.code }),
    ...(account === undefined ? {} : { accountId: account.id }),
    ...(taxType === undefined ? {} : { taxType }),
    taxAmount,
    tracking: lineTracking(books, input.Tracking ?? [], faults),
  };
}

/** An account that is named but wrong has been complained about already. */
function hasFault({ AccountCode, AccountID }: LineInput, faults: readonly string[]): boolean {
  return faults.length > 0 && (AccountCode ?? AccountID ?? '') !== '';
}

function requireWhole(
  description: string | undefined,
  hasAccount: boolean,
  hasTax: boolean,
  faults: string[],
): void {
  if (description === undefined || description.trim() === '')
    faults.push('The Description field must be specified.');
  if (!hasAccount) {
    faults.push('Account code must be specified');
    if (!hasTax) faults.push('The TaxType field is mandatory');
  }
}

function itemOf(books: Books, code: string | undefined, faults: string[]): Item | undefined {
  if (code === undefined || code === '') return undefined;
  const item = books.itemByCode(code);
  if (item === undefined) faults.push(`Item code '${code}' is not valid`);
  return item;
}

/** The request with what it leaves unsaid taken from the line it changes. */
function filledIn(books: Books, input: LineInput, old: LineItem): LineInput {
  const decimal = (value: number | undefined): Decimal | undefined =>
    value === undefined ? undefined : new Decimal(value);
  // New figures make the old amounts void.
  const isRecomputed =
    input.Quantity !== undefined ||
    input.UnitAmount !== undefined ||
    input.LineAmount !== undefined ||
    input.DiscountRate !== undefined ||
    input.DiscountAmount !== undefined ||
    input.TaxType !== undefined;
  const account = old.accountId === undefined ? undefined : books.accounts.get(old.accountId);
  const namesAccount = input.AccountCode !== undefined || input.AccountID !== undefined;
  return {
    LineItemID: old.id,
    Description: input.Description ?? old.description,
    Quantity: input.Quantity ?? decimal(old.quantity),
    UnitAmount: input.UnitAmount ?? decimal(old.unitAmount),
    ItemCode: input.ItemCode ?? old.itemCode,
    AccountCode: input.AccountCode,
    AccountID: namesAccount ? input.AccountID : account?.id,
    TaxType: input.TaxType ?? old.taxType,
    TaxAmount: input.TaxAmount ?? (isRecomputed || input === EMPTY_LINE ? undefined : decimal(old.taxAmount)),
    LineAmount: input.LineAmount,
    DiscountRate: input.DiscountRate ?? decimal(old.discountRate),
    DiscountAmount: input.DiscountAmount ?? decimal(old.discountAmount),
    Tracking:
      input.Tracking ??
      old.tracking.map(({ categoryId, optionId }) => ({
        TrackingCategoryID: categoryId,
        TrackingOptionID: optionId,
        Name: undefined,
        Option: undefined,
      })),
  };
}
