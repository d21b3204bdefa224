import type { PlainOutputField } from 'zapier-platform-core';
import { hydrateExpense, hydrateExpenseDetail, hydrateReceipt } from '../hydrators/zoho-expense.ts';
import type { Step } from '../step.ts';

/** What costs a call of its own is read when a later step takes it. */
export function expensePointers({ z }: Pick<Step, 'z'>, expense: string, booksOrganisation?: string) {
  const at = { expense, booksOrganisation };
  return {
    receipt: z.dehydrateFile(hydrateReceipt, at),
    expense: z.dehydrate(hydrateExpense, at),
  };
}

/** Of an expense that was only listed. */
export function expenseDetailPointers({ z }: Pick<Step, 'z'>, expense: string, booksOrganisation?: string) {
  const at = { expense, booksOrganisation };
  return {
    projectId: z.dehydrate(hydrateExpenseDetail, { ...at, field: 'projectId' }),
    hasReceipt: z.dehydrate(hydrateExpenseDetail, { ...at, field: 'hasReceipt' }),
  };
}

export const EXPENSE_POINTER_OUTPUT: PlainOutputField[] = [
  { key: 'receipt', label: 'Receipt', type: 'file' },
  { key: 'expense', label: 'Expense for Billing Steps' },
];
