import { type AccountMap, withTaxIds } from '../../mapping/account-map.ts';
import { folded } from '../../mapping/people.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type ExpenseFollowUps, expenseFollowUps } from '../../plan/billing/follow-ups.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import {
  type ExpenseOptions,
  firstNumberOfExpense,
  planExpense,
  planGoneExpense,
  planLeftExpense,
} from '../../plan/billing/plan-expense.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
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
  /** How many booked expenses may be missing in what is read. */
  readonly shrink: BrakeLimit;
  readonly books: BooksSource;
  readonly progress: Progress;
}

/** Reads the expenses that are booked as costs, one subject each, and finds out which booked ones are there no more. */
export function readExpenses(sources: ExpenseSources): DocumentRecipe['read'] {
  const { map, books, progress, options, which, shrink } = sources;
  return async ({ entriesOf, standing }) => {
    progress.begin('read-left');
    const booked = await standing();
    const also = new Set(booked.keys());
    const wanted = { from: options.cutOver, billable: which === 'billable', also };
    const [found, taxes] = await Promise.all([gather(books.expenses(undefined, wanted)), books.taxes()]);
    const expenses = found.filter((expense) => isWanted(expense, sources));
    progress.advance('read-left', expenses.length);
    progress.end('read-left');
    const known = new Set(found.map(({ id }) => id));
    const left = found.filter((expense) => booked.has(expense.id) && !expenses.includes(expense));
    const gone = [...booked].filter(([id]) => !known.has(id));
    const subjects = [
      ...expenses.map((expense) => subjectOf(expense, sources)),
      ...left.map((expense) => leftSubject(expense, sources)),
      ...gone.map(([id, number]) => goneSubject(id, number, sources)),
    ];
    return {
      subjects,
      leftOut: [],
      entries: await entriesOf(subjects.flatMap((subject) => subject.sources)),
      needs: needsOf(expenses, taxes),
      map: withTaxIds(map, taxes),
      roster: { title: 'expenses', isEmpty: found.length === 0, limit: shrink },
    };
  };
}

function isWanted(expense: Expense, { which, projects, options }: ExpenseSources): boolean {
  const { booksProjectId, projectName = '', billable, date } = expense;
  if (date < options.cutOver) return false;
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
    title: titleOf(expense),
    kinds: kindsOf(options),
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

function leftSubject(expense: Expense, { options }: ExpenseSources): DocumentSource {
  const { id, date } = expense;
  return {
    id,
    title: titleOf(expense),
    kinds: kindsOf(options),
    firstNumber: firstNumberOfExpense(id, options),
    party: NOBODY,
    dated: date,
    sources: [{ kind: 'expense', id }],
    plan: (_, state, context) => planLeftExpense(expense, state, context),
  };
}

function goneSubject(id: string, firstNumber: string, { options }: ExpenseSources): DocumentSource {
  return {
    id,
    title: `Expense ${id}`,
    kinds: kindsOf(options),
    firstNumber,
    party: NOBODY,
    sources: [{ kind: 'expense', id }],
    isGone: true,
    plan: (_, state, context) => planGoneExpense(id, firstNumber, state, context),
  };
}

const NOBODY = { id: undefined, name: undefined };

function titleOf({ projectName, category, date }: Expense): string {
  return [projectName, category, date].filter((text) => text).join(', ');
}

function kindsOf({ as }: Pick<ExpenseOptions, 'as'>): DocumentSource['kinds'] {
  return as === 'bill' ? ['bill'] : ['bill', 'spend-money'];
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
