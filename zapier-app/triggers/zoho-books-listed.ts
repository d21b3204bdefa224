import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { BOOKS_LISTS, packListing } from '../billing/listing-delivery.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { allOf } from '../records/all-of.ts';
import { printOf } from '../records/print.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, list: z.enum(BOOKS_LISTS) });

export const zohoBooksListed = defineTrigger({
  key: 'zoho_books_listed',
  noun: 'Listing of Zoho Books',
  display: {
    label: 'Expenses or Invoices Added or Gone in Zoho Books',
    description:
      'Triggers when the list of expenses, or of invoices, in Zoho Books has got longer or shorter, and once a day.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      {
        key: 'list',
        label: 'Expenses or Invoices',
        type: 'string',
        required: true,
        choices: { expenses: 'Expenses', invoices: 'Invoices' },
        helpText: 'Which of the two lists is looked at.',
      },
      BOOKS_ORGANISATION_FIELD,
    ],
    perform: step(async (step) => {
      const { booksOrganisation, list } = readInput(input, step.input);
      const books = zohoBooks(step, booksOrganisation);
      const readAt = step.ports.clock.now();
      const pages = list === 'expenses' ? books.listedExpenses() : books.listedInvoices();
      const listed = (await allOf(pages)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const day = new Date(readAt).toISOString().slice(0, 10);
      return [
        {
          // A list that is as it was some days ago may have had more in between.
          id: `${list}-${day}-${printOf(listed.map(({ id }) => id))}`,
          list,
          count: listed.length,
          readAt: new Date(readAt).toISOString(),
          listing: packListing({ list, listed, readAt }),
        },
      ];
    }),
    sample: {
      id: 'expenses-2026-11-02-k3J9x-2L',
      list: 'expenses',
      count: 214,
      readAt: '2026-11-02T08:00:00.000Z',
    },
    outputFields: [
      { key: 'id', label: 'Change ID' },
      { key: 'list', label: 'Expenses or Invoices' },
      { key: 'count', label: 'How Many There Are', type: 'integer' },
      { key: 'readAt', label: 'Read At', type: 'datetime' },
      { key: 'listing', label: 'Listing for Billing Steps' },
    ],
  },
});
