import type { z } from 'zod';
import type { BillingJob } from '../sync/billing/billing-job.ts';
import type { BillingInput } from './billing-input.ts';
import { type ExpensesRecipe, expenses } from './expenses.ts';
import { type MilestoneInvoiceRecipe, milestoneInvoice } from './milestone-invoice.ts';
import { prepareExpenses } from './prepare-expenses.ts';
import { prepareMilestoneInvoice } from './prepare-milestone-invoice.ts';
import { prepareTimeEntries } from './prepare-time-entries.ts';
import { prepareZohoInvoice } from './prepare-zoho-invoice.ts';
import { type TimeEntriesRecipe, timeEntriesRecipe } from './time-entries.ts';
import { type ZohoInvoiceRecipe, zohoInvoice } from './zoho-invoice.ts';

/** Recipes that write to the accounts, and what such a file begins with. */
export type BillingRecipe = ExpensesRecipe | MilestoneInvoiceRecipe | TimeEntriesRecipe | ZohoInvoiceRecipe;
export type BillingKind = BillingRecipe['recipe'];

/** How each of them is written down. */
export const BILLING_SCHEMAS: Readonly<Record<BillingKind, z.ZodType<BillingRecipe>>> = {
  'milestone-invoice/v1': milestoneInvoice,
  'expenses/v1': expenses,
  'zoho-invoice/v1': zohoInvoice,
  'time-entries/v1': timeEntriesRecipe,
};

/** A billing recipe of any kind made ready to run. */
export function prepareBilling({ recipe, ...rest }: BillingInput<BillingRecipe>): BillingJob {
  switch (recipe.recipe) {
    case 'milestone-invoice/v1':
      return prepareMilestoneInvoice({ ...rest, recipe });
    case 'expenses/v1':
      return prepareExpenses({ ...rest, recipe });
    case 'zoho-invoice/v1':
      return prepareZohoInvoice({ ...rest, recipe });
    case 'time-entries/v1':
      return prepareTimeEntries({ ...rest, recipe });
  }
}
