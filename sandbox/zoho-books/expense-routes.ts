import { expenseJson } from './expense-json.ts';
import { listExpenses } from './expense-list.ts';
import { addExpense, ExpenseValues, editExpense } from './expense-values.ts';
import { invalidValue, notThere } from './refusal.ts';
import { type Call, param, type Route, success } from './route.ts';

/** Expenses and their receipts. */
export const expenseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/expenses',
    operation: 'expenses.list',
    area: 'expenses',
    handle: listExpenses,
  },
  {
    method: 'POST',
    path: '/expenses',
    operation: 'expenses.create',
    area: 'expenses',
    handle: (call) => {
      const expense = addExpense(call.books, valuesOf(call));
      return success({ expense: expenseJson(call.books, expense) }, 'The expense has been recorded.', 201);
    },
  },
  {
    method: 'GET',
    path: '/expenses/:expense',
    operation: 'expenses.get',
    area: 'expenses',
    handle: (call) =>
      success({ expense: expenseJson(call.books, call.books.expense(param(call, 'expense'))) }),
  },
  {
    method: 'PUT',
    path: '/expenses/:expense',
    operation: 'expenses.update',
    area: 'expenses',
    handle: (call) => {
      const expense = editExpense(call.books, param(call, 'expense'), valuesOf(call));
      return success(
        { expense: expenseJson(call.books, expense) },
        'The expense information has been updated.',
      );
    },
  },
  {
    method: 'DELETE',
    path: '/expenses/:expense',
    operation: 'expenses.delete',
    area: 'expenses',
    handle: (call) => {
      call.books.expenses.delete(call.books.expense(param(call, 'expense')).id);
      return success({}, 'The expense has been deleted.');
    },
  },
  {
    method: 'GET',
    path: '/expenses/:expense/receipt',
    operation: 'expenses.receipt',
    area: 'expenses',
    handle: (call) => {
      const { receipt } = call.books.expense(param(call, 'expense'));
      if (receipt === null) throw notThere('Receipt');
      return {
        status: 200,
        headers: {
          'content-type': receipt.contentType,
          'content-disposition': `attachment; filename="${receipt.fileName}"`,
        },
        body: Buffer.from(receipt.base64, 'base64'),
      };
    },
  },
];

function valuesOf({ body }: Call): ExpenseValues {
  const parsed = ExpenseValues.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidValue(parsed.error.issues[0]?.path.join('.') ?? 'JSONString');
}
