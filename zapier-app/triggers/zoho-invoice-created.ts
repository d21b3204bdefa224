import type { BooksInvoice } from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { zohoBooks } from '../connection/zoho.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { BOOKS_LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { allOf } from '../records/all-of.ts';
import { sinceOf } from '../records/since.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, lookBack });

export const zohoInvoiceCreated = defineTrigger({
  key: 'zoho_invoice_created',
  noun: 'Zoho Invoice',
  display: {
    label: 'Invoice Created in Zoho Books',
    description:
      'Triggers when an invoice is created in Zoho Books; an older one triggers once, when it first changes.',
  },
  operation: {
    type: 'polling',
    inputFields: [BOOKS_ORGANISATION_FIELD, BOOKS_LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { booksOrganisation, lookBack } = readInput(input, step.input);
      const books = zohoBooks(step, booksOrganisation);
      const invoices = await allOf(books.invoices(sinceOf(step, lookBack)));
      return invoices.toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0)).map(invoiceItem);
    }),
    sample: {
      id: '4600000055555',
      number: 'INV-000012',
      status: 'open',
      customerId: '4600000000333',
      customer: 'Analytical Engines Ltd',
      date: '2026-11-02',
      dueDate: '2026-12-02',
      currency: 'GBP',
      reference: 'PO-1843',
      lineAmounts: 'exclusive',
      subTotal: '1200.00',
      totalTax: '240.00',
      total: '1440.00',
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
    },
    outputFields: [
      { key: 'id', label: 'Invoice ID' },
      { key: 'number', label: 'Number' },
      { key: 'status', label: 'Status' },
      { key: 'customerId', label: 'Customer ID' },
      { key: 'customer', label: 'Customer' },
      { key: 'date', label: 'Date' },
      { key: 'dueDate', label: 'Due Date' },
      { key: 'currency', label: 'Currency' },
      { key: 'reference', label: 'Reference' },
      { key: 'lineAmounts', label: 'Amounts Are With or Without Tax' },
      { key: 'subTotal', label: 'Total Without Tax' },
      { key: 'totalTax', label: 'Tax' },
      { key: 'total', label: 'Total' },
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
    ],
  },
});

function invoiceItem({ customerName, dueDate = '', modifiedAt: _, lines, ...rest }: BooksInvoice) {
  return {
    ...rest,
    customer: customerName,
    dueDate,
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
