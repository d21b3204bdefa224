import type { ExpenseRecord } from './book-records.ts';
import type { Books } from './books.ts';
import { lineTaxJson, timeText } from './record-json.ts';
import { addUp, lineTotal } from './totals.ts';

/** An expense in a listing. It does not say which project it belongs to. */
export function expenseRowJson(books: Books, expense: ExpenseRecord): object {
  const customer = expense.customerId === null ? undefined : books.contact(expense.customerId);
  const vendor = expense.vendorId === null ? undefined : books.contact(expense.vendorId);
  const paidThrough = expense.paidThroughId === null ? undefined : books.account(expense.paidThroughId);
  const { subTotal, total } = addUp(
    expense.lines.map(({ amount, taxId }) => lineTotal(books, amount, taxId, expense.isInclusive)),
  );
  return {
    expense_id: expense.id,
    date: expense.date,
    account_name: accountName(books, expense),
    paid_through_account_name: paidThrough?.name ?? '',
    description: expense.description,
    currency_code: expense.currency,
    total: total.toNumber(),
    total_without_tax: subTotal.toNumber(),
    is_billable: expense.isBillable,
    reference_number: expense.reference,
    customer_id: customer?.id ?? '',
    customer_name: customer?.name ?? '',
    vendor_id: vendor?.id ?? '',
    vendor_name: vendor?.name ?? '',
    status: statusOf(expense),
    created_time: timeText(books, expense.createdMs),
    last_modified_time: timeText(books, expense.modifiedMs),
  };
}

/** The expense with its project, lines, invoice and receipt. */
export function expenseJson(books: Books, expense: ExpenseRecord): object {
  const { projectId, invoiceId, receipt, lines } = expense;
  const totals = lines.map(({ amount, taxId }) => lineTotal(books, amount, taxId, expense.isInclusive));
  const { subTotal, tax } = addUp(totals);
  return {
    ...expenseRowJson(books, expense),
    account_id: lines.length === 1 ? lines[0]?.accountId : '',
    paid_through_account_id: expense.paidThroughId ?? '',
    ...(lines.length === 1 ? lineTaxJson(books, lines[0]?.taxId ?? null) : {}),
    is_inclusive_tax: expense.isInclusive,
    tax_amount: tax.toNumber(),
    sub_total: subTotal.toNumber(),
    project_id: projectId ?? '',
    project_name: projectId === null ? '' : books.project(projectId).name,
    invoice_id: invoiceId ?? '',
    invoice_number: invoiceId === null ? '' : books.invoice(invoiceId).number,
    expense_receipt_name: receipt?.fileName ?? '',
    expense_receipt_type: receipt?.fileName.split('.').at(-1) ?? '',
    line_items: lines.map((line, index) => ({
      line_item_id: line.id,
      account_id: line.accountId,
      account_name: books.account(line.accountId).name,
      description: line.description,
      amount: Number(line.amount),
      ...lineTaxJson(books, line.taxId),
      tax_amount: totals[index]?.tax.toNumber() ?? 0,
      item_order: index + 1,
    })),
  };
}

/** An itemised expense is in several accounts, and says so. */
function accountName(books: Books, { lines }: ExpenseRecord): string {
  const [first, second] = lines;
  if (first === undefined || second !== undefined) return 'Split';
  return books.account(first.accountId).name;
}

export function statusOf({ isBillable, isReimbursed, invoiceId }: ExpenseRecord): string {
  if (invoiceId !== null) return 'invoiced';
  if (isReimbursed) return 'reimbursed';
  return isBillable ? 'unbilled' : 'nonbillable';
}
