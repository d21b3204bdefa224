import type { Books } from '../../books/books.ts';
import type { Invoice } from '../../books/invoice.ts';

const LONGEST = 255;

/** The number of an invoice: Xero counts sales invoices itself where none is given. Faults go to `faults`. */
export function invoiceNumber(
  books: Books,
  type: Invoice['type'],
  given: string | undefined,
  previous: Invoice | undefined,
  faults: string[],
): string {
  const number = given?.trim();
  if (number !== undefined && number.length > LONGEST) {
    faults.push(`The InvoiceNumber field must be no longer than ${LONGEST} characters.`);
  }
  if (type === 'ACCPAY') return number ?? previous?.number ?? '';
  if (number === undefined || number === '') return previous?.number ?? nextNumber(books);
  const holder = books.salesInvoiceByNumber(number);
  if (holder !== undefined && holder.id !== previous?.id) faults.push('Invoice # must be unique.');
  return number;
}

function nextNumber(books: Books): string {
  for (;;) {
    const number = `INV-${String(books.nextInvoiceNumber).padStart(4, '0')}`;
    books.nextInvoiceNumber += 1;
    if (books.salesInvoiceByNumber(number) === undefined) return number;
  }
}
