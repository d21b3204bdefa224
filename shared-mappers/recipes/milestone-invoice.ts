import { z } from 'zod';
import { INVOICE_TEXTS } from '../plan/billing/invoice-options.ts';
import { inlineAccountMap } from './account-map.ts';
import { calendarDate, decimalText } from './decimal-text.ts';
import { duration } from './duration.ts';

const name = z.string().min(1);

const dueRule = z.union([
  z.strictObject({ days: z.int().min(0).max(365).describe("Days after the document's date") }),
  z.strictObject({
    dayOfMonth: z.int().min(1).max(31).describe('The last day of a shorter month'),
    months: z.int().min(0).max(12).default(1).describe('So many months later. Default: 1'),
  }),
]);

const template = z.string().max(1000);

const recipe = z.strictObject({
  recipe: z.literal('milestone-invoice/v1'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' })
    .describe('Names the recipe in runs, history and conflicts; small letters, digits, hyphens'),
  accounts: z
    .union([name, inlineAccountMap])
    .describe('The account map: its file, beside the recipe, or the tables themselves'),
  cutOver: calendarDate.describe(
    'First day that is billed this way, such as 2026-07-01; earlier work never is',
  ),
  zoho: z
    .strictObject({
      portal: name.exactOptional().describe('Id or name of the portal. Default: the only one'),
      organisation: name
        .exactOptional()
        .describe('Id of the organisation of the books. Default: the only one'),
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
  status: z
    .enum(['draft', 'submitted', 'authorised'])
    .default('draft')
    .describe('What becomes of a new invoice. Default: draft'),
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
  contacts: z
    .enum(['match', 'create'])
    .default('match')
    .describe('A customer that Xero does not have: park the invoice, or create the contact. Default: match'),
  numberPrefix: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, { error: 'Write up to 20 letters and digits' })
    .default('ZP')
    .describe('Invoice numbers begin with it, then the id of the milestone. Default: ZP'),
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
  patience: duration
    .prefault('15m')
    .describe("Longest wait for a system's limit before the run ends, to go on later. Default: 15m"),
});

/** Closed milestones of Zoho Projects become sales invoices in Xero, version 1. */
export const milestoneInvoice = recipe.transform(({ patience, ...rest }) => ({
  ...rest,
  patienceMs: patience,
}));

/** As read, every default filled in. */
export type MilestoneInvoiceRecipe = z.output<typeof milestoneInvoice>;
