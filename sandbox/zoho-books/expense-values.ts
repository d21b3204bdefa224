import { z } from 'zod';
import { Amount, Day, type ExpenseLine, type ExpenseRecord } from './book-records.ts';
import type { Books } from './books.ts';
import { invalidValue } from './refusal.ts';

/** Amounts come as numbers or as text. */
const AnyAmount = z.union([Amount, z.number().transform((number) => String(number))]).pipe(Amount);
const Optional = z.string().optional();

const LineValues = z.object({
  account_id: z.string(),
  amount: AnyAmount,
  tax_id: Optional,
  description: z.string().default(''),
});

/** An expense as people and the API enter it: by one account and amount, or by lines. */
export const ExpenseValues = z.object({
  date: Day.optional(),
  account_id: Optional,
  amount: AnyAmount.optional(),
  tax_id: Optional,
  line_items: z.array(LineValues).min(1).optional(),
  is_inclusive_tax: z.boolean().optional(),
  description: Optional,
  reference_number: Optional,
  currency_code: z.string().length(3).optional(),
  is_billable: z.boolean().optional(),
  is_reimbursed: z.boolean().optional(),
  customer_id: Optional,
  vendor_id: Optional,
  project_id: Optional,
  paid_through_account_id: Optional,
});
export type ExpenseValues = z.infer<typeof ExpenseValues>;

/** Records a new expense. @throws BooksRefusal when something is missing or not in the books */
export function addExpense(books: Books, values: ExpenseValues): ExpenseRecord {
  if (values.date === undefined) throw invalidValue('date');
  const now = books.now();
  const blank: ExpenseRecord = {
    id: books.freshId(),
    date: values.date,
    lines: [],
    isInclusive: false,
    description: '',
    reference: '',
    currency: books.organisation.currency,
    isBillable: false,
    isReimbursed: false,
    customerId: null,
    vendorId: null,
    projectId: null,
    paidThroughId: null,
    invoiceId: null,
    receipt: null,
    createdMs: now,
    modifiedMs: now,
  };
  const expense = changed(books, blank, values);
  if (expense.lines.length === 0) throw invalidValue('account_id');
  books.expenses.set(expense.id, expense);
  return expense;
}

/** Changes what is given. @throws BooksRefusal when it is not in the books */
export function editExpense(books: Books, id: string, values: ExpenseValues): ExpenseRecord {
  const expense = changed(books, books.expense(id), values);
  books.expenses.set(id, expense);
  return expense;
}

function changed(books: Books, expense: ExpenseRecord, values: ExpenseValues): ExpenseRecord {
  const project = values.project_id === undefined ? undefined : books.project(values.project_id);
  return {
    ...expense,
    date: values.date ?? expense.date,
    lines: linesOf(books, expense, values),
    isInclusive: values.is_inclusive_tax ?? expense.isInclusive,
    description: values.description ?? expense.description,
    reference: values.reference_number ?? expense.reference,
    currency: values.currency_code ?? expense.currency,
    isBillable: values.is_billable ?? expense.isBillable,
    isReimbursed: values.is_reimbursed ?? expense.isReimbursed,
    customerId:
      values.customer_id === undefined
        ? (project?.customerId ?? expense.customerId)
        : books.contact(values.customer_id).id,
    vendorId: values.vendor_id === undefined ? expense.vendorId : books.contact(values.vendor_id).id,
    projectId: project?.id ?? expense.projectId,
    paidThroughId:
      values.paid_through_account_id === undefined
        ? expense.paidThroughId
        : books.account(values.paid_through_account_id).id,
    modifiedMs: books.now(),
  };
}

function linesOf(books: Books, expense: ExpenseRecord, values: ExpenseValues): ExpenseLine[] {
  if (values.line_items !== undefined) {
    return values.line_items.map(({ account_id, amount, tax_id, description }) => ({
      id: books.freshId(),
      accountId: books.account(account_id).id,
      description,
      amount,
      taxId: tax_id === undefined || tax_id === '' ? null : books.tax(tax_id).id,
    }));
  }
  const { account_id, amount, tax_id } = values;
  if (account_id === undefined && amount === undefined && tax_id === undefined) return expense.lines;
  const before = expense.lines[0];
  const accountId = account_id ?? before?.accountId;
  const given = amount ?? before?.amount;
  if (accountId === undefined) throw invalidValue('account_id');
  if (given === undefined) throw invalidValue('amount');
  const taxId = tax_id ?? before?.taxId ?? '';
  return [
    {
      id: before?.id ?? books.freshId(),
      accountId: books.account(accountId).id,
      description: values.description ?? before?.description ?? '',
      amount: given,
      taxId: taxId === '' ? null : books.tax(taxId).id,
    },
  ];
}
