import { describe, expect, test } from '@jest/globals';
import { INVOICE_TEXTS } from '@stackbridge/shared-mappers/plan/billing/invoice-options.ts';
import { previewOf } from '@stackbridge/shared-mappers/plan/billing/invoice-preview.ts';
import { planMilestoneInvoice } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import { CHART } from '../../support/billing-chart.ts';
import {
  BillingWorld,
  expense,
  milestone,
  NOTHING_KNOWN,
  outcomes,
  PROJECT,
  timeLog,
  worldWith,
} from '../../support/billing-world.ts';

describe('a closed milestone', () => {
  test('becomes one invoice of its hours by task, its expenses and its agreed amount', () => {
    const world = new BillingWorld();
    world.put(
      milestone('m1', { fixedAmount: '1000' }),
      timeLog('l1', { minutes: 80 }),
      timeLog('l2', { minutes: 60, date: '2026-03-04' }),
      timeLog('l3', { minutes: 20, taskId: 't2', taskName: 'Review', personEmail: 'grace@example.test' }),
    );
    world.expenses.set('e1', expense('e1'));

    const [plan] = world.plan();

    const preview = plan?.write && previewOf(plan.write.document, CHART, 'City of Sydney');
    expect(preview).toEqual({
      title: 'Sales invoice',
      number: 'ZP-m1',
      status: 'draft',
      contact: 'City of Sydney',
      date: '2026-03-31',
      dueDate: '2026-04-14',
      currency: 'AUD',
      reference: 'Harbour Bridge - Phase m1',
      amountsAre: 'Amounts are without tax',
      lines: [
        {
          description: 'Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02 - 2026-03-04',
          quantity: '2.3333',
          unitAmount: '150.00',
          account: '200 Sales',
          tax: 'GST on Income 10 %',
          tracking: '',
          amount: '350.00',
        },
        {
          description: 'Harbour Bridge, Phase m1: Review Ada Lovelace 2026-03-02',
          quantity: '0.3333',
          unitAmount: '187.35',
          account: '200 Sales',
          tax: 'GST on Income 10 %',
          tracking: '',
          amount: '62.44',
        },
        {
          description: 'Harbour Bridge: Travel, Train 2026-03-05',
          quantity: '1',
          unitAmount: '110.00',
          account: '260 Reimbursed Expenses',
          tax: 'GST on Income 10 %',
          tracking: '',
          amount: '110.00',
        },
        {
          description: 'Harbour Bridge: Phase m1',
          quantity: '1',
          unitAmount: '1000.00',
          account: '200 Sales',
          tax: 'GST on Income 10 %',
          tracking: '',
          amount: '1000.00',
        },
      ],
      taxes: [{ tax: 'GST on Income 10 %', of: '1522.44', amount: '152.24' }],
      subTotal: '1522.44',
      totalTax: '152.24',
      total: '1674.68',
    });
  });

  test('bills only what is billable, approved and after the cut-over, and says why not', () => {
    const world = worldWith(
      timeLog('l1'),
      timeLog('l2', { billable: false }),
      timeLog('l3', { approval: 'pending' }),
      timeLog('l4', { approval: 'rejected' }),
      timeLog('l5', { date: '2025-12-31' }),
    );

    const [plan] = world.plan();

    expect(plan?.write?.document.lines.flatMap(({ sources }) => sources)).toEqual([
      { kind: 'time-log', id: 'l1', minutes: 60 },
    ]);
    expect(plan?.leftOut).toEqual([
      { kind: 'time-log', id: 'l5', because: 'before the cut-over of 2026-01-01' },
      { kind: 'time-log', id: 'l2', because: 'not billable' },
      { kind: 'time-log', id: 'l3', because: 'not approved yet' },
      { kind: 'time-log', id: 'l4', because: 'rejected' },
    ]);
  });

  test('is billed once, however often it is looked at', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.run();
    world.run();
    expect(world.accounts.writes).toBe(1);
  });

  test('with a line that says nothing is a draft to be completed, and no invoice to be approved', () => {
    const outcomeAs = (status: 'draft' | 'submitted'): readonly unknown[] => {
      const texts = { ...INVOICE_TEXTS, time: '{notes}' };
      const world = new BillingWorld({ status, texts });
      world.put(milestone('m1'), timeLog('l1'));
      return outcomes(world);
    };

    expect([outcomeAs('draft'), outcomeAs('submitted')]).toEqual([
      [{ outcome: 'create', number: 'ZP-m1', total: '165.00', codes: [] }],
      [{ outcome: 'parked', codes: ['FIELD_REQUIRED'] }],
    ]);
  });

  test('is not billed while it is open, nor with nothing due', () => {
    const world = new BillingWorld();
    world.put(milestone('m1', { closed: false }), timeLog('l1'), milestone('m2'));
    expect(outcomes(world)).toEqual([
      { outcome: 'excluded', codes: [] },
      { outcome: 'excluded', codes: [] },
    ]);
  });

  test('leaves alone what another recipe charges for', () => {
    const work = { project: PROJECT, milestone: milestone('m1'), logs: [timeLog('l1')], expenses: [] };
    const entry = {
      scope: 'org',
      purpose: 'charge',
      recipe: 'time-entries',
      subject: 'l1',
      source: { kind: 'time-log', id: 'l1', minutes: 60 },
      documentNumber: 'ZT-l1',
      line: 0,
      state: 'billed',
      at: 0,
    } as const;
    const state = { ...NOTHING_KNOWN, entries: [entry] };

    const plan = planMilestoneInvoice(work, { id: 'c' }, state, new BillingWorld().context);

    expect([plan.outcome, plan.leftOut]).toEqual([
      'excluded',
      [{ kind: 'time-log', id: 'l1', because: 'taken by the recipe time-entries' }],
    ]);
  });
});

describe('after a create that was not answered', () => {
  test('an invoice that landed is found by its number', () => {
    const world = worldWith(timeLog('l1'));
    world.run('landed-without-answer');
    const found = outcomes(world);
    world.run();
    expect([found, world.accounts.writes, world.accounts.numbers()]).toEqual([
      [{ outcome: 'leave', codes: [] }],
      1,
      ['ZP-m1'],
    ]);
  });

  test('one that did not is sent again under the same number', () => {
    const world = worldWith(timeLog('l1'));
    world.run('crash-before-send');
    expect(outcomes(world)).toEqual([{ outcome: 'create', number: 'ZP-m1', total: '165.00', codes: [] }]);
  });
});

describe('with the ledger lost', () => {
  test('an invoice that says what would be written is taken for ours', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    const after = new BillingWorld();
    after.put(milestone('m1'), timeLog('l1'));
    const held = world.accounts.documents();
    const work = { project: PROJECT, milestone: milestone('m1'), logs: [timeLog('l1')], expenses: [] };

    const plan = planMilestoneInvoice(work, { id: 'contact-1' }, { ...NOTHING_KNOWN, held }, after.context);

    expect([plan.outcome, plan.remember.length]).toEqual(['leave', 2]);
  });

  test('another one of our number is asked about', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    const held = world.accounts.documents();
    const logs = [timeLog('l1', { minutes: 61 })];
    const work = { project: PROJECT, milestone: milestone('m1'), logs, expenses: [] };

    const plan = planMilestoneInvoice(work, { id: 'contact-1' }, { ...NOTHING_KNOWN, held }, world.context);

    expect([plan.outcome, plan.proposals.map(({ code }) => code)]).toEqual(['propose', ['DOCUMENT_UNKNOWN']]);
  });
});
