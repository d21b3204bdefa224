import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { billingRecipeIfAny, polledBilling, readZohoInvoiceRecipe } from '../billing/billing-recipe.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { AGAIN_FIELD, again } from '../fields/again.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { polledRecipe, polledRecipeField } from '../fields/polled-recipe.ts';
import { booksChanges } from '../records/books-changes.ts';
import { INVOICE_OUTPUT, INVOICE_SAMPLE } from '../records/invoice-item.ts';
import { listedInvoiceItem } from '../records/listed-invoice-item.ts';
import { idOfChange } from '../records/listed-records.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { sinceOf } from '../records/since.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, recipe: polledRecipe, lookBack, again });

export const zohoInvoiceCreated = defineTrigger({
  key: 'zoho_invoice_created',
  noun: 'Zoho Invoice',
  display: {
    label: 'Invoice Created in Zoho Books',
    description:
      'Triggers when an invoice is created in Zoho Books; if you say so also when it is edited. An older one triggers when it first changes.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      BOOKS_ORGANISATION_FIELD,
      polledRecipeField('every invoice since its cut-over day'),
      AGAIN_FIELD,
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => {
      const { lookBack, again, booksOrganisation, recipe: text } = readInput(input, step.input);
      const recipe = billingRecipeIfAny(text, readZohoInvoiceRecipe);
      const books = zohoBooks(step, booksOrganisation);
      const watch = await watchRecipe(step, `invoices ${booksOrganisation ?? ''}`, polledBilling(recipe));
      const listed = await booksChanges((since) => books.recentInvoices(since), {
        since: sinceOf(step, lookBack),
        watch,
        cutOver: recipe?.cutOver,
      });
      return listed.map((one) => ({
        id: idOfChange(one, again, watch),
        ...listedInvoiceItem(one, booksOrganisation, step),
      }));
    }),
    sample: { id: INVOICE_SAMPLE.invoiceId, ...INVOICE_SAMPLE },
    outputFields: [{ key: 'id', label: 'Change ID' }, ...INVOICE_OUTPUT],
  },
});
