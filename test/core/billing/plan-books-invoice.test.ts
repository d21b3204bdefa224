import { describe, expect, test } from '@jest/globals';
import type {
  BooksInvoice,
  BooksInvoiceLine,
} from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import { planBooksInvoice } from '@stackbridge/shared-mappers/plan/billing/plan-books-invoice.ts';
import { ACCOUNT_MAP } from '../../support/billing-chart.ts';
import { BillingWorld } from '../../support/billing-world.ts';

const context = {
  ...new BillingWorld().context,
  recipe: 'books-invoices',
  map: { ...ACCOUNT_MAP, sales: { Sales: { account: '200' } } },
  options: { status: 'authorised', due: { days: 14 }, correction: 'Correction: ' } as const,
};

function line(id: string, changes: Partial<BooksInvoiceLine> = {}): BooksInvoiceLine {
  return {
    id,
    description: 'Hosting',
    quantity: '2',
    unitAmount: '49.95',
    amount: '99.90',
    account: 'Sales',
    taxId: 'gst',
    ...changes,
  };
}

const INVOICE: BooksInvoice = {
  id: 'b1',
  number: 'INV-000012',
  status: 'open',
  customerId: 'c1',
  customerName: 'City of Sydney',
  date: '2026-03-05',
  currency: 'AUD',
  reference: 'PO 7',
  lineAmounts: 'exclusive',
  lines: [line('1')],
  subTotal: '99.90',
  totalTax: '9.99',
  total: '109.89',
};

function planned(changes: Partial<BooksInvoice>) {
  const state = { entries: [], memories: [], held: [], decisions: [] };
  return planBooksInvoice({ ...INVOICE, ...changes }, { id: 'contact' }, state, context);
}

describe('an invoice of the books', () => {
  test('becomes the same invoice under its own number', () => {
    expect(planned({}).write?.document).toEqual({
      kind: 'sales-invoice',
      number: 'INV-000012',
      contactId: 'contact',
      date: '2026-03-05',
      dueDate: '2026-03-19',
      currency: 'AUD',
      lineAmounts: 'exclusive',
      status: 'authorised',
      reference: 'PO 7',
      lines: [
        {
          description: 'Hosting',
          quantity: '2',
          unitAmount: '49.95',
          accountCode: '200',
          taxType: 'OUTPUT',
          tracking: [],
          amount: '99.90',
          taxAmount: '9.99',
          sources: [{ kind: 'books-line', id: 'b1/1', amount: '99.90' }],
        },
      ],
      subTotal: '99.90',
      totalTax: '9.99',
      total: '109.89',
    });
  });

  test('whose total would differ by a cent is refused', () => {
    const plan = planned({ total: '109.90' });
    expect([plan.outcome, plan.issues.map(({ code, message }) => [code, message])]).toEqual([
      'parked',
      [['TOTAL_DIFFERS', 'INV-000012: the books say 109.90, Xero would reckon 109.89']],
    ]);
  });

  test('keeps the amounts of lines with a discount', () => {
    const lines = [
      line('1', { quantity: '2', unitAmount: '50', amount: '90.00' }),
      line('2', { quantity: '3', unitAmount: '50', amount: '100.01' }),
      line('3', { quantity: '10000', unitAmount: '50', amount: '100.01' }),
    ];
    const plan = planned({ lines, total: '319.02' });
    expect(plan.issues).toEqual([]);
    expect(
      plan.write?.document.lines.map(({ quantity, unitAmount, amount }) => [quantity, unitAmount, amount]),
    ).toEqual([
      ['2', '45', '90.00'],
      ['3', '33.3367', '100.01'],
      ['1', '100.01', '100.01'],
    ]);
  });

  test('is left while it is a draft, and when it is void', () => {
    const outcomes = (['draft', 'void'] as const).map((status) => planned({ status }).outcome);
    expect(outcomes).toEqual(['excluded', 'excluded']);
  });
});
