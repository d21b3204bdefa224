import { BILLING_ANSWERS } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { BillingKind } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingKindOf } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered, type DeliveredJob } from '../billing/bill-delivered.ts';
import { ANSWER_MEANINGS, BILLED_OUTPUT, BILLED_SAMPLE } from '../billing/billed-item.ts';
import { deliveredExpense } from '../billing/expense-delivery.ts';
import { deliveredInvoice } from '../billing/invoice-delivery.ts';
import { deliveredMilestone } from '../billing/milestone-delivery.ts';
import { StepFault } from '../errors/step-fault.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import type { Preset } from '../preset.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  organisation,
  recipe: z.string().min(1),
  delivery: z.string().min(1),
  documentNumber: z.string().trim().min(1),
  answer: z.enum(BILLING_ANSWERS),
  differenceKey: z.string().default(''),
});

/** What is answered by a recipe of one kind. */
interface Answered {
  /** The kind's recipe where it is built into the app, and what people know it as. */
  readonly preset: keyof Preset;
  readonly label: string;
  /** What the kind's trigger has handed on, ready to be billed by the recipe. */
  readonly read: (recipe: string, delivery: string, progress: Step['ports']['progress']) => DeliveredJob;
}

const ANSWERED: Readonly<Partial<Record<BillingKind, Answered>>> = {
  'milestone-invoice/v1': {
    preset: 'milestones',
    label: 'The Recipe for Milestone Invoices',
    read: deliveredMilestone,
  },
  'expenses/v1': { preset: 'expenses', label: 'The Recipe for Expenses', read: answeredExpense },
  'zoho-invoice/v1': {
    preset: 'invoices',
    label: 'The Recipe for Invoices of Zoho Books',
    read: deliveredInvoice,
  },
};

/** Recipes that are built into the app have a name in place of their text. */
export function xeroAnswerDifference(preset: Preset) {
  const fixed = new Map<string, { readonly text: string; readonly label: string }>(
    Object.values(ANSWERED).flatMap(({ preset: name, label }) => {
      const text = preset[name];
      return text === undefined ? [] : [[name, { text, label }] as const];
    }),
  );
  return defineCreate({
    key: 'xero_answer_difference',
    noun: 'Answered Difference',
    display: {
      label: 'Answer a Billing Difference in Xero',
      description:
        'Carries out what a person has decided about a document that a billing step found to say something else than the work.',
    },
    operation: {
      inputFields: [
        ORGANISATION_FIELD,
        {
          key: 'recipe',
          label: 'Recipe',
          type: 'text',
          required: true,
          ...(fixed.size === 0
            ? {}
            : { choices: Object.fromEntries([...fixed].map(([name, { label }]) => [name, label])) }),
          helpText:
            fixed.size === 0
              ? 'The text of the recipe that the billing step works by.'
              : 'The recipe that the billing step works by, or its text.',
        },
        {
          key: 'delivery',
          label: 'Work, Expense or Invoice',
          type: 'text',
          required: true,
          helpText: 'What the billing step was given: the field "… for Billing Steps" of its trigger.',
        },
        {
          key: 'documentNumber',
          label: 'Number in Question',
          type: 'string',
          required: true,
          helpText: 'The "Number in Question" that the billing step has shown.',
        },
        {
          key: 'answer',
          label: 'Answer',
          type: 'string',
          required: true,
          choices: ANSWER_MEANINGS,
          helpText: 'What the person has decided. The billing step has listed the answers that there are.',
        },
        {
          key: 'differenceKey',
          label: 'Difference Key',
          type: 'string',
          required: false,
          helpText:
            'The "Difference Key" that the billing step has shown: the answer then counts for that difference only, and where more has happened since, it is asked again.',
        },
      ],
      perform: step(async (step) => {
        const { organisation, recipe, delivery, documentNumber, answer, differenceKey } = readInput(
          input,
          step.input,
        );
        const text = fixed.get(recipe)?.text ?? recipe;
        const kind = billingKindOf(text);
        const answered = kind === undefined ? undefined : ANSWERED[kind];
        if (answered === undefined)
          throw new StepFault(
            'WRONG_INPUT',
            `The field Recipe must hold a recipe ${Object.keys(ANSWERED).join(', ')}.`,
          );
        const of = differenceKey === '' ? {} : { of: differenceKey };
        return billDelivered(step, {
          ...answered.read(text, delivery, step.ports.progress),
          organisation,
          answer: { documentNumber, answer, ...of },
        });
      }),
      lock: BILLING_LOCK,
      sample: { ...BILLED_SAMPLE, outcome: 'created', message: '', number: 'SB-M-4000000012345-2' },
      outputFields: BILLED_OUTPUT,
    },
  });
}

/** A receipt that is missing on a further document is put there when the expense comes in again. */
function answeredExpense(...[recipe, delivery, progress]: Parameters<Answered['read']>): DeliveredJob {
  return deliveredExpense(recipe, delivery, progress, async () => undefined);
}
