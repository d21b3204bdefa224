import { Decimal } from 'decimal.js';
import type { Books } from '../../books/books.ts';
import type { Invoice } from '../../books/invoice.ts';
import { showLine } from '../../documents/line-json.ts';
import { cents } from '../../wire/money.ts';
import { dateString, msDate, msStamp, stampString } from '../../wire/wire-time.ts';
import { showContact, showContactBriefly } from '../contacts/contact-json.ts';
import { showAttachments } from '../extras/attachment-json.ts';

/** How much of an invoice an answer shows. */
export interface InvoiceView {
  /** The contact with all it has, or its id and name only. */
  readonly fullContact: boolean;
  readonly withLines: boolean;
  readonly unitPlaces: 2 | 4;
  /** As the only one of its answer, with its attachments. */
  readonly alone: boolean;
}

export function showInvoice(books: Books, invoice: Invoice, view: InvoiceView): object {
  const contact = books.contacts.get(invoice.contactId);
  const files = books.attachments.found(books.attachmentsByOwner, invoice.id);
  const attachments = showAttachments(books, 'Invoices', files);
  const isCollectable =
    invoice.status === 'AUTHORISED' ||
    invoice.status === 'PAID' ||
    invoice.status === 'DRAFT' ||
    invoice.status === 'SUBMITTED';
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    ...(invoice.type === 'ACCREC' ? { Reference: invoice.reference } : {}),
    Payments: invoice.paymentIds.map((id) => showPaymentBriefly(books, id)),
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    AmountDue: isCollectable ? cents(new Decimal(invoice.total).minus(invoice.amountPaid)) : 0,
    AmountPaid: invoice.amountPaid,
    AmountCredited: 0,
    SentToContact: invoice.sentToContact,
    CurrencyRate: invoice.currencyRate,
    HasErrors: false,
    IsDiscounted: invoice.totalDiscount !== 0,
    ...(invoice.totalDiscount === 0 ? {} : { TotalDiscount: invoice.totalDiscount }),
    HasAttachments: attachments.length > 0,
    ...(view.alone && attachments.length > 0 ? { Attachments: attachments } : {}),
    ...(invoice.url === '' ? {} : { Url: invoice.url }),
    ...(invoice.brandingThemeId === undefined ? {} : { BrandingThemeID: invoice.brandingThemeId }),
    ...(contact === undefined
      ? {}
      : { Contact: view.fullContact ? showContact(books, contact) : showContactBriefly(contact) }),
    DateString: dateString(invoice.date),
    Date: msDate(invoice.date),
    ...(invoice.dueDate === undefined
      ? {}
      : { DueDateString: dateString(invoice.dueDate), DueDate: msDate(invoice.dueDate) }),
    ...(invoice.expectedPaymentDate === undefined
      ? {}
      : { ExpectedPaymentDate: msDate(invoice.expectedPaymentDate) }),
    ...(invoice.plannedPaymentDate === undefined
      ? {}
      : { PlannedPaymentDate: msDate(invoice.plannedPaymentDate) }),
    Status: invoice.status,
    LineAmountTypes: invoice.lineAmountTypes,
    LineItems: view.withLines ? invoice.lines.map((line) => showLine(books, line, view.unitPlaces)) : [],
    SubTotal: invoice.subTotal,
    TotalTax: invoice.totalTax,
    ...(invoice.roundingAmount === 0 ? {} : { RoundingAmount: invoice.roundingAmount }),
    Total: invoice.total,
    UpdatedDateUTC: msStamp(invoice.updatedMs),
    UpdatedDateUTCString: stampString(invoice.updatedMs),
    CurrencyCode: invoice.currencyCode,
    ...(invoice.fullyPaidOn === undefined ? {} : { FullyPaidOnDate: msDate(invoice.fullyPaidOn) }),
  };
}

/** With `summaryOnly=true` lists leave out everything that takes other tables to show. */
export function showInvoiceSummary(books: Books, invoice: Invoice): object {
  const contact = books.contacts.get(invoice.contactId);
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    ...(invoice.type === 'ACCREC' ? { Reference: invoice.reference } : {}),
    AmountDue: cents(new Decimal(invoice.total).minus(invoice.amountPaid)),
    AmountPaid: invoice.amountPaid,
    SentToContact: invoice.sentToContact,
    CurrencyRate: invoice.currencyRate,
    HasErrors: false,
    ...(contact === undefined ? {} : { Contact: { ContactID: contact.id, Name: contact.name } }),
    DateString: dateString(invoice.date),
    Date: msDate(invoice.date),
    ...(invoice.dueDate === undefined
      ? {}
      : { DueDateString: dateString(invoice.dueDate), DueDate: msDate(invoice.dueDate) }),
    Status: invoice.status,
    LineAmountTypes: invoice.lineAmountTypes,
    SubTotal: invoice.subTotal,
    TotalTax: invoice.totalTax,
    Total: invoice.total,
    UpdatedDateUTC: msStamp(invoice.updatedMs),
    CurrencyCode: invoice.currencyCode,
  };
}

function showPaymentBriefly(books: Books, id: string): object {
  const payment = books.payments.get(id);
  if (payment === undefined) return { PaymentID: id };
  return {
    PaymentID: payment.id,
    Date: msDate(payment.date),
    Amount: payment.amount,
    ...(payment.reference === '' ? {} : { Reference: payment.reference }),
    CurrencyRate: payment.currencyRate,
    HasAccount: false,
    HasValidationErrors: false,
  };
}
