import { Decimal } from 'decimal.js';
import type { InvoiceRecord } from './book-records.ts';
import type { Books } from './books.ts';
import { lineTaxJson, timeText } from './record-json.ts';
import { addUp, cents, type LineTotal, lineTotal } from './totals.ts';

/** An invoice in a listing: without its lines. */
export function invoiceRowJson(books: Books, invoice: InvoiceRecord): object {
  const customer = books.contact(invoice.customerId);
  const { total } = addUp(totalsOf(books, invoice));
  return {
    invoice_id: invoice.id,
    invoice_number: invoice.number,
    status: invoice.status,
    date: invoice.date,
    due_date: invoice.dueDate,
    customer_id: customer.id,
    customer_name: customer.name,
    reference_number: invoice.reference,
    currency_code: invoice.currency,
    total: total.toNumber(),
    balance: invoice.status === 'paid' || invoice.status === 'void' ? 0 : total.toNumber(),
    created_time: timeText(books, invoice.createdMs),
    last_modified_time: timeText(books, invoice.modifiedMs),
  };
}

export function invoiceJson(books: Books, invoice: InvoiceRecord): object {
  const lines = totalsOf(books, invoice);
  const { subTotal, tax } = addUp(lines);
  const { projectId } = invoice;
  return {
    ...invoiceRowJson(books, invoice),
    project_id: projectId ?? '',
    project_name: projectId === null ? '' : books.project(projectId).name,
    is_inclusive_tax: invoice.isInclusive,
    notes: invoice.notes,
    line_items: invoice.lines.map((line, index) => ({
      line_item_id: line.id,
      name: line.name,
      description: line.description,
      rate: Number(line.rate),
      quantity: Number(line.quantity),
      account_id: line.accountId,
      account_name: books.account(line.accountId).name,
      ...lineTaxJson(books, line.taxId),
      expense_id: line.expenseId ?? '',
      item_total: lines[index]?.net.toNumber() ?? 0,
      item_order: index + 1,
    })),
    sub_total: subTotal.toNumber(),
    tax_total: tax.toNumber(),
  };
}

function totalsOf(books: Books, { lines, isInclusive }: InvoiceRecord): LineTotal[] {
  return lines.map(({ rate, quantity, taxId }) =>
    lineTotal(books, cents(new Decimal(rate).times(quantity)), taxId, isInclusive),
  );
}
