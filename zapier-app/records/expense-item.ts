import type { Expense } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { ListedExpense } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { PlainOutputField } from 'zapier-platform-core';

/** An expense as a Zap sees it. Amounts are decimal text: a number would lose cents. */
export interface ExpenseItem {
  readonly expenseId: string;
  readonly date: string;
  readonly category: string;
  readonly description: string;
  readonly reference: string;
  readonly currency: string;
  readonly total: string;
  readonly totalWithoutTax: string;
  readonly billable: boolean;
  readonly vendor: string;
  readonly customer: string;
  readonly projectId: string;
  readonly hasReceipt: boolean;
}

export function expenseItem(expense: Expense): ExpenseItem {
  const { projectId, booksProjectId, receipt } = expense;
  return {
    ...listedExpenseItem(expense),
    projectId: projectId ?? booksProjectId ?? '',
    hasReceipt: receipt !== undefined,
  };
}

/** What of it a listing tells. */
export function listedExpenseItem({
  id,
  vendorName = '',
  customerName = '',
  ...rest
}: Pick<Expense, 'id' | (keyof ListedExpense & keyof Expense)>): Omit<
  ExpenseItem,
  'projectId' | 'hasReceipt'
> {
  const { date, category, description, reference, currency, total, totalWithoutTax, billable } = rest;
  return {
    expenseId: id,
    date,
    category,
    description,
    reference,
    currency,
    total,
    totalWithoutTax,
    billable,
    vendor: vendorName,
    customer: customerName,
  };
}

export const EXPENSE_SAMPLE: ExpenseItem & Record<string, unknown> = {
  expenseId: '4600000088888',
  date: '2026-10-27',
  category: 'Travel',
  description: 'Train to the client',
  reference: '',
  currency: 'GBP',
  total: '84.00',
  totalWithoutTax: '70.00',
  billable: true,
  vendor: 'National Rail',
  customer: 'Analytical Engines Ltd',
  projectId: '4000000010001',
  hasReceipt: true,
};

export const EXPENSE_OUTPUT: PlainOutputField[] = [
  { key: 'expenseId', label: 'Expense ID' },
  { key: 'date', label: 'Date' },
  { key: 'category', label: 'Category' },
  { key: 'description', label: 'Description' },
  { key: 'reference', label: 'Reference' },
  { key: 'currency', label: 'Currency' },
  { key: 'total', label: 'Total' },
  { key: 'totalWithoutTax', label: 'Total Without Tax' },
  { key: 'billable', label: 'Is Billable', type: 'boolean' },
  { key: 'vendor', label: 'Vendor' },
  { key: 'customer', label: 'Customer' },
  { key: 'projectId', label: 'Project ID' },
  { key: 'hasReceipt', label: 'Has a Receipt', type: 'boolean' },
];
