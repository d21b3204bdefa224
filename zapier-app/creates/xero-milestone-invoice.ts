import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import { firstNumberOf } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import {
  invoiceOptions,
  prepareMilestoneInvoice,
} from '@stackbridge/shared-mappers/recipes/prepare-milestone-invoice.ts';
import { syncBilling } from '@stackbridge/shared-mappers/sync/billing/run-billing.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { deliveredSources } from '../billing/delivered-sources.ts';
import { executionBooks } from '../billing/execution-books.ts';
import { readWork } from '../billing/milestone-delivery.ts';
import { readMilestoneRecipe } from '../billing/milestone-recipe.ts';
import { xeroClient } from '../connection/xero.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { DOCUMENT_OUTPUT, DOCUMENT_SAMPLE, documentItem } from '../records/document-item.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), work: z.string().min(1) });
type Input = z.output<typeof input>;

/** Fingerprints of a document are compared within one execution only. */
const KEY = fingerprintKey('00000000000000000000000000000000');

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
    perform: step(async (step) => createInvoice(step, readInput(input, step.input))),
    lock: { key: 'xero_milestone_invoice', scope: ['auth'], timeout: 60 },
    sample: { outcome: 'created', ...DOCUMENT_SAMPLE },
    outputFields: [{ key: 'outcome', label: 'Outcome' }, ...DOCUMENT_OUTPUT],
  },
});

/** What has been billed before is seen by its number: there is no ledger that would outlive the step. */
async function createInvoice(step: Step, { organisation, recipe: text, work: delivered }: Input) {
  const { recipe, map } = readMilestoneRecipe(text);
  const work = readWork(delivered);
  const target = createXeroConnector(await xeroClient(step, organisation));
  const numbers = [firstNumberOf(work.milestone.id, invoiceOptions(recipe))];
  const [before] = await target.documentsByNumber('sales-invoice', numbers);
  if (before !== undefined) return { outcome: 'there already', ...documentItem(before) };

  const { ledger, store, parked } = executionBooks();
  const { progress, clock, random, log, stop } = step.ports;
  const job = prepareMilestoneInvoice({ recipe, map, progress, ...deliveredSources(work) });
  const ports = { target, store, ledger, key: KEY, clock, random, progress, log, stop, calls: () => ({}) };
  const { error } = await syncBilling(job, ports, 'zapier');
  if (error !== undefined) throw error;
  const [issue] = parked();
  if (issue !== undefined) throw new StackbridgeError(issue.code, issue.message, { system: 'xero' });

  const [made] = await target.documentsByNumber('sales-invoice', numbers);
  if (made !== undefined) return { outcome: 'created', ...documentItem(made) };
  return { id: work.milestone.id, outcome: 'nothing is due' };
}
