import { describe, expect, test } from '@jest/globals';
import { CHART } from '../../support/billing-chart.ts';
import {
  BillingWorld,
  milestone,
  outcomes,
  PROJECT,
  timeLog,
  worldWith,
} from '../../support/billing-world.ts';

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
