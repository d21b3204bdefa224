import { z } from 'zod';
import type {
  BooksInvoice,
  BooksInvoiceLine,
  BooksInvoiceStatus,
} from '../../model/billing/books-invoice.ts';
import { decimal, plainText, toCents } from '../../model/billing/decimal.ts';
import { parseInstant } from '../../model/instant.ts';
import type { ListedInvoice, ListedRecord } from '../../ports/billing-source.ts';
import { Amount, BooksId, Currency, Day, Flag, Text } from './fields.ts';

/** What a listing tells, but for what changes by the passing of days. */
export const InvoiceRow = z.object({
  invoice_id: BooksId,
  invoice_number: Text,
  status: Text,
  date: Text,
  due_date: Text,
  customer_id: Text,
  customer_name: Text,
  currency_code: Text,
  reference_number: Text,
  total: Text,
  last_modified_time: Text,
});

/** What a listing shows to people. */
export function listedInvoice(row: z.infer<typeof InvoiceRow>): Omit<ListedInvoice, keyof ListedRecord> {
  return {
    status: statusOf(row.status ?? ''),
    date: row.date ?? '',
    ...(row.due_date === undefined ? {} : { dueDate: row.due_date }),
    customerId: row.customer_id ?? '',
    customerName: row.customer_name ?? '',
    currency: row.currency_code ?? '',
    reference: row.reference_number ?? '',
    total: row.total ?? '',
  };
}

const InvoiceLine = z.object({
  line_item_id: BooksId,
  name: Text,
  description: Text,
  quantity: Amount,
  rate: Amount,
  item_total: Amount,
  discount_amount: Amount.optional().catch(undefined),
  account_name: Text,
  tax_id: Text,
  project_id: Text,
  // The vendor's own example says ` ` for none.
  expense_id: Text.transform((id) => id?.trim() || undefined),
});
type InvoiceLine = z.infer<typeof InvoiceLine>;

export const InvoiceDetail = z.object({
  invoice_id: BooksId,
  invoice_number: z.string(),
  status: z.string(),
  customer_id: BooksId,
  customer_name: z.string(),
  date: Day,
  due_date: Day.optional().catch(undefined),
  currency_code: Currency,
  reference_number: Text,
  is_inclusive_tax: Flag,
  line_items: z.array(InvoiceLine),
  sub_total: Amount,
  tax_total: Amount.default('0'),
  total: Amount,
  project_id: Text,
  last_modified_time: Text,
});
type InvoiceDetail = z.infer<typeof InvoiceDetail>;

export function toBooksInvoice(row: InvoiceDetail): BooksInvoice {
  const lineAmounts = row.is_inclusive_tax ? 'inclusive' : 'exclusive';
  const modifiedAt = row.last_modified_time === undefined ? undefined : parseInstant(row.last_modified_time);
  return {
    id: row.invoice_id,
    number: row.invoice_number,
    status: statusOf(row.status),
    customerId: row.customer_id,
    customerName: row.customer_name,
    date: row.date,
    ...(row.due_date === undefined ? {} : { dueDate: row.due_date }),
    currency: row.currency_code,
    reference: row.reference_number ?? '',
    lineAmounts,
    lines: row.line_items.map((line) => toLine(line, lineAmounts, row.project_id)),
    subTotal: row.sub_total,
    totalTax: row.tax_total,
    total: row.total,
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  };
}

function toLine(
  line: InvoiceLine,
  lineAmounts: BooksInvoice['lineAmounts'],
  invoiceProjectId: string | undefined,
): BooksInvoiceLine {
  const booksProjectId = line.project_id ?? invoiceProjectId;
  return {
    id: line.line_item_id,
    description: [line.name, line.description].filter((text) => text !== undefined).join('\n'),
    quantity: line.quantity,
    unitAmount: line.rate,
    amount: lineAmounts === 'inclusive' ? withTax(line) : line.item_total,
    account: line.account_name ?? '',
    ...(line.tax_id === undefined ? {} : { taxId: line.tax_id }),
    ...(booksProjectId === undefined ? {} : { booksProjectId }),
    ...(line.expense_id === undefined ? {} : { expenseId: line.expense_id }),
  };
}

/** `item_total` is without tax even where prices are with it. */
function withTax({ rate, quantity, discount_amount = '0' }: InvoiceLine): string {
  return plainText(toCents(decimal(rate).times(quantity).minus(discount_amount)));
}

/** `sent`, `overdue`, `partially_paid`, `viewed`, `unpaid`: all of them are owed. */
function statusOf(text: string): BooksInvoiceStatus {
  const word = text.toLowerCase();
  if (word === 'paid') return 'paid';
  if (word === 'void' || word === 'voided') return 'void';
  return word === 'draft' || word === 'pending_approval' || word === 'approval_rejected' ? 'draft' : 'open';
}
