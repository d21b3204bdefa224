import { prepareZohoInvoice } from '@stackbridge/shared-mappers/recipes/prepare-zoho-invoice.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered } from '../billing/bill-delivered.ts';
import { BILLED_OUTPUT, BILLED_SAMPLE } from '../billing/billed-item.ts';
import { readZohoInvoiceRecipe } from '../billing/billing-recipe.ts';
import { deliveredBooks } from '../billing/delivered-sources.ts';
import { readInvoice } from '../billing/invoice-delivery.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), invoice: z.string().min(1) });

export const xeroZohoInvoice = defineCreate({
  key: 'xero_zoho_invoice',
  noun: 'Copied Invoice',
  display: {
    label: 'Copy Zoho Invoice to Xero',
    description:
      'Makes an invoice of Zoho Books in Xero too, under the number that it has there: never twice.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      {
        key: 'recipe',
        label: 'Recipe',
        type: 'text',
        required: true,
        helpText:
          'The text of your recipe for invoices of Zoho Books, its account map written out under `accounts`.',
      },
      {
        key: 'invoice',
        label: 'Invoice',
        type: 'text',
        required: true,
        helpText: 'Choose "Invoice for Billing Steps" of the trigger Invoice Created in Zoho Books.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, ...given } = readInput(input, step.input);
      const { recipe, map } = readZohoInvoiceRecipe(given.recipe);
      const { invoice, taxes, readAt } = readInvoice(given.invoice);
      const books = deliveredBooks({ invoices: [invoice], taxes });
      return billDelivered(step, {
        organisation,
        job: prepareZohoInvoice({ recipe, map, books, progress: step.ports.progress }),
        subject: invoice.id,
        readAt,
      });
    }),
    lock: BILLING_LOCK,
    sample: { ...BILLED_SAMPLE, number: 'INV-000012', reference: 'PO-1843' },
    outputFields: BILLED_OUTPUT,
  },
});
