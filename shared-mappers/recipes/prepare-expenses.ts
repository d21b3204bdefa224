import type { BillingJob } from '../sync/billing/billing-job.ts';
import { documentJob } from '../sync/billing/document-job.ts';
import { readExpenses } from '../sync/billing/expense-subjects.ts';
import type { BillingInput } from './billing-input.ts';
import type { ExpensesRecipe } from './expenses.ts';

/** The recipe made ready to run. */
export function prepareExpenses({
  recipe,
  map,
  books,
  progress,
}: Pick<BillingInput<ExpensesRecipe>, 'recipe' | 'map' | 'books' | 'progress'>): BillingJob {
  const { as, status, cutOver, due, numberPrefix, text, which, projects, supplier, receipts, rebill } =
    recipe;
  return documentJob({
    recipe: recipe.name,
    map,
    createsContacts: recipe.contacts === 'create',
    historyNotes: recipe.historyNotes,
    sources: ['zoho-books'],
    read: readExpenses({
      map,
      options: { as, status, cutOver, due, numberPrefix, text },
      which,
      ...(projects === undefined ? {} : { projects }),
      ...(supplier === undefined ? {} : { supplier }),
      followUps: { receipts, rebill },
      shrink: recipe.brakes.shrink,
      books,
      progress,
    }),
  });
}
