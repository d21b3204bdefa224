import type { z } from 'zod';
import type { BillingJob } from '../sync/billing/billing-job.ts';
import type { BillingInput } from './billing-input.ts';
import { type MilestoneInvoiceRecipe, milestoneInvoice } from './milestone-invoice.ts';
import { prepareMilestoneInvoice } from './prepare-milestone-invoice.ts';

/** Recipes that write to the accounts, and what such a file begins with. */
export type BillingRecipe = MilestoneInvoiceRecipe;
export type BillingKind = BillingRecipe['recipe'];

/** How each of them is written down. */
export const BILLING_SCHEMAS: Readonly<Record<BillingKind, z.ZodType<BillingRecipe>>> = {
  'milestone-invoice/v1': milestoneInvoice,
};

/** A billing recipe of any kind made ready to run. */
export function prepareBilling({ recipe, ...rest }: BillingInput<BillingRecipe>): BillingJob {
  switch (recipe.recipe) {
    case 'milestone-invoice/v1':
      return prepareMilestoneInvoice({ ...rest, recipe });
  }
}
