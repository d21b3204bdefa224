import { describe, expect, test } from '@jest/globals';
import type { Expense } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { isForRebilling } from '@stackbridge/shared-mappers/plan/billing/follow-ups.ts';
import { confirmationOf } from '@stackbridge/shared-mappers/plan/billing/ledger-changes.ts';
import { type ExpenseContext, planExpense } from '@stackbridge/shared-mappers/plan/billing/plan-expense.ts';
import { ACCOUNT_MAP } from '../../support/billing-chart.ts';
import { MemoryLedger } from '../../support/billing-ledger.ts';
import { BillingWorld, expense } from '../../support/billing-world.ts';
import { asHeld } from '../../support/simulated-accounts.ts';

const context: ExpenseContext = {
  ...new BillingWorld().context,
  recipe: 'expenses',
  map: { ...ACCOUNT_MAP, paidThrough: { 'Company Card': 'account-card' } },
  options: {
    as: 'paid-through',
    status: 'draft',
    due: { days: 30 },
    numberPrefix: 'ZE',
    text: '{category}: {description} ({reference}) {customer}',
  },
};
const NOTHING_KNOWN = { entries: [], memories: [], held: [], decisions: [] };

function documentOf(changes: Partial<Expense>) {
  const plan = planExpense(expense('e1', changes), { id: 'supplier' }, NOTHING_KNOWN, context);
  return plan.write?.document;
}

describe('an expense', () => {
  test('still owed becomes a bill with its tax in it', () => {
    expect(documentOf({ taxId: 'gst' })).toEqual({
      kind: 'bill',
      number: 'ZE-e1',
      contactId: 'supplier',
      date: '2026-03-05',
      dueDate: '2026-04-04',
      currency: 'AUD',
      lineAmounts: 'inclusive',
      status: 'draft',
      reference: 'R-e1',
      lines: [
        {
          description: 'Travel: Train (R-e1)',
          quantity: '1',
          unitAmount: '110',
          accountCode: '493',
          taxType: 'INPUT',
          tracking: [],
          amount: '110.00',
          taxAmount: '10.00',
          sources: [{ kind: 'expense', id: 'e1', amount: '110.00' }],
        },
      ],
      subTotal: '100.00',
      totalTax: '10.00',
      total: '110.00',
    });
  });

  test('paid by the company card becomes spend money from that account', () => {
    const document = documentOf({ paidThrough: 'Company Card' });
    expect([document?.kind, document?.bankAccountId, document?.status, document?.dueDate]).toEqual([
      'spend-money',
      'account-card',
      'authorised',
      undefined,
    ]);
  });

  test('claims no more tax than its receipt says, and less where the map says so', () => {
    const codes = (total: string, totalWithoutTax: string, changes: Partial<Expense> = {}) =>
      planExpense(
        expense('e1', { taxId: 'gst', total, totalWithoutTax, ...changes }),
        { id: 's' },
        NOTHING_KNOWN,
        context,
      ).issues.map(({ code, message }) => `${code} ${message}`);
    const faulty = 'TOTAL_DIFFERS ZE-e1: the books say 5.24 of tax, Xero would reckon 10.00';

    expect(codes('110.00', '104.76')).toEqual([faulty]);
    expect(codes('110.00', '91.67')).toEqual([]);
    // The tax of two lines, each rounded.
    expect(codes('110.00', '100.01', { lineCount: 2 })).toEqual([]);
    expect(codes('110.00', '100.01')).toHaveLength(1);
  });

  test('with a tax that is not mapped waits', () => {
    const plan = planExpense(expense('e1', { taxId: 'vat' }), { id: 's' }, NOTHING_KNOWN, context);
    expect([plan.outcome, plan.issues.map(({ code }) => code)]).toEqual(['parked', ['ACCOUNT_UNMAPPED']]);
  });

  test('is booked once, and what is edited on a paid bill is proposed', () => {
    const ledger = new MemoryLedger();
    const first = planExpense(expense('e1'), { id: 's' }, NOTHING_KNOWN, context);
    const document = first.write?.document;
    if (first.write === undefined || document === undefined) throw new Error('nothing is written');
    const held = asHeld(document, 'bill-1');
    ledger.commit([...first.write.intent, ...confirmationOf(first.write, held, context)]);
    const state = (status: 'draft' | 'paid') => ({
      entries: ledger.entries(),
      memories: ledger.memories('e1'),
      held: [{ ...held, status }],
      decisions: [],
    });

    const again = planExpense(expense('e1'), { id: 's' }, state('draft'), context);
    const edited = expense('e1', { total: '120.00' });
    const outcomes = (['draft', 'paid'] as const).map(
      (status) => planExpense(edited, { id: 's' }, state(status), context).outcome,
    );

    expect([again.outcome, ...outcomes]).toEqual(['leave', 'update', 'propose']);
  });

  test('is linked for rebilling unless an invoice charges it already', () => {
    const entry = {
      scope: 'org',
      recipe: 'invoices',
      purpose: 'charge',
      subject: 'm1',
      source: { kind: 'expense', id: 'e1', amount: '100.00' },
      documentNumber: 'ZP-m1',
      line: 0,
      state: 'billed',
      at: 0,
    } as const;
    expect([
      isForRebilling(expense('e1'), [], context),
      isForRebilling(expense('e1', { billable: false }), [], context),
      isForRebilling(expense('e1', { invoiceId: 'i1' }), [], context),
      isForRebilling(expense('e1'), [entry], context),
      isForRebilling(expense('e1'), [{ ...entry, state: 'freed' }], context),
    ]).toEqual([true, false, false, false, true]);
  });
});

test('an expense that another recipe linked for rebilling is not on the milestone’s invoice', () => {
  const world = new BillingWorld();
  world.milestones.set('m1', {
    id: 'm1',
    projectId: '4000000000000000001',
    name: 'One',
    closed: true,
    closedOn: '2026-03-31',
  });
  world.expenses.set('e1', expense('e1'));
  world.ledger.commit([
    {
      kind: 'entry',
      entry: {
        scope: 'org',
        recipe: 'expenses',
        purpose: 'charge',
        subject: 'e1',
        source: { kind: 'expense', id: 'e1', amount: '110.00' },
        documentNumber: 'ZE-e1',
        line: 0,
        state: 'billed',
        at: 0,
      },
    },
  ]);
  expect(world.plan().map(({ outcome, leftOut }) => [outcome, leftOut])).toEqual([
    ['excluded', [{ kind: 'expense', id: 'e1', because: 'taken by the recipe expenses' }]],
  ]);
});
