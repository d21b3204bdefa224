import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type {
  Expense,
  Milestone,
  Project,
  TimeLog,
} from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { BooksTax } from './expense-delivery.ts';

/** The side that a step cannot reach: all there is of it is the work that was delivered. */
export function deliveredProject(
  project: Project,
  logs: readonly TimeLog[],
  milestones: readonly Milestone[] = [],
): ProjectSource {
  return {
    system: 'zoho-projects',
    projects: () => page([project]),
    milestones: () => page(milestones),
    timeLogs: () => page(logs),
    people: () => page([]),
  };
}

/** Books that hold what was delivered, and nothing else. */
export function deliveredBooks(expenses: readonly Expense[], taxes: readonly BooksTax[] = []): BooksSource {
  return {
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
    taxes: async () => taxes,
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
