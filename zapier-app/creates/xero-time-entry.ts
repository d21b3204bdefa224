import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { prepareTimeEntries } from '@stackbridge/shared-mappers/recipes/prepare-time-entries.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { readTimeRecipe } from '../billing/billing-recipe.ts';
import { deliveredProject } from '../billing/delivered-sources.ts';
import { readTimeDelivery, type TimeDelivery } from '../billing/time-delivery.ts';
import { xeroClient } from '../connection/xero.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, recipe: z.string().min(1), time: z.string().min(1) });
type Input = z.output<typeof input>;

export const xeroTimeEntry = defineCreate({
  key: 'xero_time_entry',
  noun: 'Xero Time Entry',
  display: {
    label: 'Add Time to Xero Projects',
    description:
      'Enters approved time of Zoho Projects in the Xero project of the same name, under a mark of its own: never twice.',
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
          'The text of your recipe for time entries, its account map written out under `accounts`. Without timesheets, which a Zap cannot keep.',
      },
      {
        key: 'time',
        label: 'Time',
        type: 'text',
        required: true,
        helpText: 'Choose "Time for Billing Steps" of the trigger Time Entry Approved in Zoho Projects.',
      },
    ],
    perform: step(async (step) => enterTime(step, readInput(input, step.input))),
    lock: { key: 'xero_time_entry', scope: ['auth'], timeout: 60 },
    sample: {
      id: '4000000077777',
      outcome: 'entered',
      message: '',
      project: 'Website relaunch',
      date: '2026-10-28',
      minutes: 140,
    },
    outputFields: [
      { key: 'id', label: 'Time Entry ID' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'message', label: 'Reason' },
      { key: 'project', label: 'Project' },
      { key: 'date', label: 'Date' },
      { key: 'minutes', label: 'Minutes', type: 'integer' },
    ],
  },
});

/**
 * An entry that is there is not changed: the time was delivered some while ago, and a run that comes late would put
 * back what has been put right since.
 */
async function enterTime(step: Step, { organisation, recipe: text, time }: Input) {
  const delivered = readTimeDelivery(time);
  const { job, target } = await prepared(step, organisation, text, delivered);
  const { progress, clock, random, log, stop } = step.ports;
  const ports = { target, clock, random, progress, log, stop, calls: () => ({}) };
  const only = [delivered.log.id];
  const { subjects: planned } = await billWithoutStore(job, ports, { only, preview: true });
  if (planned[0]?.write?.action !== 'create') return itemOf(delivered, planned[0]);
  const { subjects, error } = await billWithoutStore(job, ports, { only });
  if (error !== undefined) throw error;
  return itemOf(delivered, subjects[0]);
}

async function prepared(
  step: Step,
  organisation: string | undefined,
  text: string,
  { project, log }: TimeDelivery,
) {
  const { recipe, map } = readTimeRecipe(text);
  const client = await xeroClient(step, organisation);
  const job: BillingJob = prepareTimeEntries({
    recipe,
    map,
    source: deliveredProject(project, [log]),
    time: createXeroProjects(client),
    payroll: noPayroll,
    progress: step.ports.progress,
  });
  return { job, target: createXeroConnector(client) };
}

/** The core refuses timesheets to hosts that keep no store, before it asks for them. */
function noPayroll(): never {
  throw new StackbridgeError('RECIPE_INVALID', 'A Zap writes no timesheets');
}

function itemOf({ project, log }: TimeDelivery, entered: BillingOutcome | undefined) {
  const [issue] = entered?.issues ?? [];
  if (issue?.kind === 'failure') throw new StackbridgeError(issue.code, issue.message, { system: 'xero' });
  const { id, date, minutes } = log;
  return {
    id,
    outcome: wordFor(entered),
    message: issue?.message ?? entered?.because ?? '',
    project: project.name,
    date,
    minutes,
  };
}

function wordFor(entered: BillingOutcome | undefined): string {
  switch (entered?.outcome) {
    case 'applied':
      return 'entered';
    case 'unchanged':
      return 'there already';
    case 'planned':
    case 'conflict':
      return 'differs';
    default:
      return 'nothing is due';
  }
}
