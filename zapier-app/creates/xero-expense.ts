import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered } from '../billing/bill-delivered.ts';
import { BILLED_OUTPUT, BILLED_SAMPLE } from '../billing/billed-item.ts';
import { deliveredExpense } from '../billing/expense-delivery.ts';
import { accountOf } from '../connection/connection.ts';
import { billingRecipeField } from '../fields/billing-recipe.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { checkFileAddress, downloadFile } from '../files/download-file.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  organisation,
  recipe: z.string().min(1),
  expense: z.string().min(1),
  receipt: z.string().optional(),
});

export const xeroExpense = defineCreate({
  key: 'xero_expense',
  noun: 'Transferred Expense',
  display: {
    label: 'Transfer Expense to Xero',
    description:
      'Books an expense of Zoho Books in Xero, as a bill or as spend money, under a number of its own: never twice.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      billingRecipeField('expenses'),
      {
        key: 'expense',
        label: 'Expense',
        type: 'text',
        required: true,
        helpText:
          'Choose "Expense for Billing Steps" of the trigger Expense Recorded in Zoho Books, or of the search Find Expense in Zoho Books.',
      },
      {
        key: 'receipt',
        label: 'Receipt',
        type: 'file',
        required: false,
        helpText:
          'Choose "Receipt" of the same step: it is put on the bill where the expense has one. Leave it empty only where the recipe says `receipts: false`.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, ...given } = readInput(input, step.input);
      const { receipt: file = '' } = given;
      const { api_url: home } = accountOf('xero', step.bundle.authData);
      if (file !== '') checkFileAddress(file, home);
      const receipt = () => downloadFile(step.ports.http, file, home);
      return billDelivered(step, {
        organisation,
        ...deliveredExpense(
          given.recipe,
          given.expense,
          step.ports.progress,
          file === '' ? undefined : receipt,
        ),
      });
    }),
    lock: BILLING_LOCK,
    sample: {
      ...BILLED_SAMPLE,
      kind: 'bill',
      number: 'ZE-4600000088888',
      reference: 'Website relaunch: Travel',
    },
    outputFields: BILLED_OUTPUT,
  },
});
