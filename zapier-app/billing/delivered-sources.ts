import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { BooksInvoice } from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import type {
  Expense,
  Milestone,
  Project,
  TimeLog,
} from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type {
  BooksSource,
  ListedRecord,
  ProjectSource,
} from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { BooksTax } from './books-reading.ts';
import type { ProjectTimeDelivery } from './time-delivery.ts';

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

/** The time of one project, and the names of the others. */
export function deliveredTime({
  project,
  logs,
  from,
  to,
  others,
}: Omit<ProjectTimeDelivery, 'readAt'>): ProjectSource {
  const origins = others.flatMap(({ id, changedLately }) => (changedLately ? [id] : []));
  return {
    ...deliveredProject(project, []),
    handed: { projectId: project.id, from, to, origins },
    projects: () => page([project, ...others]),
    timeLogs: (projectId, first, last) =>
      page(logs.filter(({ date }) => projectId === project.id && date >= first && date <= last)),
  };
}

/** What was delivered of the books. */
export interface DeliveredBooks {
  readonly expenses?: readonly Expense[];
  readonly invoices?: readonly BooksInvoice[];
  readonly taxes?: readonly BooksTax[];
  /** By id, with the numbers of their first documents. */
  readonly gone?: ReadonlyMap<string, string>;
  /** Of the expense that was delivered. Default: none is there. */
  readonly receipt?: BooksSource['receipt'];
}

/** Books that hold what was delivered, and nothing else. */
export function deliveredBooks({
  expenses = [],
  invoices = [],
  taxes = [],
  gone = new Map(),
  receipt = async () => undefined,
}: DeliveredBooks): BooksSource {
  return {
    ...NO_BOOKS,
    isPart: true,
    gone,
    expenses: () => page(expenses),
    listedExpenses: () => page(expenses.map((one) => listed(one, ''))),
    expense: async (id) => expenses.find((one) => one.id === id),
    receipt,
    invoices: () => page(invoices),
    listedInvoices: () => page(invoices.map((one) => listed(one, one.number))),
    invoice: async (id) => invoices.find((one) => one.id === id),
    taxes: async () => taxes,
  };
}

/** Books of which it was delivered what there is. */
export function listedBooks(all: readonly Pick<ListedRecord, 'id' | 'number'>[]): BooksSource {
  const list = () => page(all.map((one) => ({ ...one, says: '' })));
  return { ...NO_BOOKS, isListOnly: true, listedExpenses: list, listedInvoices: list };
}

const NO_BOOKS: BooksSource = {
  system: 'zoho-books',
  expenses: () => page([]),
  listedExpenses: () => page([]),
  recentExpenses: () => page([]),
  expense: async () => undefined,
  receipt: async () => undefined,
  projects: () => page([]),
  invoices: () => page([]),
  listedInvoices: () => page([]),
  recentInvoices: () => page([]),
  invoice: async () => undefined,
  customers: () => page([]),
  categories: () => Promise.reject(outOfReach()),
  taxes: async () => [],
};

function listed({ id }: { readonly id: string }, number: string): ListedRecord {
  return { id, number, says: '' };
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
