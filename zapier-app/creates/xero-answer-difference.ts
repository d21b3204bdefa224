import { BILLING_ANSWERS } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { logOfNumber } from '@stackbridge/shared-mappers/plan/billing/time-mark.ts';
import type { BillingKind } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingKindOf } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK, billDelivered, type DeliveredJob } from '../billing/bill-delivered.ts';
import { ANSWER_MEANINGS, BILLED_OUTPUT, BILLED_SAMPLE, type BilledItem } from '../billing/billed-item.ts';
import { answerTime } from '../billing/enter-time.ts';
import { deliveredExpense } from '../billing/expense-delivery.ts';
import { deliveredInvoice } from '../billing/invoice-delivery.ts';
import { deliveredMilestone } from '../billing/milestone-delivery.ts';
import { readTimeDelivery } from '../billing/time-delivery.ts';
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
  readonly carryOut: (step: Step, decided: Decided) => Promise<BilledItem>;
}

/** What a person has decided, about what a billing step was handed. */
interface Decided {
  readonly organisation: string | undefined;
  /** Text of the recipe. */
  readonly recipe: string;
  readonly delivery: string;
  readonly answer: Omit<BillingReply, 'subject'>;
}

const ANSWERED: Readonly<Record<BillingKind, Answered>> = {
  'milestone-invoice/v1': {
    preset: 'milestones',
    label: 'The Recipe for Milestone Invoices',
    carryOut: onDocument(deliveredMilestone),
  },
  'expenses/v1': {
    preset: 'expenses',
    label: 'The Recipe for Expenses',
    carryOut: onDocument(answeredExpense),
  },
  'zoho-invoice/v1': {
    preset: 'invoices',
    label: 'The Recipe for Invoices of Zoho Books',
    carryOut: onDocument(deliveredInvoice),
  },
  'time-entries/v1': { preset: 'time', label: 'The Recipe for Time', carryOut: onTimeEntry },
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
          label: 'Work, Expense, Invoice or Time',
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
        return answered.carryOut(step, {
          organisation,
          recipe: text,
          delivery,
          answer: { documentNumber, answer, ...of },
        });
      }),
      lock: BILLING_LOCK,
      sample: { ...BILLED_SAMPLE, outcome: 'created', message: '', number: 'SB-M-4000000012345-2' },
      outputFields: BILLED_OUTPUT,
    },
  });
}

type ReadDelivery = (recipe: string, delivery: string, progress: Step['ports']['progress']) => DeliveredJob;

function onDocument(read: ReadDelivery): Answered['carryOut'] {
  return (step, { recipe, delivery, ...decided }) =>
    billDelivered(step, { ...read(recipe, delivery, step.ports.progress), ...decided });
}

async function onTimeEntry(step: Step, { delivery, answer, ...entering }: Decided): Promise<BilledItem> {
  const subject = logOfNumber(answer.documentNumber);
  if (subject === undefined)
    throw new StepFault(
      'WRONG_INPUT',
      'The field Number in Question must hold the number that the step Add Time to Xero Projects has shown of the entry.',
    );
  const decided = { ...entering, allowsDeletes: false, answer: { subject, ...answer } };
  return answerTime(step, decided, readTimeDelivery(delivery));
}

/** A receipt that is missing on a further document is put there when the expense comes in again. */
function answeredExpense(...[recipe, delivery, progress]: Parameters<ReadDelivery>): DeliveredJob {
  return deliveredExpense(recipe, delivery, progress, async () => undefined);
}
