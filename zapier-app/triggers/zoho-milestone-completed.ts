import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { completedMilestones } from '../records/completed-milestones.ts';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE } from '../records/expense-item.ts';
import { TIME_OUTPUT, TIME_SAMPLE } from '../records/time-item.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  portal,
  project: projectId,
  workDays: z.coerce.number().int().min(1).max(720).default(180),
  expenses: z.union([z.boolean(), z.stringbool()]).default(true),
  booksOrganisation,
  fixedAmountField: z.string().trim().min(1).optional(),
  again: z.union([z.boolean(), z.stringbool()]).default(false),
  lookBack,
});

export const zohoMilestoneCompleted = defineTrigger({
  key: 'zoho_milestone_completed',
  noun: 'Completed Milestone',
  display: {
    label: 'Milestone Completed in Zoho Projects',
    description:
      'Triggers when a milestone is closed in Zoho Projects, with its billable time and expenses as line items; if you say so also when its work changes.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      PORTAL_FIELD,
      PROJECT_FIELD,
      {
        key: 'expenses',
        label: 'With Expenses',
        type: 'boolean',
        required: false,
        default: 'true',
        helpText:
          'Billable expenses of the project from Zoho Books are shown too. Say no without Zoho Books.',
      },
      BOOKS_ORGANISATION_FIELD,
      {
        key: 'workDays',
        label: 'Days of Work to Read',
        type: 'integer',
        required: false,
        default: '180',
        helpText:
          'Time and expenses of so many days before a milestone was closed are looked at (1 to 720): choose more than a milestone takes.',
      },
      {
        key: 'fixedAmountField',
        label: 'Field of the Agreed Amount',
        type: 'string',
        required: false,
        helpText:
          'The API name of the custom field of milestones that holds an agreed amount, where your recipe bills it: the same that the recipe names as `zoho.fixedAmount`.',
      },
      {
        key: 'again',
        label: 'Again When Its Work Changes',
        type: 'boolean',
        required: false,
        default: 'false',
        helpText:
          'Say yes for a milestone to come in again whenever time or expenses of it are added, edited or deleted, or it is reopened, so that a billing step can bring its draft up to date. All milestones closed within the days of work to read are then looked at on every check, and each change counts as a task.',
      },
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => completedMilestones(step, readInput(input, step.input))),
    sample: {
      id: '4000000012345-2026-11-02',
      milestoneId: '4000000012345',
      name: 'Design',
      isClosed: true,
      closedOn: '2026-11-02',
      projectId: '4000000010001',
      project: 'Website relaunch',
      customerId: '4000000000333',
      customer: 'Analytical Engines Ltd',
      currency: 'GBP',
      fixedAmount: '',
      minutes: 140,
      time: [TIME_SAMPLE],
      expenses: [EXPENSE_SAMPLE],
    },
    outputFields: [
      { key: 'id', label: 'Completion ID' },
      { key: 'milestoneId', label: 'Milestone ID' },
      { key: 'name', label: 'Milestone' },
      { key: 'isClosed', label: 'Is Closed', type: 'boolean' },
      { key: 'closedOn', label: 'Closed On' },
      { key: 'projectId', label: 'Project ID' },
      { key: 'project', label: 'Project' },
      { key: 'customerId', label: 'Customer ID' },
      { key: 'customer', label: 'Customer' },
      { key: 'currency', label: 'Currency' },
      { key: 'fixedAmount', label: 'Agreed Amount' },
      { key: 'minutes', label: 'Billable Minutes', type: 'integer' },
      { key: 'time', label: 'Time', children: TIME_OUTPUT },
      { key: 'expenses', label: 'Expenses', children: EXPENSE_OUTPUT },
      { key: 'work', label: 'Work for Billing Steps' },
    ],
  },
});
