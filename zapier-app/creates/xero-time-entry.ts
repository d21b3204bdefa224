import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK } from '../billing/bill-delivered.ts';
import { enterTime } from '../billing/enter-time.ts';
import { ENTERED_OUTPUT, ENTERED_SAMPLE } from '../billing/entered-item.ts';
import { readTimeDelivery } from '../billing/time-delivery.ts';
import { billingRecipeField } from '../fields/billing-recipe.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { yesNo } from '../fields/yes-no.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  organisation,
  recipe: z.string().min(1),
  time: z.string().min(1),
  allowsDeletes: yesNo(false),
});

export const xeroTimeEntry = defineCreate({
  key: 'xero_time_entry',
  noun: 'Xero Time Entry',
  display: {
    label: 'Add Time to Xero Projects',
    description:
      'Enters approved time of Zoho Projects in the Xero project of the same name, never twice, and keeps what it entered as the time stands in Zoho Projects.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      billingRecipeField('time entries', ' Without timesheets, which a Zap cannot keep.'),
      {
        key: 'time',
        label: 'Time',
        type: 'text',
        required: true,
        helpText:
          'Choose "Time for Billing Steps" of the trigger Time Changed in a Zoho Project. With that of Time Entry Approved time is entered, and nothing is changed or deleted afterwards.',
      },
      {
        key: 'allowsDeletes',
        label: 'Let Deletions Through',
        type: 'boolean',
        required: false,
        default: 'false',
        helpText:
          'A run that would delete more entries of a project than the recipe allows stops. If that time is really gone, say yes here, replay the run, and say no again.',
      },
    ],
    perform: step(async (step) => {
      const { time, ...entering } = readInput(input, step.input);
      return enterTime(step, entering, readTimeDelivery(time));
    }),
    lock: BILLING_LOCK,
    sample: ENTERED_SAMPLE,
    outputFields: ENTERED_OUTPUT,
  },
});
