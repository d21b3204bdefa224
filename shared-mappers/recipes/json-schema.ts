import { z } from 'zod';
import { accountMapFile } from './account-map.ts';
import { campaignActivity } from './campaign-activity.ts';
import { contactSync } from './contact-sync.ts';
import { expenses } from './expenses.ts';
import { mergeRecords } from './merge-records.ts';
import { milestoneInvoice } from './milestone-invoice.ts';
import { timeEntriesRecipe } from './time-entries.ts';
import { zohoInvoice } from './zoho-invoice.ts';

/** JSON Schema 2020-12 of recipes as they are written, for editors. Published as docs/schema/<file>. */
export function recipeJsonSchemas(): Readonly<Record<string, object>> {
  return {
    'contact-sync-v1.json': {
      title: 'Stackbridge recipe: two-way contact sync between Salesforce and Mailchimp, version 1',
      ...z.toJSONSchema(contactSync, { io: 'input' }),
    },
    'milestone-invoice-v1.json': {
      title: 'Stackbridge recipe: closed milestones of Zoho Projects become invoices in Xero, version 1',
      ...z.toJSONSchema(milestoneInvoice, { io: 'input' }),
    },
    'expenses-v1.json': {
      title: 'Stackbridge recipe: expenses of Zoho Books become bills or spend money in Xero, version 1',
      ...z.toJSONSchema(expenses, { io: 'input' }),
    },
    'zoho-invoice-v1.json': {
      title: 'Stackbridge recipe: invoices of Zoho Books become the same invoices in Xero, version 1',
      ...z.toJSONSchema(zohoInvoice, { io: 'input' }),
    },
    'time-entries-v1.json': {
      title:
        'Stackbridge recipe: time logs of Zoho Projects become time entries and timesheets in Xero, version 1',
      ...z.toJSONSchema(timeEntriesRecipe, { io: 'input' }),
    },
    'campaign-activity-v1.json': {
      title: 'Stackbridge recipe: what people do with Mailchimp campaigns goes to Salesforce, version 1',
      ...z.toJSONSchema(campaignActivity, { io: 'input' }),
    },
    'merge-records-v1.json': {
      title: 'Stackbridge recipe: how two records of whatever kind are merged, version 1',
      ...z.toJSONSchema(mergeRecords, { io: 'input' }),
    },
    'account-map-v1.json': {
      title: 'Stackbridge account map: how the words of Zoho become accounts of Xero, version 1',
      ...z.toJSONSchema(accountMapFile, { io: 'input' }),
    },
  };
}
