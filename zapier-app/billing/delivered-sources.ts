import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';

/** The side that a step cannot reach: all there is of it is the work that was delivered. */
export function deliveredSources({ project, milestone, logs, expenses }: MilestoneWork): {
  readonly source: ProjectSource;
  readonly books: BooksSource;
} {
  return {
    source: {
      system: 'zoho-projects',
      projects: () => page([project]),
      milestones: () => page([milestone]),
      timeLogs: () => page(logs),
      people: () => page([]),
    },
    books: {
      system: 'zoho-books',
      expenses: () => page(expenses),
      listedExpenses: () =>
        page(expenses.map((one) => ({ id: one.id, number: '', says: JSON.stringify(one) }))),
      expense: async (id) => expenses.find((one) => one.id === id),
      receipt: async () => undefined,
      projects: () => page([]),
      invoices: () => page([]),
      listedInvoices: () => page([]),
      invoice: async () => undefined,
      customers: () => page([]),
      categories: () => Promise.reject(outOfReach()),
      taxes: () => Promise.reject(outOfReach()),
    },
  };
}

async function* page<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
}

function outOfReach(): StackbridgeError {
  return new StackbridgeError(
    'RECIPE_INVALID',
    'A step that writes to Xero cannot ask Zoho Books for its accounts',
  );
}
