import { z } from 'zod';

/**
 * Trigger and action of a billing recipe's Zap, which field of the one's item each field of the other takes, which of
 * them is the work itself, and by what people know it. Then the Zaps that begin in Xero: of which kinds of documents, how
 * those of ours are numbered, and the search and its field that lead to what they bill.
 */
export const ZAPS = {
  'milestone-invoice/v1': {
    trigger: 'zoho_milestone_completed',
    action: 'xero_milestone_invoice',
    takes: { work: 'work' },
    delivery: 'work',
    about: 'milestoneId',
    inXero: { kinds: ['sales-invoice'], number: /^ZP-\d+/, search: 'zoho_milestone', by: 'milestone' },
  },
  'expenses/v1': {
    trigger: 'zoho_expense_recorded',
    action: 'xero_expense',
    takes: { expense: 'expense', receipt: 'receipt' },
    delivery: 'expense',
    about: 'expenseId',
    inXero: { kinds: ['bill', 'spend-money'], number: /^ZE-\d+/, search: 'zoho_expense', by: 'expense' },
  },
  'zoho-invoice/v1': {
    trigger: 'zoho_invoice_created',
    action: 'xero_zoho_invoice',
    takes: { invoice: 'invoice' },
    delivery: 'invoice',
    about: 'invoiceId',
    inXero: { kinds: ['sales-invoice'], number: /^(?!ZP-)/, search: 'zoho_invoice', by: 'number' },
  },
  'time-entries/v1': {
    trigger: 'zoho_time_changed',
    action: 'xero_time_entry',
    takes: { time: 'time' },
    delivery: 'time',
    about: 'projectId',
    inXero: undefined,
  },
} as const;
type Kind = keyof typeof ZAPS;
export type InXero = NonNullable<(typeof ZAPS)[Kind]['inXero']>;

export const BILLED_BY_ZAPS: ReadonlySet<string> = new Set(Object.keys(ZAPS));

const written = z.object({
  recipe: z.custom<Kind>((kind) => typeof kind === 'string' && BILLED_BY_ZAPS.has(kind)),
  name: z.string(),
  bill: z.object({ expenses: z.boolean().default(true) }).prefault({}),
  zoho: z.object({ fixedAmount: z.string().optional(), webUrl: z.string().optional() }).prefault({}),
});
/** As its Zap has it in its steps. */
export interface Recipe extends z.output<typeof written> {
  readonly text: string;
}

export function recipeOf(given: unknown): Recipe {
  return { ...written.parse(given), text: JSON.stringify(given) };
}

export const items = z.array(z.looseObject({ id: z.string() }));
/** What a trigger has shown. */
export type Item = z.output<typeof items>[number];

/** The longest that a trigger looks back, in hours. The Zaps are on while a scenario's time passes. */
export const LOOK_BACK_H = 720;

/** What both Zaps of milestones are told to read. */
export function workOf({ bill, zoho }: Recipe): Readonly<Record<string, unknown>> {
  const { fixedAmount, webUrl } = zoho;
  return { workDays: LOOK_BACK_H, expenses: bill.expenses, fixedAmountField: fixedAmount, webUrl };
}

/** What an item tells of: a project's time as a whole, a milestone, an expense. */
export function subjectOf({ recipe }: Recipe, item: Item): string {
  return z.string().parse(item[ZAPS[recipe].about]);
}
