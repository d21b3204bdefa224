import { type AccountMap, withTaxIds } from '../../mapping/account-map.ts';
import { folded } from '../../mapping/people.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type ExpenseFollowUps, expenseFollowUps } from '../../plan/billing/follow-ups.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import { type ExpenseOptions, firstNumberOfExpense, planExpense } from '../../plan/billing/plan-expense.ts';
import type { BooksSource } from '../../ports/billing-source.ts';
import type { Progress } from '../../ports/progress.ts';
import type { DocumentRecipe } from './document-job.ts';
import type { DocumentSource } from './document-source.ts';
import { gather } from './gather.ts';

export interface ExpenseSources {
  readonly map: AccountMap;
  readonly options: ExpenseOptions & { readonly cutOver: CalendarDate };
  readonly which: 'of-projects' | 'billable' | 'all';
  /** Names or ids of projects of the books; absent: all. */
  readonly projects?: readonly string[];
  /** Contact for expenses that name no vendor. */
  readonly supplier?: string;
  readonly followUps: ExpenseFollowUps;
  readonly books: BooksSource;
  readonly progress: Progress;
}

/** Reads the expenses that are booked as costs, one subject each. */
export function readExpenses(sources: ExpenseSources): DocumentRecipe['read'] {
  const { map, books, progress, options, which } = sources;
  return async (entriesOf) => {
    progress.begin('read-left');
    const wanted = { from: options.cutOver, billable: which === 'billable' };
    const [found, taxes] = await Promise.all([gather(books.expenses(undefined, wanted)), books.taxes()]);
    const expenses = found.filter((expense) => isWanted(expense, sources));
    progress.advance('read-left', expenses.length);
    progress.end('read-left');
    return {
      subjects: expenses.map((expense) => subjectOf(expense, sources)),
      leftOut: [],
      entries: await entriesOf(expenses.map(({ id }) => ({ kind: 'expense', id }))),
      needs: needsOf(expenses, taxes),
      map: withTaxIds(map, taxes),
    };
  };
}

function isWanted(expense: Expense, { which, projects }: ExpenseSources): boolean {
  const { booksProjectId, projectName = '', billable } = expense;
  if (which === 'of-projects' && booksProjectId === undefined) return false;
  if (which === 'billable' && !billable) return false;
  if (projects === undefined) return true;
  return projects.some((one) => one === booksProjectId || folded(one) === folded(projectName));
}

function subjectOf(
  expense: Expense,
  { options, supplier, followUps, books }: ExpenseSources,
): DocumentSource {
  const { id, receipt } = expense;
  const name = expense.vendorName ?? supplier;
  return {
    id,
    title: [expense.projectName, expense.category, expense.date].filter((text) => text).join(', '),
    kinds: options.as === 'bill' ? ['bill'] : ['bill', 'spend-money'],
    firstNumber: firstNumberOfExpense(id, options),
    party: { id: expense.vendorId, name },
    dated: expense.date,
    sources: [{ kind: 'expense', id }],
    ...(receipt === undefined
      ? {}
      : { receipt: { fileName: receipt.fileName, load: () => books.receipt(id) } }),
    rebillTo: { id: expense.customerId, name: expense.customerName },
    plan: (contact, state, context) => planExpense(expense, contact, state, { ...context, options }),
    followUps: (customer, plan, state, context) =>
      expenseFollowUps(expense, customer, plan, state, context, followUps),
  };
}

function needsOf(
  expenses: readonly Expense[],
  taxes: readonly { readonly id: string; readonly name: string }[],
): MapNeeds {
  const names = new Map(taxes.map(({ id, name }) => [id, name]));
  const taxIds = new Set(expenses.flatMap(({ taxId }) => taxId ?? []));
  const accounts = new Set(expenses.map(({ category }) => category));
  return {
    // The link in Xero charges the line as it is booked: no account of its own is needed for it.
    expenses: [...accounts].map((account) => ({ account, charged: false })),
    taxes: [...taxIds].map((id) => ({ tax: names.get(id) ?? id, side: 'purchases' })),
    currencies: expenses.map(({ currency }) => currency),
  };
}
