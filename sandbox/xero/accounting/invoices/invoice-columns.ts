import { Decimal } from 'decimal.js';
import type { Books } from '../../books/books.ts';
import type { Invoice } from '../../books/invoice.ts';
import { type Columns, date, guid, number, text, truth } from '../../query/columns.ts';
import { cents } from '../../wire/money.ts';
import { dayMs } from '../../wire/wire-time.ts';

/** What `where` and `order` know of invoices. */
export function invoiceColumns(books: Books): Columns<Invoice> {
  const contact = (invoice: Invoice) => books.contacts.get(invoice.contactId);
  const day = (value: string | undefined): number | null => (value === undefined ? null : dayMs(value));
  return {
    resource: 'Invoice',
    byPath: {
      Type: text(({ type }) => type),
      InvoiceID: guid(({ id }) => id),
      InvoiceNumber: text((invoice) => invoice.number),
      Reference: text(({ reference }) => reference),
      Status: text(({ status }) => status),
      Date: date((invoice) => dayMs(invoice.date)),
      DueDate: date(({ dueDate }) => day(dueDate)),
      FullyPaidOnDate: date(({ fullyPaidOn }) => day(fullyPaidOn)),
      ExpectedPaymentDate: date(({ expectedPaymentDate }) => day(expectedPaymentDate)),
      UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
      Total: number(({ total }) => total),
      SubTotal: number(({ subTotal }) => subTotal),
      TotalTax: number(({ totalTax }) => totalTax),
      AmountDue: number(({ total, amountPaid }) => cents(new Decimal(total).minus(amountPaid))),
      AmountPaid: number(({ amountPaid }) => amountPaid),
      CurrencyCode: text(({ currencyCode }) => currencyCode),
      LineAmountTypes: text(({ lineAmountTypes }) => lineAmountTypes),
      SentToContact: truth(({ sentToContact }) => sentToContact),
      'Contact.ContactID': guid(({ contactId }) => contactId),
      'Contact.Name': text((invoice) => contact(invoice)?.name),
      'Contact.ContactNumber': text((invoice) => contact(invoice)?.number),
    },
  };
}
