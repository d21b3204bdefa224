import type { CalendarDate } from '../model/billing/money.ts';
import type { InvoiceOptions } from '../plan/billing/invoice-options.ts';
import type { BillingJob } from '../sync/billing/billing-job.ts';
import { documentJob } from '../sync/billing/document-job.ts';
import { readMilestones } from '../sync/billing/milestone-subjects.ts';
import type { BillingInput } from './billing-input.ts';
import type { MilestoneInvoiceRecipe } from './milestone-invoice.ts';

/** The recipe made ready to run. The books are asked only where it bills expenses. */
export function prepareMilestoneInvoice(
  input: Pick<BillingInput<MilestoneInvoiceRecipe>, 'recipe' | 'map' | 'source' | 'books' | 'progress'>,
): BillingJob {
  const { recipe, map, source, progress } = input;
  const books = recipe.bill.expenses ? input.books : undefined;
  return documentJob({
    recipe: recipe.name,
    map,
    createsContacts: recipe.contacts === 'create',
    historyNotes: recipe.historyNotes,
    sources: books === undefined ? ['zoho-projects'] : ['zoho-projects', 'zoho-books'],
    read: readMilestones({
      recipe: recipe.name,
      options: invoiceOptions(recipe),
      ...(recipe.projects === undefined ? {} : { projects: recipe.projects }),
      source,
      shrink: recipe.brakes.shrink,
      ...(books === undefined ? {} : { books }),
      progress,
    }),
  });
}

/** How the planner bills, in its own words. */
function invoiceOptions(recipe: MilestoneInvoiceRecipe): InvoiceOptions & { readonly cutOver: CalendarDate } {
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
