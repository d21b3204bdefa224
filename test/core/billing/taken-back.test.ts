import { describe, expect, test } from '@jest/globals';
import { BillingWorld, expense, milestone, timeLog } from '../../support/billing-world.ts';

const GRACE = { personEmail: 'grace@example.test', personName: 'Grace Hopper' };

/** An authorised invoice of one hour of Ada's, and of an expense of 100.00 with 10 % on top. */
function billed(): BillingWorld {
  const world = new BillingWorld();
  world.put(milestone('m1'), timeLog('l1'));
  world.expenses.set('e1', expense('e1'));
  world.run();
  world.accounts.act('ZP-m1', 'authorise');
  return world;
}

/** A person says of what has changed since that it was seen to in the accounts. */
function settle(world: BillingWorld): void {
  world.decide({ documentNumber: 'ZP-m1', answer: 'settled' });
  world.run();
}

/** The lines of the next invoice, which a person asks for. */
function nextLines(world: BillingWorld): string[] {
  world.decide({ documentNumber: 'ZP-m1', answer: 'next-invoice' });
  const [plan] = world.plan();
  const lines = plan?.write?.document.lines ?? [];
  return lines.map(({ description, amount, accountCode }) => `${accountCode} ${description} ${amount}`);
}

describe('an expense', () => {
  test('is taken back at the mark-up that it was billed at', () => {
    const world = billed();
    world.options = { ...world.options, markUp: '25' };
    world.expenses.set('e1', expense('e1', { totalWithoutTax: '59.90' }));
    world.put(timeLog('l2'));

    expect(nextLines(world)).toEqual([
      '200 Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02 150.00',
      '260 Correction: Harbour Bridge: Travel, Train 2026-03-05 -44.11',
    ]);
  });

  test('settled in part by hand is taken back at the mark-up of today: its line says more than it bills', () => {
    const world = billed();
    world.expenses.set('e1', expense('e1', { totalWithoutTax: '50.00' }));
    settle(world);
    world.expenses.set('e1', expense('e1', { totalWithoutTax: '40.00' }));
    world.put(timeLog('l2'));

    expect(nextLines(world)).toEqual([
      '200 Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02 150.00',
      '260 Correction: Harbour Bridge: Travel, Train 2026-03-05 -11.00',
    ]);
  });
});

describe('what a person settled by hand, and stands on no line of ours,', () => {
  test('is taken back at its own price and to its own account', () => {
    const world = billed();
    world.put(timeLog('l2', { ...GRACE, minutes: 120 }));
    world.expenses.set('e2', expense('e2'));
    settle(world);
    world.put(timeLog('l2', { ...GRACE, minutes: 60 }), timeLog('l3', { minutes: 240 }));
    world.expenses.set('e2', expense('e2', { totalWithoutTax: '90.00' }));

    expect(nextLines(world)).toEqual([
      '200 Correction: Harbour Bridge, Phase m1: Design Grace Hopper 2026-03-02 -187.35',
      '200 Harbour Bridge, Phase m1: Design Ada Lovelace 2026-03-02 600.00',
      '260 Correction: Harbour Bridge: Travel, Train 2026-03-05 -11.00',
    ]);
  });

  test('is settled by hand again where it is gone, for nothing tells its price', () => {
    const world = billed();
    world.put(timeLog('l2', { ...GRACE, minutes: 120 }));
    settle(world);
    world.logs.delete('l2');
    world.put(timeLog('l3', { minutes: 240 }));
    world.decide({ documentNumber: 'ZP-m1', answer: 'next-invoice' });

    const [plan] = world.run();

    expect(plan?.outcome).toBe('parked');
    expect(plan?.proposals.map(({ code, answers }) => [code, answers])).toEqual([
      ['DOCUMENT_CLOSED', ['settled']],
    ]);
    settle(world);
    expect(world.plan().map(({ outcome }) => outcome)).toEqual(['leave']);
  });
});
