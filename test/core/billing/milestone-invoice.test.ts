import { describe, expect, test } from '@jest/globals';
import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { ChartOfAccounts } from '@stackbridge/shared-mappers/model/billing/chart.ts';
import type { Project } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { INVOICE_TEXTS } from '@stackbridge/shared-mappers/plan/billing/invoice-options.ts';
import { previewOf } from '@stackbridge/shared-mappers/plan/billing/invoice-preview.ts';
import { planMilestoneInvoice } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import { ACCOUNT_MAP, CHART } from '../../support/billing-chart.ts';
import { BillingWorld, expense, milestone, PROJECT, timeLog } from '../../support/billing-world.ts';

const NOTHING_KNOWN = { entries: [], memories: [], held: [], decisions: [] };

function worldWith(...logs: readonly ReturnType<typeof timeLog>[]): BillingWorld {
  const world = new BillingWorld();
  world.put(milestone('m1'), ...logs);
  return world;
}

function outcomes(world: BillingWorld): unknown[] {
  return world.plan().map(({ outcome, write, proposals, issues }) => ({
    outcome,
    ...(write === undefined ? {} : { number: write.document.number, total: write.document.total }),
    codes: [...proposals, ...issues].map(({ code }) => code),
  }));
}

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

describe('hours edited after invoicing', () => {
  test('go onto the draft', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.put(timeLog('l1', { minutes: 90 }), timeLog('l2'));
    expect(outcomes(world)).toEqual([{ outcome: 'update', number: 'ZP-m1', total: '412.50', codes: [] }]);
  });

  test('are proposed beside an authorised invoice, and billed on the next once a person lets them', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.accounts.act('ZP-m1', 'authorise');
    world.put(timeLog('l1', { minutes: 90 }));

    const [before] = world.plan();
    world.decide({ documentNumber: 'ZP-m1', answer: 'next-invoice' });
    const after = outcomes(world);

    expect(before?.proposals).toEqual([
      {
        documentNumber: 'ZP-m1',
        code: 'DOCUMENT_CLOSED',
        message: 'ZP-m1 (authorised): the work has changed since it was authorised (0:30 more)',
        key: expect.any(String),
        difference: [{ kind: 'time-log', id: 'l1', minutes: 30 }],
        answers: ['next-invoice', 'settled'],
      },
    ]);
    expect(after).toEqual([{ outcome: 'create', number: 'ZP-m1-2', total: '82.50', codes: [] }]);
  });

  test('are proposed beside a draft that a person changed', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.accounts.act('ZP-m1', 'edit');
    const untouched = outcomes(world);
    world.put(timeLog('l2'));
    expect([untouched, outcomes(world)]).toEqual([
      [{ outcome: 'leave', codes: [] }],
      [{ outcome: 'propose', codes: ['DOCUMENT_CHANGED_BY_PERSON'] }],
    ]);
  });

  test('and fewer than billed are taken back at the price they were billed at', () => {
    const world = worldWith(timeLog('l1', { minutes: 120 }));
    world.run();
    world.accounts.act('ZP-m1', 'authorise');
    world.put(timeLog('l1', { minutes: 90, personEmail: 'grace@example.test' }), timeLog('l2'));
    world.decide({ documentNumber: 'ZP-m1', answer: 'next-invoice' });

    const [plan] = world.plan();

    expect(
      plan?.write?.document.lines.map(({ description, quantity, unitAmount, amount }) => [
        description,
        quantity,
        unitAmount,
        amount,
      ]),
    ).toEqual([
      ['Correction: Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02', '-0.5', '150', '-75.00'],
      ['Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02', '1', '150', '150.00'],
    ]);
  });

  test('to less than was billed in all are no invoice: a credit note by hand settles them', () => {
    const world = worldWith(timeLog('l1', { minutes: 120 }));
    world.run();
    world.accounts.act('ZP-m1', 'authorise');
    world.put(timeLog('l1', { minutes: 30 }));
    world.decide({ documentNumber: 'ZP-m1', answer: 'next-invoice' });
    const refused = outcomes(world);
    world.decide({ documentNumber: 'ZP-m1', answer: 'settled' });
    world.run();
    expect([refused, outcomes(world)]).toEqual([
      [{ outcome: 'parked', codes: ['DOCUMENT_CLOSED', 'DOCUMENT_NEGATIVE'] }],
      [{ outcome: 'leave', codes: [] }],
    ]);
  });
});

test('a difference that grew since a person settled it is asked about anew', () => {
  const world = worldWith(timeLog('l1', { minutes: 120 }));
  world.run();
  world.accounts.act('ZP-m1', 'authorise');
  world.put(timeLog('l1', { minutes: 90 }));
  const [seen] = world.plan();
  const of = seen?.proposals[0]?.key ?? '';
  world.decide({ documentNumber: 'ZP-m1', answer: 'settled', of });
  const asSeen = outcomes(world);
  world.put(timeLog('l2'));
  expect([asSeen, outcomes(world)]).toEqual([
    [{ outcome: 'leave', codes: [] }],
    [{ outcome: 'propose', codes: ['DOCUMENT_CLOSED'] }],
  ]);
});

test('a log rejected after invoicing leaves the draft, and is proposed beside an authorised invoice', () => {
  const world = worldWith(timeLog('l1'), timeLog('l2'));
  world.run();
  world.put(timeLog('l2', { approval: 'rejected' }));
  const draft = outcomes(world);
  world.run();
  world.accounts.act('ZP-m1', 'authorise');
  world.put(timeLog('l1', { approval: 'rejected' }));
  expect([draft, outcomes(world)]).toEqual([
    [{ outcome: 'update', number: 'ZP-m1', total: '165.00', codes: [] }],
    [{ outcome: 'propose', codes: ['DOCUMENT_CLOSED'] }],
  ]);
});

test('a log moved to another milestone stays billed where it is', () => {
  const world = worldWith(timeLog('l1'), timeLog('l2', { milestoneId: 'm2' }));
  world.put(milestone('m2'));
  world.run();
  world.put(timeLog('l1', { milestoneId: 'm2' }));
  expect(outcomes(world)).toEqual([
    { outcome: 'leave', codes: [] },
    { outcome: 'leave', codes: [] },
  ]);
});

test('a voided invoice frees its lines when a person says so, under the next number', () => {
  const world = worldWith(timeLog('l1'));
  world.run();
  world.accounts.act('ZP-m1', 'authorise');
  world.accounts.act('ZP-m1', 'void');
  const asked = outcomes(world);
  world.decide({ documentNumber: 'ZP-m1', answer: 'free' });
  expect([asked, outcomes(world)]).toEqual([
    [{ outcome: 'propose', codes: ['DOCUMENT_VOIDED'] }],
    [{ outcome: 'create', number: 'ZP-m1-2', total: '165.00', codes: [] }],
  ]);
});

test('a draft of which nothing is due any more is a person’s to delete', () => {
  const world = worldWith(timeLog('l1'));
  world.run();
  world.logs.delete('l1');
  expect(outcomes(world)).toEqual([{ outcome: 'propose', codes: ['DOCUMENT_EMPTY'] }]);
});

describe('an untouched draft', () => {
  test('dated on the day of its run keeps that day', () => {
    const world = new BillingWorld({ dated: 'run' });
    world.put(milestone('m1'), timeLog('l1'));
    world.run();
    world.today = '2026-04-20';
    expect(outcomes(world)).toEqual([{ outcome: 'leave', codes: [] }]);
  });

  test('of a milestone that is opened again keeps its day, and what is logged since comes onto it', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.put({ id: 'm1', projectId: PROJECT.id, name: 'Phase m1', closed: false });
    const reopened = outcomes(world);
    world.put(timeLog('l2'));
    expect([reopened, outcomes(world)]).toEqual([
      [{ outcome: 'leave', codes: [] }],
      [{ outcome: 'update', number: 'ZP-m1', total: '330.00', codes: [] }],
    ]);
  });

  test('may stay in a period that is locked since, and is told of once it would have to change', () => {
    const world = worldWith(timeLog('l1'));
    world.run();
    world.chart = { ...CHART, organisation: { ...CHART.organisation, periodLockDate: '2026-03-31' } };
    const locked = outcomes(world);
    world.put(timeLog('l2'));
    expect([locked, outcomes(world)]).toEqual([
      [{ outcome: 'leave', codes: [] }],
      [{ outcome: 'parked', codes: ['PERIOD_LOCKED'] }],
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

describe('refused before anything is sent', () => {
  interface Changes {
    readonly map?: AccountMap;
    readonly chart?: ChartOfAccounts;
    readonly project?: Project;
    readonly closedOn?: string;
    readonly expenses?: readonly ReturnType<typeof expense>[];
  }

  function codes({ map = ACCOUNT_MAP, chart = CHART, project = PROJECT, closedOn, expenses = [] }: Changes) {
    const { context } = new BillingWorld();
    const one = milestone('m1', closedOn === undefined ? {} : { closedOn });
    const work = { project, milestone: one, logs: [timeLog('l1')], expenses };
    const plan = planMilestoneInvoice(work, { id: 'c' }, NOTHING_KNOWN, { ...context, map, chart });
    return plan.issues.map(({ code }) => code);
  }

  function accountsWith(
    code: string,
    changes: Partial<ChartOfAccounts['accounts'][number]>,
  ): ChartOfAccounts {
    const accounts = CHART.accounts.map((account) =>
      account.code === code ? { ...account, ...changes } : account,
    );
    return { ...CHART, accounts };
  }

  test.each<readonly [string, Changes, readonly string[]]>([
    ['a locked period', { closedOn: '2025-12-31' }, ['PERIOD_LOCKED']],
    ['an archived account', { chart: accountsWith('200', { active: false }) }, ['ACCOUNT_UNUSABLE']],
    ['a bank account', { map: { ...ACCOUNT_MAP, time: { account: '090' } } }, ['ACCOUNT_UNUSABLE']],
    [
      'a tax for purchases',
      { map: { ...ACCOUNT_MAP, time: { account: '200', tax: 'INPUT' } } },
      ['TAX_NOT_ALLOWED'],
    ],
    ['a currency not used', { project: { ...PROJECT, currency: 'CHF' } }, ['CURRENCY_NOT_SUBSCRIBED']],
    ['hours without a rate', { map: { ...ACCOUNT_MAP, rates: [] } }, ['RATE_MISSING']],
    [
      'a category that is not mapped',
      { project: { ...PROJECT, category: 'Legal' }, map: { ...ACCOUNT_MAP, categories: {} } },
      ['ACCOUNT_UNMAPPED'],
    ],
    [
      'an expense in another currency',
      { expenses: [expense('e1', { currency: 'EUR' })] },
      ['CURRENCY_DIFFERS'],
    ],
    [
      'an expense that is not mapped',
      { expenses: [expense('e1', { category: 'Gifts' })] },
      ['ACCOUNT_UNMAPPED'],
    ],
    [
      'a tracking option that is not there',
      { map: { ...ACCOUNT_MAP, time: { account: '200', tracking: { Region: 'West' } } } },
      ['TRACKING_UNKNOWN'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });
});

describe('a milestone that does not say whether it is closed', () => {
  const unclear = { closed: false, closedFault: 'nobody says whether it is closed' };

  test('is parked with its draft as it is, and the others flow', () => {
    const world = new BillingWorld();
    world.put(milestone('m1'), milestone('m2'), timeLog('l1'), timeLog('l2', { milestoneId: 'm2' }));
    world.run();
    world.put(milestone('m1', unclear), timeLog('l1', { minutes: 90 }));
    world.put(timeLog('l2', { milestoneId: 'm2', minutes: 90 }));

    const plans = outcomes(world);

    expect(plans).toEqual([
      { outcome: 'parked', codes: ['VALUE_INVALID'] },
      { outcome: 'update', number: 'ZP-m2', total: '247.50', codes: [] },
    ]);
  });

  test('keeps the expenses of its project waiting: it may be the one that closed first', () => {
    const world = new BillingWorld();
    world.put(milestone('m1', unclear), milestone('m2', { closedOn: '2026-04-30' }));
    world.expenses.set('e1', expense('e1'));
    const before = outcomes(world);
    world.put(milestone('m1'));

    const after = outcomes(world);

    expect(before).toMatchObject([{ outcome: 'parked' }, { outcome: 'excluded' }]);
    expect(after).toMatchObject([{ outcome: 'create', number: 'ZP-m1' }, { outcome: 'excluded' }]);
  });
});

describe('an agreed amount that cannot be read', () => {
  const amountFault = 'its cf_agreed is no amount';

  test('parks its milestone and leaves the draft as it is, whatever became of the hours', () => {
    const world = new BillingWorld();
    world.put(milestone('m1'), milestone('m2'), timeLog('l1'), timeLog('l2', { milestoneId: 'm2' }));
    world.run();
    world.put(milestone('m1', { amountFault }), timeLog('l1', { minutes: 90 }));
    world.put(timeLog('l2', { milestoneId: 'm2', minutes: 90 }));

    const plans = outcomes(world);

    expect(plans).toEqual([
      { outcome: 'parked', codes: ['VALUE_INVALID'] },
      { outcome: 'update', number: 'ZP-m2', total: '247.50', codes: [] },
    ]);
  });

  test('is no concern while the milestone is open, or where amounts are ignored', () => {
    const open = new BillingWorld();
    open.put(milestone('m1', { closed: false, amountFault }), timeLog('l1'));
    const ignoring = new BillingWorld({ bill: { time: true, expenses: true, fixed: 'ignore' } });
    ignoring.put(milestone('m1', { amountFault }), timeLog('l1'));

    const told = [open, ignoring].flatMap((world) => world.plan()).map(({ outcome }) => outcome);

    expect(told).toEqual(['excluded', 'create']);
  });
});
