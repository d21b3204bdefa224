import type { AccountMap } from '../mapping/account-map.ts';
import type { CalendarDate } from '../model/billing/money.ts';
import type { InvoiceOptions } from '../plan/billing/invoice-options.ts';
import type { BooksSource, ProjectSource } from '../ports/billing-source.ts';
import type { Progress } from '../ports/progress.ts';
import type { BillingJob } from '../sync/billing/billing-job.ts';
import { readMilestones } from '../sync/billing/milestone-subjects.ts';
import type { MilestoneInvoiceRecipe } from './milestone-invoice.ts';

export interface MilestoneInvoiceInput {
  readonly recipe: MilestoneInvoiceRecipe;
  readonly map: AccountMap;
  readonly source: ProjectSource;
  /** Asked only where the recipe bills expenses. */
  readonly books: BooksSource | undefined;
  readonly progress: Progress;
}

/** The recipe made ready to run. */
export function prepareMilestoneInvoice(input: MilestoneInvoiceInput): BillingJob {
  const { recipe, map, source, progress } = input;
  const books = recipe.bill.expenses ? input.books : undefined;
  return {
    recipe: recipe.name,
    map,
    createsContacts: recipe.contacts === 'create',
    sources: books === undefined ? ['zoho-projects'] : ['zoho-projects', 'zoho-books'],
    read: readMilestones({
      recipe: recipe.name,
      options: invoiceOptions(recipe),
      ...(recipe.projects === undefined ? {} : { projects: recipe.projects }),
      source,
      ...(books === undefined ? {} : { books }),
      progress,
    }),
  };
}

/** How the planner bills, in its own words. */
export function invoiceOptions(
  recipe: MilestoneInvoiceRecipe,
): InvoiceOptions & { readonly cutOver: CalendarDate } {
  const { bill, approval, cutOver, groupBy, markUp, lineAmounts, status, dated, due, currency } = recipe;
  return {
    bill,
    approval,
    cutOver,
    groupBy,
    ...(markUp === undefined ? {} : { markUp }),
    lineAmounts,
    status,
    dated,
    due,
    ...(currency === undefined ? {} : { currency }),
    numberPrefix: recipe.numberPrefix,
    texts: recipe.texts,
  };
}
