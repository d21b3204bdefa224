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
  lookBack,
});

export const zohoMilestoneCompleted = defineTrigger({
  key: 'zoho_milestone_completed',
  noun: 'Completed Milestone',
  display: {
    label: 'Milestone Completed in Zoho Projects',
    description:
      'Triggers when a milestone is closed in Zoho Projects, with its billable time and expenses as line items.',
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
        helpText: 'Time and expenses of so many days before today are looked at (1 to 720).',
      },
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => completedMilestones(step, readInput(input, step.input))),
    sample: {
      id: '4000000012345-2026-11-02',
      milestoneId: '4000000012345',
      name: 'Design',
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
