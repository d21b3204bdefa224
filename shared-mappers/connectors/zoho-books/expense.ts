import { z } from 'zod';
import type { Expense, Receipt } from '../../model/billing/project-work.ts';
import { parseInstant } from '../../model/instant.ts';
import type { ListedExpense, ListedRecord, WantedExpenses } from '../../ports/billing-source.ts';
import { Amount, BooksId, Currency, Day, Flag, Text } from './fields.ts';

/** What a listing tells: enough to see whether the detail is worth a call. */
export const ExpenseRow = z.object({
  expense_id: BooksId,
  date: Text,
  is_billable: z.boolean().optional().catch(undefined),
  last_modified_time: Text,
  status: Text,
  account_name: Text,
  description: Text,
  currency_code: Text,
  total: Text,
  total_without_tax: Text,
  reference_number: Text,
  customer_id: Text,
  customer_name: Text,
  vendor_id: Text,
  vendor_name: Text,
  paid_through_account_name: Text,
  expense_receipt_name: Text,
});

/** Whether the detail may be wanted: what the listing does not say, the detail does. */
export function mayBeWanted(
  { expense_id, date, is_billable }: z.infer<typeof ExpenseRow>,
  { from, billable = false, also }: WantedExpenses,
): boolean {
  if (also?.has(expense_id)) return true;
  if (from !== undefined && date !== undefined && date < from) return false;
  return !(billable && is_billable === false);
}

/** What a listing shows to people. */
export function listedExpense(row: z.infer<typeof ExpenseRow>): Omit<ListedExpense, keyof ListedRecord> {
  const { total = '', vendor_name, customer_name } = row;
  return {
    date: row.date ?? '',
    category: row.account_name ?? '',
    description: row.description ?? '',
    reference: row.reference_number ?? '',
    currency: row.currency_code ?? '',
    total,
    totalWithoutTax: row.total_without_tax ?? total,
    billable: row.is_billable ?? false,
    ...(vendor_name === undefined ? {} : { vendorName: vendor_name }),
    ...(customer_name === undefined ? {} : { customerName: customer_name }),
  };
}

const ExpenseLine = z.object({ account_name: Text, description: Text, tax_id: Text });

export const ExpenseDetail = z.object({
  expense_id: BooksId,
  date: Day,
  account_name: Text,
  description: Text,
  reference_number: Text,
  currency_code: Currency,
  total: Amount,
  total_without_tax: Amount.optional(),
  sub_total: Amount.optional(),
  tax_id: Text,
  is_billable: Flag,
  customer_id: Text,
  customer_name: Text,
  vendor_id: Text,
  vendor_name: Text,
  paid_through_account_name: Text,
  project_id: Text,
  project_name: Text,
  invoice_id: Text,
  expense_receipt_name: Text,
  last_modified_time: Text,
  line_items: z.array(ExpenseLine).catch([]),
});
type ExpenseDetail = z.infer<typeof ExpenseDetail>;

/**
 * An expense of several accounts has all their names for its category, `Meals + Travel`, and likewise for its taxes:
 * no account map takes it for one of them by chance.
 */
export function toExpense(row: ExpenseDetail): Expense {
  const booksProjectId = row.project_id;
  const lines = row.line_items;
  const category = joined(lines.map(({ account_name }) => account_name)) ?? row.account_name ?? '';
  const taxId = joined(lines.map(({ tax_id }) => tax_id)) ?? row.tax_id;
  const modifiedAt = row.last_modified_time === undefined ? undefined : parseInstant(row.last_modified_time);
  const receipt = row.expense_receipt_name === undefined ? undefined : receiptNamed(row.expense_receipt_name);
  return {
    id: row.expense_id,
    ...(booksProjectId === undefined ? {} : { booksProjectId }),
    ...(row.project_name === undefined ? {} : { projectName: row.project_name }),
    date: row.date,
    category,
    description:
      row.description ??
      joined(
        lines.map(({ description }) => description),
        ', ',
      ) ??
      '',
    reference: row.reference_number ?? '',
    currency: row.currency_code,
    total: row.total,
    totalWithoutTax: row.total_without_tax ?? row.sub_total ?? row.total,
    ...(taxId === undefined ? {} : { taxId }),
    ...(lines.length > 1 ? { lineCount: lines.length } : {}),
    billable: row.is_billable,
    ...(row.customer_id === undefined ? {} : { customerId: row.customer_id }),
    ...(row.customer_name === undefined ? {} : { customerName: row.customer_name }),
    ...(row.vendor_id === undefined ? {} : { vendorId: row.vendor_id }),
    ...(row.vendor_name === undefined ? {} : { vendorName: row.vendor_name }),
    ...(row.paid_through_account_name === undefined ? {} : { paidThrough: row.paid_through_account_name }),
    ...(row.invoice_id === undefined ? {} : { invoiceId: row.invoice_id }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  };
}

/** The distinct texts in their order; undefined where there is none. */
function joined(texts: readonly (string | undefined)[], by = ' + '): string | undefined {
  const distinct = [...new Set(texts)].filter((text) => text !== undefined);
  return distinct.length === 0 ? undefined : distinct.join(by);
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

/** The books name the file; its kind follows from the ending until the download tells it. */
function receiptNamed(fileName: string): Receipt {
  const ending = fileName.toLowerCase().split('.').at(-1) ?? '';
  return { fileName, contentType: CONTENT_TYPES[ending] ?? 'application/octet-stream' };
}
