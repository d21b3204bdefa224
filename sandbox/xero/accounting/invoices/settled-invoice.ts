import type { Books } from '../../books/books.ts';
import type { Invoice } from '../../books/invoice.ts';
import { writeLines } from '../../documents/line-writing.ts';
import { totalsOf } from '../../documents/totals.ts';
import type { InvoiceInput } from './invoice-input.ts';
import { invoiceNumber } from './invoice-number.ts';

const LOCKED = 'This document cannot be edited as it has a payment or credit note allocated to it.';

/**
 * What may still change once money has been paid: number, reference, due date and the like, and of the lines their
 * description, account and tracking; never an amount. Faults go to `faults`.
 */
export function editSettled(
  books: Books,
  input: InvoiceInput,
  previous: Invoice,
  { unitPlaces }: { unitPlaces: 2 | 4 },
  faults: string[],
): Invoice {
  if (touchesMoney(input, previous)) faults.push(LOCKED);
  const dueDate = input.DueDate ?? previous.dueDate;
  const expectedPaymentDate = input.ExpectedPaymentDate ?? previous.expectedPaymentDate;
  const plannedPaymentDate = input.PlannedPaymentDate ?? previous.plannedPaymentDate;
  return {
    ...previous,
    number: invoiceNumber(books, previous.type, input.InvoiceNumber, previous, faults),
    reference: previous.type === 'ACCREC' ? (input.Reference ?? previous.reference) : '',
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(expectedPaymentDate === undefined ? {} : { expectedPaymentDate }),
    ...(plannedPaymentDate === undefined ? {} : { plannedPaymentDate }),
    sentToContact: input.SentToContact ?? previous.sentToContact,
    url: input.Url ?? previous.url,
    lines: linesOf(books, input, previous, unitPlaces, faults),
    // Xero does not count a new due date or a sent mark on a paid document as a change.
    updatedMs: isQuiet(input) ? previous.updatedMs : books.now(),
  };
}

function linesOf(
  books: Books,
  { LineItems: given }: InvoiceInput,
  previous: Invoice,
  unitPlaces: 2 | 4,
  faults: string[],
): Invoice['lines'] {
  if (given === undefined || given.length === 0) return previous.lines;
  const known = new Set(previous.lines.map(({ id }) => id));
  if (given.some(({ LineItemID }) => LineItemID === undefined || !known.has(LineItemID.toLowerCase()))) {
    faults.push('To update fields on a paid invoice line item, you must supply a LineItemID');
    return previous.lines;
  }
  const terms = {
    kind: previous.type,
    lineAmountTypes: previous.lineAmountTypes,
    unitPlaces,
    isComplete: true,
  };
  const lines = writeLines(books, given, previous.lines, terms, faults);
  const { total, totalTax } = totalsOf(lines, previous.lineAmountTypes, previous.roundingAmount);
  if (total !== previous.total || totalTax !== previous.totalTax) faults.push(LOCKED);
  return lines;
}

function touchesMoney(input: InvoiceInput, previous: Invoice): boolean {
  const {
    Date: date,
    LineAmountTypes: types,
    CurrencyCode: code,
    CurrencyRate: rate,
    Contact: contact,
  } = input;
  return (
    (date !== undefined && date !== previous.date) ||
    (types !== undefined && types.toLowerCase() !== previous.lineAmountTypes.toLowerCase()) ||
    (code !== undefined && code !== previous.currencyCode) ||
    (rate !== undefined && !rate.equals(previous.currencyRate)) ||
    (contact?.ContactID !== undefined && contact.ContactID.toLowerCase() !== previous.contactId)
  );
}

function isQuiet({ DueDate: _due, SentToContact: _sent, InvoiceID: _id, ...rest }: InvoiceInput): boolean {
  return Object.values(rest).every((value) => value === undefined);
}
