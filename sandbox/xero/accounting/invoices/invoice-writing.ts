import { Decimal } from 'decimal.js';
import type { Books } from '../../books/books.ts';
import type { Contact } from '../../books/contact.ts';
import type { Invoice, InvoiceStatus } from '../../books/invoice.ts';
import { LINE_AMOUNT_TYPES, type LineAmountTypes, type LineItem } from '../../books/line-item.ts';
import { chosenContact, namesContact } from '../../documents/contact-choice.ts';
import { currencyRate, documentCurrency } from '../../documents/currency.ts';
import type { DocumentTerms } from '../../documents/document-terms.ts';
import { recomputeLines, writeLines } from '../../documents/line-writing.ts';
import { checkLockDates } from '../../documents/lock-dates.ts';
import { today } from '../../documents/today.ts';
import { checkTotal, totalsOf } from '../../documents/totals.ts';
import { type Amount, cents } from '../../wire/money.ts';
import { ElementFault } from '../../wire/refusal.ts';
import type { InvoiceInput } from './invoice-input.ts';
import { invoiceNumber } from './invoice-number.ts';
import { nextStatus } from './invoice-status.ts';
import { editSettled } from './settled-invoice.ts';

/** Who writes, and how. */
export interface InvoiceAuthor {
  /** The app; null for a person at Xero's screens. */
  readonly madeBy: string | null;
  readonly unitPlaces: 2 | 4;
}

/** Writes an invoice or bill, new or changed, with everything that hangs on it. @throws ElementFault */
export function writeInvoice(
  books: Books,
  input: InvoiceInput,
  previous: Invoice | undefined,
  author: InvoiceAuthor,
): Invoice {
  const faults: string[] = [];
  const invoice = composed(books, input, previous, author, faults);
  if (faults.length > 0) throw new ElementFault(faults);
  markContact(books, invoice);
  books.record(invoice.id, historyOf(previous, invoice.status), describe(invoice));
  return books.invoices.put(invoice);
}

function composed(
  books: Books,
  input: InvoiceInput,
  previous: Invoice | undefined,
  author: InvoiceAuthor,
  faults: string[],
): Invoice {
  const status = nextStatus(previous, input.Status, faults);
  if (previous !== undefined && (previous.status === 'VOIDED' || previous.status === 'DELETED'))
    return previous;
  const type = typeOf(input, previous, faults);
  const date = input.Date ?? previous?.date ?? today(books);
  checkLockDates(books.organisation, previous?.date ?? date, faults);
  if (previous !== undefined && date !== previous.date) checkLockDates(books.organisation, date, faults);
  if (previous !== undefined && previous.paymentIds.length > 0)
    return editSettled(books, input, previous, author, faults);

  const contact = contactOf(books, input, previous, faults);
  const lineAmountTypes = lineAmountTypesOf(input, previous, faults);
  const isComplete = status === 'SUBMITTED' || status === 'AUTHORISED';
  const terms: DocumentTerms = { kind: type, lineAmountTypes, unitPlaces: author.unitPlaces, isComplete };
  const lines = linesOf(books, input, previous, terms, faults);
  if (isComplete && lines.length === 0) faults.push('One or more line items must be specified');
  const dueDate = input.DueDate ?? previous?.dueDate;
  if (status === 'AUTHORISED' && dueDate === undefined)
    faults.push('The document DueDate field must be specified.');

  const currencyCode = documentCurrency(books, input.CurrencyCode ?? previous?.currencyCode, faults);
  const roundingAmount = roundingOf(input, status, previous, faults);
  const totals = totalsOf(lines, lineAmountTypes, roundingAmount);
  checkTotal(input.Total, totals, faults);
  if (isComplete && totals.total < 0) faults.push('The document total cannot be less than zero.');
  checkTexts(books, input, faults);

  const expectedPaymentDate = input.ExpectedPaymentDate ?? previous?.expectedPaymentDate;
  const plannedPaymentDate = input.PlannedPaymentDate ?? previous?.plannedPaymentDate;
  const brandingThemeId = input.BrandingThemeID ?? previous?.brandingThemeId;
  return {
    id: previous?.id ?? books.ids.next(),
    type,
    number: invoiceNumber(books, type, input.InvoiceNumber, previous, faults),
    reference: type === 'ACCREC' ? (input.Reference ?? previous?.reference ?? '') : '',
    contactId: contact?.id ?? '',
    date,
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(expectedPaymentDate === undefined ? {} : { expectedPaymentDate }),
    ...(plannedPaymentDate === undefined ? {} : { plannedPaymentDate }),
    status,
    lineAmountTypes,
    lines,
    roundingAmount,
    ...totals,
    currencyCode,
    currencyRate: rateOf(books, input, previous, currencyCode),
    amountPaid: 0,
    paymentIds: [],
    sentToContact: input.SentToContact ?? previous?.sentToContact ?? false,
    url: input.Url ?? previous?.url ?? '',
    ...(brandingThemeId === undefined ? {} : { brandingThemeId }),
    madeBy: previous === undefined ? author.madeBy : previous.madeBy,
    updatedMs: books.now(),
  };
}

function typeOf({ Type }: InvoiceInput, previous: Invoice | undefined, faults: string[]): Invoice['type'] {
  const type = Type?.toUpperCase();
  if (previous !== undefined) {
    if (type !== undefined && type !== previous.type)
      faults.push('The Type of an existing document cannot be changed.');
    return previous.type;
  }
  if (type === 'ACCREC' || type === 'ACCPAY') return type;
  faults.push(
    type === undefined
      ? 'The Type field must be specified.'
      : `The Type '${type}' is not valid for this endpoint.`,
  );
  return 'ACCREC';
}

function contactOf(
  books: Books,
  { Contact: choice }: InvoiceInput,
  previous: Invoice | undefined,
  faults: string[],
): Contact | undefined {
  if (namesContact(choice)) return chosenContact(books, choice, faults);
  if (previous !== undefined) return books.contacts.get(previous.contactId);
  faults.push('A Contact must be specified for this type of transaction');
  return undefined;
}

function lineAmountTypesOf(
  { LineAmountTypes: asked }: InvoiceInput,
  previous: Invoice | undefined,
  faults: string[],
): LineAmountTypes {
  if (asked === undefined) return previous?.lineAmountTypes ?? 'Exclusive';
  const known = LINE_AMOUNT_TYPES.find((type) => type.toLowerCase() === asked.toLowerCase());
  if (known === undefined) faults.push(`The LineAmountTypes '${asked}' is not valid.`);
  return known ?? 'Exclusive';
}

/** An empty list says nothing about the lines, as no list does. */
function linesOf(
  books: Books,
  { LineItems: given }: InvoiceInput,
  previous: Invoice | undefined,
  terms: DocumentTerms,
  faults: string[],
): readonly LineItem[] {
  if (given !== undefined && given.length > 0)
    return writeLines(books, given, previous?.lines ?? [], terms, faults);
  if (previous === undefined) return [];
  const isSame = previous.lineAmountTypes === terms.lineAmountTypes && !terms.isComplete;
  return isSame ? previous.lines : recomputed(books, previous, terms, faults);
}

/** Lines that become binding are checked again: an account may have been archived since. */
function recomputed(
  books: Books,
  previous: Invoice,
  terms: DocumentTerms,
  faults: string[],
): readonly LineItem[] {
  const fresh = recomputeLines(books, previous.lines, { ...terms, unitPlaces: 4 }, faults);
  if (previous.lineAmountTypes !== terms.lineAmountTypes) return fresh;
  return previous.lines;
}

/** Up to ten cents either way, for what is submitted or authorised, where the request states all three sums. */
function roundingOf(
  { RoundingAmount: asked, SubTotal, TotalTax, Total }: InvoiceInput,
  status: InvoiceStatus,
  previous: Invoice | undefined,
  faults: string[],
): Amount {
  if (asked === undefined) return previous?.roundingAmount ?? 0;
  if (asked.abs().greaterThan('0.1')) {
    faults.push('The RoundingAmount must be between -0.10 and 0.10.');
    return 0;
  }
  const isStated = SubTotal !== undefined && TotalTax !== undefined && Total !== undefined;
  return isStated && status !== 'DRAFT' ? cents(asked) : 0;
}

function checkTexts(books: Books, input: InvoiceInput, faults: string[]): void {
  if ((input.Reference?.length ?? 0) > 255)
    faults.push('The Reference field must be no longer than 255 characters.');
  const { Url, BrandingThemeID } = input;
  if (Url !== undefined && Url !== '' && (!URL.canParse(Url) || /xero/i.test(Url)))
    faults.push('Url is not valid');
  if (BrandingThemeID !== undefined && BrandingThemeID !== standardTheme(books)) {
    faults.push('The BrandingThemeID could not be found');
  }
}

/** The id of the one branding theme. */
export function standardTheme(books: Books): string {
  return books.organisation.id.replace(/^.{8}/, 'b7a4d1e0');
}

function rateOf(
  books: Books,
  { CurrencyRate }: InvoiceInput,
  previous: Invoice | undefined,
  currencyCode: string,
): Amount {
  const kept = previous?.currencyCode === currencyCode ? new Decimal(previous.currencyRate) : undefined;
  return currencyRate(books, currencyCode, CurrencyRate ?? kept);
}

/** A contact becomes a customer or a supplier with its first document. */
function markContact(books: Books, { contactId, type }: Invoice): void {
  const contact = books.contacts.get(contactId);
  if (contact === undefined) return;
  if (type === 'ACCREC' ? contact.isCustomer : contact.isSupplier) return;
  books.contacts.put({ ...contact, ...(type === 'ACCREC' ? { isCustomer: true } : { isSupplier: true }) });
}

function historyOf(previous: Invoice | undefined, status: InvoiceStatus): string {
  if (previous === undefined) return 'Created';
  if (previous.status === status) return 'Edited';
  const words = {
    DRAFT: 'Edited',
    SUBMITTED: 'Submitted',
    AUTHORISED: 'Approved',
    PAID: 'Paid',
    VOIDED: 'Voided',
    DELETED: 'Deleted',
  };
  return words[status];
}

function describe({ number, total, currencyCode }: Invoice): string {
  return `${number === '' ? 'Bill' : number} for ${total.toFixed(2)} ${currencyCode}.`;
}
