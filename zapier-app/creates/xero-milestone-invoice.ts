import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { firstNumberOf } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import {
  invoiceOptions,
  prepareMilestoneInvoice,
} from '@stackbridge/shared-mappers/recipes/prepare-milestone-invoice.ts';
import { billWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { deliveredSources } from '../billing/delivered-sources.ts';
import { readWork } from '../billing/milestone-delivery.ts';
import { readMilestoneRecipe } from '../billing/milestone-recipe.ts';
import { xeroClient } from '../connection/xero.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { DOCUMENT_OUTPUT, DOCUMENT_SAMPLE, documentItem } from '../records/document-item.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), work: z.string().min(1) });
type Input = z.output<typeof input>;

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
    sample: { outcome: 'created', message: '', ...DOCUMENT_SAMPLE },
    outputFields: [
      { key: 'outcome', label: 'Outcome' },
      { key: 'message', label: 'What Differs' },
      ...DOCUMENT_OUTPUT,
    ],
  },
});

/**
 * What is billed is written on the invoice and read from it again. An invoice that is there is not changed: the work
 * was delivered some time ago, and may have been billed since by somebody who knows more of it.
 */
async function createInvoice(step: Step, { organisation, recipe: text, work: delivered }: Input) {
  const { recipe, map } = readMilestoneRecipe(text);
  const work = readWork(delivered);
  const target = createXeroConnector(await xeroClient(step, organisation));
  const number = firstNumberOf(work.milestone.id, invoiceOptions(recipe));
  const [before] = await target.documentsByNumber('sales-invoice', [number]);

  const { progress, clock, random, log, stop } = step.ports;
  const job = prepareMilestoneInvoice({ recipe, map, progress, ...deliveredSources(work) });
  const ports = { target, clock, random, progress, log, stop, calls: () => ({}) };
  const preview = before?.hasAttachments === true;
  const { subjects, error } = await billWithoutStore(job, ports, { only: [work.milestone.id], preview });
  if (error !== undefined) throw error;
  const [billed] = subjects;
  const [issue] = billed?.issues ?? [];
  const [made] = billed?.documents ?? [];
  if (issue?.kind === 'failure') throw new StackbridgeError(issue.code, issue.message, { system: 'xero' });
  if (made === undefined) return { id: work.milestone.id, outcome: 'nothing is due' };
  const outcome =
    before === undefined ? 'created' : billed?.outcome === 'unchanged' ? 'there already' : 'differs';
  return { outcome, message: issue?.message ?? '', ...documentItem(made) };
}
