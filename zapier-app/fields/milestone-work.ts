import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from './books-organisation.ts';
import { yesNo } from './yes-no.ts';

/** What of a milestone's work is read. */
export const milestoneWork = {
  workDays: z.coerce.number().int().min(1).max(720).default(180),
  expenses: yesNo(true),
  booksOrganisation,
  fixedAmountField: z.string().trim().min(1).optional(),
  webUrl: z.url({ protocol: /^https$/, error: 'must be an address as https://projects.zoho.com' }).optional(),
};

export const MILESTONE_WORK_FIELDS: readonly PlainInputField[] = [
  {
    key: 'expenses',
    label: 'With Expenses',
    type: 'boolean',
    required: false,
    default: 'true',
    helpText: 'Billable expenses of the project from Zoho Books are shown too. Say no without Zoho Books.',
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
    key: 'webUrl',
    label: 'Web Address of Zoho Projects',
    type: 'string',
    required: false,
    placeholder: 'https://projects.zoho.com',
    helpText:
      'Where you open Zoho Projects in a browser, for a link from the invoice to its project: the same that the recipe names as `zoho.webUrl`.',
  },
];
