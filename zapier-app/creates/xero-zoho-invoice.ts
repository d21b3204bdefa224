import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered } from '../billing/bill-delivered.ts';
import { BILLED_OUTPUT, BILLED_SAMPLE } from '../billing/billed-item.ts';
import { deliveredInvoice } from '../billing/invoice-delivery.ts';
import { billingRecipeField } from '../fields/billing-recipe.ts';
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
      'Makes an invoice of Zoho Books in Xero too, under the number that it has there: never twice. Brings a draft that nobody has touched up to date.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      billingRecipeField('invoices of Zoho Books'),
      {
        key: 'invoice',
        label: 'Invoice',
        type: 'text',
        required: true,
        helpText:
          'Choose "Invoice for Billing Steps" of the trigger Invoice Created in Zoho Books, or of the search Find Invoice in Zoho Books.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, recipe, invoice } = readInput(input, step.input);
      return billDelivered(step, {
        organisation,
        ...deliveredInvoice(recipe, invoice, step.ports.progress),
      });
    }),
    lock: BILLING_LOCK,
    sample: { ...BILLED_SAMPLE, number: 'INV-000012', reference: 'PO-1843' },
    outputFields: BILLED_OUTPUT,
  },
});
