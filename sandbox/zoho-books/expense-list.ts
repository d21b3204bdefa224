import { DateTime } from 'luxon';
import type { Answer } from '../simulator.ts';
import type { ExpenseRecord } from './book-records.ts';
import { expenseRowJson, statusOf } from './expense-json.ts';
import { invalidValue } from './refusal.ts';
import { type Call, listing, type Query } from './route.ts';
import { addUp, lineTotal } from './totals.ts';

type Wanted = (expense: ExpenseRecord) => boolean;

/** The expenses that a call asks for, newest first unless it says otherwise. There is no filter by project. */
export function listExpenses(call: Call): Answer {
  const { books, query } = call;
  const wanted = [byStatus(query), byCustomer(query), byDates(query), bySince(call)];
  const rows = [...books.expenses.values()].filter((expense) => wanted.every((is) => is(expense)));
  rows.sort(orderOf(call));
  return listing(call, 'expenses', rows, (expense) => expenseRowJson(books, expense));
}

const FILTERS: Readonly<Record<string, Wanted>> = {
  'Status.All': () => true,
  'Status.Billable': ({ isBillable }) => isBillable,
  'Status.Nonbillable': ({ isBillable }) => !isBillable,
  'Status.Reimbursed': (expense) => statusOf(expense) === 'reimbursed',
  'Status.Invoiced': (expense) => statusOf(expense) === 'invoiced',
  'Status.Unbilled': (expense) => statusOf(expense) === 'unbilled',
};

function byStatus({ filter_by }: Query): Wanted {
  const filter = FILTERS[filter_by ?? 'Status.All'];
  if (filter === undefined) throw invalidValue('filter_by');
  return filter;
}

function byCustomer({ customer_id }: Query): Wanted {
  return customer_id === undefined ? () => true : ({ customerId }) => customerId === customer_id;
}

function byDates({ date, date_start, date_end }: Query): Wanted {
  return (expense) =>
    (date === undefined || expense.date === date) &&
    (date_start === undefined || expense.date >= date_start) &&
    (date_end === undefined || expense.date <= date_end);
}

function bySince({ books, query }: Call): Wanted {
  const since = query.last_modified_time;
  if (since === undefined || books.settings.sinceFilter === 'ignored') return () => true;
  const moment = DateTime.fromISO(since);
  if (!moment.isValid) throw invalidValue('last_modified_time');
  return ({ modifiedMs }) => modifiedMs >= moment.toMillis();
}

const KEYS: Readonly<Record<string, (call: Call, expense: ExpenseRecord) => string | number>> = {
  date: (_call, { date }) => date,
  created_time: (_call, { createdMs }) => createdMs,
  last_modified_time: (_call, { modifiedMs }) => modifiedMs,
  total: ({ books }, { lines, isInclusive }) =>
    addUp(lines.map(({ amount, taxId }) => lineTotal(books, amount, taxId, isInclusive))).total.toNumber(),
};

function orderOf(call: Call): (one: ExpenseRecord, other: ExpenseRecord) => number {
  const { sort_column = 'created_time', sort_order = 'D' } = call.query;
  const keyOf = KEYS[sort_column];
  if (keyOf === undefined) throw invalidValue('sort_column');
  if (sort_order !== 'A' && sort_order !== 'D') throw invalidValue('sort_order');
  const sign = sort_order === 'A' ? 1 : -1;
  return (one, other) => {
    const [a, b] = [keyOf(call, one), keyOf(call, other)];
    if (a !== b) return a < b ? -sign : sign;
    return one.id < other.id ? -sign : sign;
  };
}
