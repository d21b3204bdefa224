import type { BillingJob } from '../sync/billing/billing-job.ts';
import { readBooksInvoices } from '../sync/billing/books-invoice-subjects.ts';
import { documentJob } from '../sync/billing/document-job.ts';
import type { BillingInput } from './billing-input.ts';
import type { ZohoInvoiceRecipe } from './zoho-invoice.ts';

/** The recipe made ready to run. */
export function prepareZohoInvoice({
  recipe,
  map,
  books,
  progress,
}: Pick<BillingInput<ZohoInvoiceRecipe>, 'recipe' | 'map' | 'books' | 'progress'>): BillingJob {
  const { status, cutOver, due, correction } = recipe;
  return documentJob({
    recipe: recipe.name,
    map,
    createsContacts: recipe.contacts === 'create',
    sources: ['zoho-books'],
    read: readBooksInvoices({
      map,
      options: { status, cutOver, due, correction },
      shrink: recipe.brakes.shrink,
      books,
      progress,
    }),
  });
}
