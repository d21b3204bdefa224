import type {
  BooksInvoice,
  BooksInvoiceLine,
} from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import type { ListedInvoice } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { PlainOutputField } from 'zapier-platform-core';

/** An invoice of the books as a Zap sees it in their listing. Amounts are decimal text: a number would lose cents. */
export interface InvoiceItem {
  readonly invoiceId: string;
  readonly number: string;
  readonly status: BooksInvoice['status'];
  readonly customerId: string;
  readonly customer: string;
  readonly date: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly reference: string;
  readonly total: string;
}

export function invoiceItem({
  id,
  customerName,
  dueDate = '',
  modifiedAt: _at,
  says: _says,
  ...shown
}: ListedInvoice): InvoiceItem {
  return { invoiceId: id, ...shown, customer: customerName, dueDate };
}

/** What only the invoice itself says. */
export interface InvoiceDetails extends Pick<BooksInvoice, 'lineAmounts' | 'subTotal' | 'totalTax'> {
  readonly lines: readonly Omit<BooksInvoiceLine, 'taxId' | 'booksProjectId' | 'expenseId'>[];
}

export function invoiceDetails({ lineAmounts, subTotal, totalTax, lines }: BooksInvoice): InvoiceDetails {
  return {
    lineAmounts,
    subTotal,
    totalTax,
    lines: lines.map(({ id, description, quantity, unitAmount, amount, account }) => ({
      id,
      description,
      quantity,
      unitAmount,
      amount,
      account,
    })),
  };
}

export const INVOICE_SAMPLE: InvoiceItem & InvoiceDetails & Record<string, unknown> = {
  invoiceId: '4600000055555',
  number: 'INV-000012',
  status: 'open',
  customerId: '4600000000333',
  customer: 'Analytical Engines Ltd',
  date: '2026-11-02',
  dueDate: '2026-12-02',
  currency: 'GBP',
  reference: 'PO-1843',
  total: '1440.00',
  lineAmounts: 'exclusive',
  subTotal: '1200.00',
  totalTax: '240.00',
  lines: [
    {
      id: '1',
      description: 'Consulting',
      quantity: '12',
      unitAmount: '100',
      amount: '1200.00',
      account: 'Sales',
    },
  ],
};

export const INVOICE_OUTPUT: PlainOutputField[] = [
  { key: 'invoiceId', label: 'Invoice ID' },
  { key: 'number', label: 'Number' },
  { key: 'status', label: 'Status' },
  { key: 'customerId', label: 'Customer ID' },
  { key: 'customer', label: 'Customer' },
  { key: 'date', label: 'Date' },
  { key: 'dueDate', label: 'Due Date' },
  { key: 'currency', label: 'Currency' },
  { key: 'reference', label: 'Reference' },
  { key: 'total', label: 'Total' },
  { key: 'lineAmounts', label: 'Amounts Are With or Without Tax' },
  { key: 'subTotal', label: 'Total Without Tax' },
  { key: 'totalTax', label: 'Tax' },
  {
    key: 'lines',
    label: 'Lines',
    children: [
      { key: 'description', label: 'Description' },
      { key: 'quantity', label: 'Quantity' },
      { key: 'unitAmount', label: 'Unit Amount' },
      { key: 'amount', label: 'Amount' },
      { key: 'account', label: 'Account' },
    ],
  },
  { key: 'invoice', label: 'Invoice for Billing Steps' },
];
