import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered } from '../billing/bill-delivered.ts';
import { BILLED_OUTPUT, BILLED_SAMPLE } from '../billing/billed-item.ts';
import { deliveredMilestone } from '../billing/milestone-delivery.ts';
import { billingRecipeField } from '../fields/billing-recipe.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), work: z.string().min(1) });

export const xeroMilestoneInvoice = defineCreate({
  key: 'xero_milestone_invoice',
  noun: 'Milestone Invoice',
  display: {
    label: 'Create or Update Milestone Invoice in Xero',
    description:
      'Creates the invoice of a completed milestone in Xero, with its time and expenses, never twice; or brings a draft that nobody has touched up to date.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      billingRecipeField('milestone invoices'),
      {
        key: 'work',
        label: 'Work',
        type: 'text',
        required: true,
        helpText:
          'Choose "Work for Billing Steps" of the trigger Milestone Completed in Zoho Projects, or of the search Find Milestone in Zoho Projects.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, recipe, work } = readInput(input, step.input);
      return billDelivered(step, {
        organisation,
        ...deliveredMilestone(recipe, work, step.ports.progress),
      });
    }),
    lock: BILLING_LOCK,
    sample: BILLED_SAMPLE,
    outputFields: BILLED_OUTPUT,
  },
});
