import { type AccountMap, withTaxIds } from '../../mapping/account-map.ts';
import { folded } from '../../mapping/people.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type ExpenseFollowUps, expenseFollowUps } from '../../plan/billing/follow-ups.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import {
  type ExpenseOptions,
  expenseOfNumber,
  firstNumberOfExpense,
  planExpense,
  planGoneExpense,
  planLeftExpense,
} from '../../plan/billing/plan-expense.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { BooksSource } from '../../ports/billing-source.ts';
import type { StandingSearch } from '../../ports/ledger.ts';
import type { Progress } from '../../ports/progress.ts';
import type { DocumentRecipe } from './document-job.ts';
import type { DocumentSource } from './document-source.ts';
import { gather } from './gather.ts';
import { listedSubject } from './listed-subject.ts';

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
  const { map, books, progress, options, which, projects, supplier, followUps, shrink } = sources;
  return async ({ standing }, { context: { now } }) => {
    progress.begin('read-left');
    const booked = books.isPart === true ? (books.gone ?? NOTHING) : await standing(searchOf(options));
    const also = new Set(booked.keys());
    const wanted = { from: options.cutOver, billable: which === 'billable', also };
    const [found, taxes] = await Promise.all([gather(books.listedExpenses(wanted)), books.taxes()]);
    progress.advance('read-left', found.length);
    progress.end('read-left');
    const names = new Map(taxes.map(({ id, name }) => [id, name]));
    const says = [options, which, projects, supplier, followUps];
    const known = new Set(found.map(({ id }) => id));
    const gone = [...booked].filter(([id]) => !known.has(id));
    const subjects = [
      ...(books.isListOnly === true ? [] : found).map((listed) =>
        listedSubject(listed, now, says, knownOf(listed.id, sources), () =>
          wholeOf(listed.id, booked, names, sources),
        ),
      ),
      ...gone.map(([id, number]) => goneSubject(id, number, sources)),
    ];
    const work = {
      subjects,
      leftOut: [],
      needs: {},
      map: withTaxIds(map, taxes),
      roster: { title: 'expenses', isEmpty: found.length === 0, limit: shrink },
    };
    return { sources: subjects.flatMap((subject) => subject.sources), deal: () => work };
  };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function searchOf(options: ExpenseSources['options']): StandingSearch {
  return {
    kinds: kindsOf(options),
    since: options.cutOver,
    subjectOf(number) {
      const id = expenseOfNumber(number, options);
      return id === undefined ? undefined : { id, firstNumber: firstNumberOfExpense(id, options) };
    },
  };
}

/** Undefined for one never booked that was deleted in between. */
async function wholeOf(
  id: string,
  booked: ReadonlyMap<string, string>,
  taxNames: ReadonlyMap<string, string>,
  sources: ExpenseSources,
): Promise<DocumentSource | undefined> {
  const expense = await sources.books.expense(id);
  const number = booked.get(id);
  if (expense === undefined) return number === undefined ? undefined : goneSubject(id, number, sources);
  return isWanted(expense, sources) ? subjectOf(expense, taxNames, sources) : leftSubject(expense, sources);
}

function knownOf(
  id: string,
  { options }: ExpenseSources,
): Pick<DocumentSource, 'title' | 'kinds' | 'firstNumber' | 'sources'> {
  return {
    title: `Expense ${id}`,
    kinds: kindsOf(options),
    firstNumber: firstNumberOfExpense(id, options),
    sources: [{ kind: 'expense', id }],
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
  taxNames: ReadonlyMap<string, string>,
  sources: ExpenseSources,
): DocumentSource {
  const { options, supplier, followUps, books } = sources;
  const { id, receipt } = expense;
  const isLinked = followUps.rebill === 'link' && expense.billable && expense.invoiceId === undefined;
  const name = expense.vendorName ?? supplier;
  return {
    ...knownOf(id, sources),
    id,
    title: titleOf(expense),
    party: { id: expense.vendorId, name },
    dated: expense.date,
    needs: needsOf(expense, taxNames),
    ...(receipt === undefined
      ? {}
      : { receipt: { fileName: receipt.fileName, load: () => books.receipt(id) } }),
    ...(isLinked
      ? { mayBeCharged: { since: options.cutOver, sources: [{ kind: 'expense', id }] as const } }
      : {}),
    rebillTo: { id: expense.customerId, name: expense.customerName },
    plan: (contact, state, context) => planExpense(expense, contact, state, { ...context, options }),
    followUps: (customer, plan, state, context) =>
      expenseFollowUps(expense, customer, plan, state, context, followUps),
  };
}

function leftSubject(expense: Expense, sources: ExpenseSources): DocumentSource {
  const { id, date } = expense;
  return {
    ...knownOf(id, sources),
    id,
    title: titleOf(expense),
    party: NOBODY,
    dated: date,
    plan: (_, state, context) => planLeftExpense(expense, state, context),
  };
}

function goneSubject(id: string, firstNumber: string, sources: ExpenseSources): DocumentSource {
  return {
    ...knownOf(id, sources),
    id,
    firstNumber,
    party: NOBODY,
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

function needsOf({ category, taxId, currency }: Expense, taxNames: ReadonlyMap<string, string>): MapNeeds {
  return {
    // The link in Xero charges the line as it is booked: no account of its own is needed for it.
    expenses: [{ account: category, charged: false }],
    taxes: taxId === undefined ? [] : [{ tax: taxNames.get(taxId) ?? taxId, side: 'purchases' }],
    currencies: [currency],
  };
}
