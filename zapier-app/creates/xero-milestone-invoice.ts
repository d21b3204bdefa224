import { firstNumberOf } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import {
  invoiceOptions,
  prepareMilestoneInvoice,
} from '@stackbridge/shared-mappers/recipes/prepare-milestone-invoice.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLED_OUTPUT, BILLED_SAMPLE, billDelivered } from '../billing/bill-delivered.ts';
import { readMilestoneRecipe } from '../billing/billing-recipe.ts';
import { deliveredBooks, deliveredProject } from '../billing/delivered-sources.ts';
import { readWork } from '../billing/milestone-delivery.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), work: z.string().min(1) });

export const xeroMilestoneInvoice = defineCreate({
  key: 'xero_milestone_invoice',
  noun: 'Milestone Invoice',
  display: {
    label: 'Create Milestone Invoice in Xero',
    description:
      'Creates the invoice of a completed milestone in Xero, with its time and expenses, under a number of its own: never twice.',
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
          'The text of your recipe for milestone invoices, its account map written out under `accounts`.',
      },
      {
        key: 'work',
        label: 'Work',
        type: 'text',
        required: true,
        helpText: 'Choose "Work for Billing Steps" of the trigger Milestone Completed in Zoho Projects.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, ...given } = readInput(input, step.input);
      const { recipe, map } = readMilestoneRecipe(given.recipe);
      const work = readWork(given.work);
      const source = deliveredProject(work.project, work.logs, [work.milestone, ...work.others]);
      const books = deliveredBooks({ expenses: work.expenses });
      return billDelivered(step, {
        organisation,
        job: prepareMilestoneInvoice({ recipe, map, source, books, progress: step.ports.progress }),
        subject: work.milestone.id,
        kinds: ['sales-invoice'],
        number: firstNumberOf(work.milestone.id, invoiceOptions(recipe)),
      });
    }),
    lock: { key: 'xero_milestone_invoice', scope: ['auth'], timeout: 60 },
    sample: BILLED_SAMPLE,
    outputFields: BILLED_OUTPUT,
  },
});
