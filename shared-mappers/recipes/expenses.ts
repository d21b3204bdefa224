import { z } from 'zod';
import { billingOptions, dueRule, numberPrefix, template, zohoPlace } from './billing-options.ts';

const name = z.string().min(1);

const recipe = z.strictObject({
  recipe: z.literal('expenses/v1'),
  name: billingOptions.name,
  accounts: billingOptions.accounts,
  cutOver: billingOptions.cutOver,
  zoho: z
    .strictObject({ organisation: zohoPlace.organisation })
    .prefault({})
    .describe('Where the expenses are'),
  which: z
    .enum(['of-projects', 'billable', 'all'])
    .default('of-projects')
    .describe(
      'Expenses of a project, those that a customer is charged for, or every one. Default: of-projects',
    ),
  projects: z
    .array(name)
    .min(1)
    .exactOptional()
    .describe('Names or ids, in the books, of the projects whose expenses are booked. Default: all'),
  as: z
    .enum(['bill', 'paid-through'])
    .default('paid-through')
    .describe(
      'Always a bill; or spend money where the map knows the account that paid, else a bill. Default: paid-through',
    ),
  status: billingOptions.status.describe('Status of bills; spend money has no draft. Default: draft'),
  due: dueRule.default({ days: 30 }).describe('When a bill is due. Default: 30 days after its date'),
  contacts: billingOptions.contacts,
  supplier: name
    .exactOptional()
    .describe('Contact for expenses that name no vendor. Default: none, they are parked'),
  receipts: z.boolean().default(true).describe('Attach the receipt. Default: true'),
  rebill: z
    .enum(['link', 'leave'])
    .default('link')
    .describe(
      'Billable expenses: link them to the customer in Xero, to be invoiced from there; or leave them to another recipe, such as milestone-invoice. Default: link',
    ),
  numberPrefix: numberPrefix('expense'),
  text: template
    .default('{project}: {category}, {description} {reference}')
    .describe(
      'What the line says; {project}, {category}, {description}, {reference}, {vendor}, {customer}, {date} are filled in',
    ),
  historyNotes: billingOptions.historyNotes,
  brakes: billingOptions.brakes,
  patience: billingOptions.patience,
});

/** Expenses of Zoho Books become bills or spend money in Xero, version 1. */
export const expenses = recipe.transform(({ patience, ...rest }) => ({ ...rest, patienceMs: patience }));

/** As read, every default filled in. */
export type ExpensesRecipe = z.output<typeof expenses>;
