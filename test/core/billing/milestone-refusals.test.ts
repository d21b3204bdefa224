import { describe, expect, test } from '@jest/globals';
import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { ChartOfAccounts } from '@stackbridge/shared-mappers/model/billing/chart.ts';
import type { Project } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { planMilestoneInvoice } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import { ACCOUNT_MAP, CHART } from '../../support/billing-chart.ts';
import {
  BillingWorld,
  expense,
  milestone,
  NOTHING_KNOWN,
  outcomes,
  PROJECT,
  timeLog,
} from '../../support/billing-world.ts';

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
