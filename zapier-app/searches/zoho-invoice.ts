import type { BooksSource, ListedInvoice } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { zohoBooks } from '../connection/zoho.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { INVOICE_OUTPUT, INVOICE_SAMPLE } from '../records/invoice-item.ts';
import { listedInvoiceItem } from '../records/listed-invoice-item.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, number: z.string().trim().min(1) });

export const zohoInvoice = defineSearch({
  key: 'zoho_invoice',
  noun: 'Zoho Invoice',
  display: {
    label: 'Find Invoice in Zoho Books',
    description:
      'Finds an invoice in Zoho Books by its number, by that of its invoice in Xero, or by its ID.',
  },
  operation: {
    inputFields: [
      BOOKS_ORGANISATION_FIELD,
      {
        key: 'number',
        label: 'Number or Invoice ID',
        type: 'string',
        required: true,
        helpText:
          'The number of the invoice in Zoho Books, which its invoice in Xero has too, such as INV-000012: where that one was voided or deleted, this leads to the invoice in the books.',
      },
    ],
    perform: step(async (step) => {
      const { number, booksOrganisation } = readInput(input, step.input);
      const found = await invoiceNamed(zohoBooks(step, booksOrganisation), number);
      return found === undefined
        ? []
        : [{ id: found.id, ...listedInvoiceItem(found, booksOrganisation, step) }];
    }),
    sample: { id: INVOICE_SAMPLE.invoiceId, ...INVOICE_SAMPLE },
    outputFields: [{ key: 'id', label: 'ID' }, ...INVOICE_OUTPUT],
  },
});

/** Of further documents for the same invoice: `INV-000012-2`. */
const FURTHER = /-\d{1,5}$/;

/** Reads the listing as far as it has to. The whole number goes first: the books' own may end in one, too. */
async function invoiceNamed(books: BooksSource, name: string): Promise<ListedInvoice | undefined> {
  const first = name.replace(FURTHER, '');
  let ofFirst: ListedInvoice | undefined;
  for await (const page of books.recentInvoices(0)) {
    const named = page.find(({ id, number }) => id === name || number === name);
    if (named !== undefined) return named;
    ofFirst ??= page.find(({ number }) => number === first);
  }
  return ofFirst;
}
