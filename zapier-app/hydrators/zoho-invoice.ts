import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { BooksInvoice } from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import type { BooksSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { z } from 'zod';
import { packInvoice } from '../billing/invoice-delivery.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { booksOrganisation } from '../fields/books-organisation.ts';
import { invoiceDetails } from '../records/invoice-item.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

/** Which invoice a field of an item stands for. */
const pointer = z.object({ booksOrganisation, invoice: z.string() });

/** What billing steps need of an invoice, as it is by the time that one takes it. */
export const hydrateInvoice = step(async (step) => {
  const readAt = step.ports.clock.now();
  const { books, invoice } = await invoiceOf(step);
  return packInvoice({ invoice, taxes: await books.taxes(), readAt });
});

const detail = pointer.extend({ field: z.enum(['lineAmounts', 'subTotal', 'totalTax', 'lines']) });

/** A field of which the listing says nothing. */
export const hydrateInvoiceDetail = step(async (step) => {
  const { field } = readInput(detail, step.input);
  return invoiceDetails((await invoiceOf(step)).invoice)[field];
});

async function invoiceOf(
  step: Step,
): Promise<{ readonly books: BooksSource; readonly invoice: BooksInvoice }> {
  const { booksOrganisation, invoice: id } = readInput(pointer, step.input);
  const books = zohoBooks(step, booksOrganisation);
  const invoice = await books.invoice(id);
  if (invoice !== undefined) return { books, invoice };
  throw new StackbridgeError('RECORD_GONE', `The invoice ${id} is not in Zoho Books any more`, {
    system: 'zoho-books',
    recordId: id,
  });
}
