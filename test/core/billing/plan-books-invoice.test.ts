import { describe, expect, test } from '@jest/globals';
import type {
  BooksInvoice,
  BooksInvoiceLine,
} from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import type { LedgerEntry } from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import type { BillingState } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
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

/** The expense waits in the accounts to be charged, by a link. */
const LINK: LedgerEntry = {
  scope: context.scope,
  recipe: 'expenses',
  purpose: 'charge',
  source: { kind: 'expense', id: 'e1', amount: '99.90' },
  subject: 'e1',
  documentNumber: 'ZE-e1',
  line: 0,
  state: 'billed',
  at: 0,
};

function planned(changes: Partial<BooksInvoice>, found: Partial<BillingState> = {}) {
  const state = { entries: [], memories: [], held: [], decisions: [], ...found };
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

  test('with its tax in the prices is refused where the tax would differ by a cent', () => {
    const inclusive = { lineAmounts: 'inclusive', total: '99.90' } as const;
    const codes = [planned({ ...inclusive, totalTax: '9.08' }), planned({ ...inclusive, totalTax: '9.09' })];
    expect(codes.map(({ issues }) => issues.map(({ message }) => message))).toEqual([
      [],
      ['INV-000012: the books say 9.09 of tax, Xero would reckon 9.08'],
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

describe('an expense on an invoice of the books', () => {
  const lines = [line('1', { expenseId: 'e1' })];

  test('is charged there: no other recipe may charge it as well', () => {
    const intended = planned({ lines }).write?.intended.map(({ purpose, source }) => [purpose, source]);
    expect(intended).toEqual([['charge', { kind: 'expense', id: 'e1', amount: '99.90' }]]);
  });

  test('on two of its lines stands in the ledger once, and no amount is lost', () => {
    const plan = planned({ lines: [...lines, line('2', { expenseId: 'e1' })], total: '219.78' });
    expect(plan.write?.intended.map(({ source }) => source)).toEqual([
      { kind: 'expense', id: 'e1', amount: '99.90' },
      { kind: 'books-line', id: 'b1/2', amount: '99.90' },
    ]);
  });

  test.each<[string, Partial<LedgerEntry>]>([
    ['waits in the accounts to be charged', {}],
    ['is about to be linked', { state: 'intended' }],
    ['is on an invoice of a milestone', { recipe: 'milestones', subject: 'm1', documentNumber: 'ZP-m1' }],
    [
      'is on another invoice of the books',
      { recipe: context.recipe, subject: 'b0', documentNumber: 'INV-1' },
    ],
  ])('keeps it from being sent where the expense %s', (_, changes) => {
    const entry = { ...LINK, ...changes };
    const { outcome, write, proposals, remember } = planned({ lines }, { entries: [entry] });

    expect({ outcome, write, remember }).toEqual({ outcome: 'propose', write: undefined, remember: [] });
    expect(
      proposals.map(({ documentNumber, code, message, answers }) => [documentNumber, code, message, answers]),
    ).toEqual([
      [
        'INV-000012',
        'EXPENSE_CHARGED',
        `INV-000012: it charges what is charged to the customer already (1 amount besides time), on ${entry.documentNumber} by ${entry.recipe}`,
        ['free'],
      ],
    ]);
  });

  test('may be sent where the expense was only booked as a cost, or freed', () => {
    const entries: LedgerEntry[] = [
      { ...LINK, purpose: 'cost' },
      { ...LINK, state: 'freed' },
    ];
    expect(planned({ lines }, { entries }).outcome).toBe('create');
  });

  test('is charged there once a person says that the other charge is gone, which the ledger then frees', () => {
    const asked = planned({ lines }, { entries: [LINK] }).proposals[0];
    const decision = { documentNumber: 'INV-000012', answer: 'free' } as const;
    const answered = planned(
      { lines },
      { entries: [LINK], decisions: [{ ...decision, of: asked?.key ?? '' }] },
    );
    const stale = planned(
      { lines },
      { entries: [LINK], decisions: [{ ...decision, of: 'of something else' }] },
    );

    expect([answered.outcome, answered.decided, answered.remember]).toEqual([
      'create',
      ['INV-000012'],
      [
        {
          kind: 'forget',
          key: {
            scope: LINK.scope,
            purpose: 'charge',
            source: { kind: 'expense', id: 'e1' },
            documentNumber: 'ZE-e1',
            state: 'billed',
          },
        },
        { kind: 'entry', entry: { ...LINK, state: 'freed' } },
      ],
    ]);
    expect([stale.outcome, stale.decided]).toEqual(['propose', ['INV-000012']]);
  });
});
