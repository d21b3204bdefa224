import { z } from 'zod';
import { INVOICE_TEXTS } from '../plan/billing/invoice-options.ts';
import { billingOptions, dueRule, numberPrefix, template, zohoPlace } from './billing-options.ts';
import { decimalText } from './decimal-text.ts';

const name = z.string().min(1);

const recipe = z.strictObject({
  recipe: z.literal('milestone-invoice/v1'),
  name: billingOptions.name,
  accounts: billingOptions.accounts,
  cutOver: billingOptions.cutOver,
  zoho: z
    .strictObject({
      ...zohoPlace,
      fixedAmount: name
        .exactOptional()
        .describe('Custom field of a phase that holds its agreed amount. Default: none'),
      webUrl: z
        .url({ protocol: /^https$/, error: 'Write an address as https://projects.zoho.com' })
        .exactOptional()
        .describe('Where people open the portal, for a link from the invoice. Default: no link'),
    })
    .prefault({})
    .describe('Where the work is'),
  projects: z
    .array(name)
    .min(1)
    .exactOptional()
    .describe('Names, keys or ids of the projects that are billed. Default: all'),
  bill: z
    .strictObject({
      time: z.boolean().default(true).describe('Billable hours. Default: true'),
      expenses: z
        .boolean()
        .default(true)
        .describe('Billable expenses of the project up to the day the milestone closed. Default: true'),
      fixed: z
        .enum(['ignore', 'instead', 'on-top'])
        .default('instead')
        .describe('An agreed amount: instead of the hours, on top of them, or ignored. Default: instead'),
    })
    .prefault({})
    .describe('What goes onto the invoice'),
  approval: z
    .enum(['required', 'not-needed'])
    .default('required')
    .describe('Whether hours wait for their approval. Default: required'),
  groupBy: z
    .enum(['task', 'person', 'day', 'none'])
    .default('task')
    .describe('One line a task, person or day; none: one line a time log. Default: task'),
  markUp: decimalText.exactOptional().describe('Per cent put on top of expenses, such as 10. Default: none'),
  lineAmounts: z
    .enum(['exclusive', 'inclusive', 'no-tax'])
    .default('exclusive')
    .describe('Whether amounts hold the tax. Default: exclusive'),
  status: billingOptions.status,
  dated: z
    .enum(['closed', 'run'])
    .default('closed')
    .describe('Dated on the day the milestone closed, or of the run. Default: closed'),
  due: dueRule.default({ days: 30 }).describe('When it is due. Default: 30 days after its date'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'Write a currency as AUD' })
    .exactOptional()
    .describe("For projects that name none. Default: the organisation's own"),
  contacts: billingOptions.contacts,
  numberPrefix: numberPrefix('milestone'),
  texts: z
    .strictObject({
      time: template.default(INVOICE_TEXTS.time),
      expense: template.default(INVOICE_TEXTS.expense),
      fixed: template.default(INVOICE_TEXTS.fixed),
      correction: template.default(INVOICE_TEXTS.correction),
      reference: template.default(INVOICE_TEXTS.reference),
    })
    .prefault({})
    .describe(
      'What lines and the reference say; {project}, {milestone}, {task}, {person}, {hours}, … are filled in',
    ),
  brakes: billingOptions.brakes,
  historyNotes: billingOptions.historyNotes,
  patience: billingOptions.patience,
});

/** Closed milestones of Zoho Projects become sales invoices in Xero, version 1. */
export const milestoneInvoice = recipe.transform(({ patience, ...rest }) => ({
  ...rest,
  patienceMs: patience,
}));

/** As read, every default filled in. */
export type MilestoneInvoiceRecipe = z.output<typeof milestoneInvoice>;
