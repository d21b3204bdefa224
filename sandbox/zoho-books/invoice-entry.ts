import type { z } from 'zod';
import type { InvoiceLine, InvoiceRecord } from './book-records.ts';
import type { Books } from './books.ts';
import type { InvoiceChange, NewInvoice } from './desk-values.ts';

/** An invoice is made in the books, of expenses among others. @returns its id */
export function addInvoice(books: Books, values: z.infer<typeof NewInvoice>): string {
  const customer = books.contact(values.customer_id);
  const now = books.now();
  const id = books.freshId();
  const lines = linesOf(books, values.line_items);
  books.invoices.set(id, {
    id,
    number: values.invoice_number ?? `INV-${String(books.invoices.size + 1).padStart(6, '0')}`,
    status: values.status,
    date: values.date,
    dueDate: values.due_date ?? values.date,
    customerId: customer.id,
    projectId: values.project_id === undefined ? null : books.project(values.project_id).id,
    currency: values.currency_code ?? customer.currency,
    isInclusive: values.is_inclusive_tax,
    reference: values.reference_number,
    notes: values.notes,
    lines,
    createdMs: now,
    modifiedMs: now,
  });
  invoiceExpenses(books, id, lines);
  return id;
}

export function editInvoice(books: Books, id: string, values: z.infer<typeof InvoiceChange>): void {
  const invoice = books.invoice(id);
  const changed: InvoiceRecord = {
    ...invoice,
    status: values.status ?? invoice.status,
    date: values.date ?? invoice.date,
    dueDate: values.due_date ?? invoice.dueDate,
    reference: values.reference_number ?? invoice.reference,
    notes: values.notes ?? invoice.notes,
    lines: values.line_items === undefined ? invoice.lines : linesOf(books, values.line_items),
    modifiedMs: books.now(),
  };
  books.invoices.set(id, changed);
  if (values.line_items === undefined) return;
  freeExpenses(books, id);
  invoiceExpenses(books, id, changed.lines);
}

/** @returns whether there was such an invoice */
export function removeInvoice(books: Books, id: string): boolean {
  freeExpenses(books, id);
  return books.invoices.delete(id);
}

function invoiceExpenses(books: Books, id: string, lines: readonly InvoiceLine[]): void {
  for (const { expenseId } of lines) {
    if (expenseId === null) continue;
    books.expenses.set(expenseId, { ...books.expense(expenseId), invoiceId: id, modifiedMs: books.now() });
  }
}

/** The expenses it billed can be billed again. */
function freeExpenses(books: Books, id: string): void {
  for (const expense of books.expenses.values()) {
    if (expense.invoiceId === id) {
      books.expenses.set(expense.id, { ...expense, invoiceId: null, modifiedMs: books.now() });
    }
  }
}

function linesOf(books: Books, lines: z.infer<typeof NewInvoice>['line_items']): InvoiceLine[] {
  return lines.map(({ name, description, rate, quantity, account_id, tax_id, expense_id }) => ({
    id: books.freshId(),
    name,
    description,
    rate,
    quantity,
    accountId: books.account(account_id).id,
    taxId: tax_id === undefined ? null : books.tax(tax_id).id,
    expenseId: expense_id === undefined ? null : books.expense(expense_id).id,
  }));
}
