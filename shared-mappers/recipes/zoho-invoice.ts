import { z } from 'zod';
import { billingOptions, dueRule, zohoPlace } from './billing-options.ts';

const recipe = z.strictObject({
  recipe: z.literal('zoho-invoice/v1'),
  name: billingOptions.name,
  accounts: billingOptions.accounts,
  cutOver: billingOptions.cutOver,
  zoho: z
    .strictObject({ organisation: zohoPlace.organisation })
    .prefault({})
    .describe('Where the invoices are'),
  status: billingOptions.status,
  due: dueRule
    .default({ days: 30 })
    .describe('For invoices without a due date of their own. Default: 30 days after their date'),
  contacts: billingOptions.contacts,
  correction: z
    .string()
    .max(100)
    .default('Correction: ')
    .describe('Put before the description of a line that takes back. Default: `Correction: `'),
  brakes: billingOptions.brakes,
  patience: billingOptions.patience,
});

/** Invoices made in Zoho Books become the same invoices in Xero, version 1. */
export const zohoInvoice = recipe.transform(({ patience, ...rest }) => ({ ...rest, patienceMs: patience }));

/** As read, every default filled in. */
export type ZohoInvoiceRecipe = z.output<typeof zohoInvoice>;
