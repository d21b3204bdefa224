import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { prepareExpenses } from '@stackbridge/shared-mappers/recipes/prepare-expenses.ts';
import { prepareZohoInvoice } from '@stackbridge/shared-mappers/recipes/prepare-zoho-invoice.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { BILLING_LOCK } from '../billing/bill-delivered.ts';
import { questionItem } from '../billing/billed-item.ts';
import { readExpensesRecipe, readZohoInvoiceRecipe } from '../billing/billing-recipe.ts';
import { listedBooks } from '../billing/delivered-sources.ts';
import { packGone } from '../billing/gone-delivery.ts';
import { type ListingDelivery, readListing } from '../billing/listing-delivery.ts';
import { xeroClient } from '../connection/xero.ts';
import { billingRecipeField } from '../fields/billing-recipe.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import type { Preset } from '../preset.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1).optional(), listing: z.string().min(1) });

/** Recipes that are built into the app are not asked for. */
export function xeroGone(preset: Preset) {
  return defineCreate({
    key: 'xero_gone',
    noun: 'Gone Document',
    display: {
      label: 'Check Xero for What Is Gone in Zoho Books',
      description:
        'Looks for documents in Xero whose expense or invoice in Zoho Books is there no more, and shows what has to be decided about each. Changes none.',
    },
    operation: {
      inputFields: [
        ORGANISATION_FIELD,
        ...(preset.expenses !== undefined && preset.invoices !== undefined
          ? []
          : [billingRecipeField('expenses, or for invoices of Zoho Books')]),
        {
          key: 'listing',
          label: 'Listing',
          type: 'text',
          required: true,
          helpText:
            'Choose "Listing for Billing Steps" of the trigger Expenses or Invoices Added or Gone in Zoho Books.',
        },
      ],
      perform: step(async (step) => {
        const { organisation, recipe, ...given } = readInput(input, step.input);
        const listing = readListing(given.listing);
        const text = recipe ?? preset[listing.list] ?? '';
        const target = createXeroConnector(await xeroClient(step, organisation));
        const ports = { ...step.ports, target };
        const { subjects, brakes, error } = await billWithoutStore(jobOf(listing, text, step), ports, {
          asOf: listing.readAt,
        });
        if (error !== undefined) throw error;
        const [brake] = brakes;
        if (brake !== undefined) throw new StackbridgeError(brake.code, brake.message);
        return goneItem(listing, subjects);
      }),
      lock: BILLING_LOCK,
      sample: GONE_SAMPLE,
      outputFields: [
        { key: 'id', label: 'ID' },
        { key: 'outcome', label: 'Outcome' },
        { key: 'count', label: 'How Many Are in Question', type: 'integer' },
        { key: 'message', label: 'What Is in Question' },
        {
          key: 'questions',
          label: 'Questions',
          children: [
            { key: 'subject', label: 'Expense or Invoice ID' },
            { key: 'title', label: 'Title' },
            { key: 'message', label: 'Reason' },
            { key: 'code', label: 'Reason Code' },
            { key: 'documentNumber', label: 'Number in Question' },
            { key: 'differenceKey', label: 'Difference Key' },
            { key: 'answers', label: 'Answers' },
            { key: 'gone', label: 'Gone for Billing Steps' },
          ],
        },
      ],
    },
  });
}

function jobOf({ list, listed }: ListingDelivery, recipeText: string, step: Step): BillingJob {
  const books = listedBooks(listed);
  const { progress } = step.ports;
  return list === 'expenses'
    ? prepareExpenses({ ...readExpensesRecipe(recipeText), books, progress })
    : prepareZohoInvoice({ ...readZohoInvoiceRecipe(recipeText), books, progress });
}

interface QuestionAboutGone {
  readonly subject: string;
  readonly title: string;
  readonly message: string;
  readonly code: string;
  readonly documentNumber: string;
  readonly differenceKey: string;
  /** As text, since line items have no lists in them. */
  readonly answers: string;
  /** What the step that answers takes. */
  readonly gone: string;
}

interface GoneItem {
  readonly id: string;
  readonly outcome: 'differs' | 'nothing is gone';
  readonly count: number;
  /** Of all questions, for a message to somebody. */
  readonly message: string;
  readonly questions: readonly QuestionAboutGone[];
}

function goneItem({ list, readAt }: ListingDelivery, subjects: readonly BillingOutcome[]): GoneItem {
  const questions = subjects.flatMap(({ subject, title, issues, documents }) =>
    issues.map((issue): QuestionAboutGone => {
      const { code, documentNumber, differenceKey, answers } = questionItem(issue);
      return {
        subject,
        title,
        message: issue.message,
        code,
        documentNumber,
        differenceKey,
        answers: answers.map(({ answer }) => answer).join(', '),
        gone: packGone({
          list,
          gone: { id: subject, number: firstNumberOf(documents, documentNumber) },
          readAt,
        }),
      };
    }),
  );
  return {
    id: `${list}-${readAt}`,
    outcome: questions.length === 0 ? 'nothing is gone' : 'differs',
    count: questions.length,
    message: questions.map(({ message }) => message).join('\n'),
    questions,
  };
}

/** Those that follow have the first one's number and a turn. */
function firstNumberOf(documents: BillingOutcome['documents'], asked: string): string {
  return [asked, ...documents.map(({ number }) => number)].reduce((first, number) =>
    number !== '' && number.length < first.length ? number : first,
  );
}

const GONE_SAMPLE = {
  id: 'expenses-1793606400000',
  outcome: 'differs',
  count: 1,
  message:
    'ZE-4600000088888 is a draft of which nothing is due any more; the expense is gone from Zoho Books',
  questions: [
    {
      subject: '4600000088888',
      title: 'Expense 4600000088888',
      message:
        'ZE-4600000088888 is a draft of which nothing is due any more; the expense is gone from Zoho Books',
      code: 'DOCUMENT_EMPTY',
      documentNumber: 'ZE-4600000088888',
      differenceKey: 'k3J9x-2LmQ',
      answers: 'settled',
    },
  ],
} satisfies Record<string, unknown>;
