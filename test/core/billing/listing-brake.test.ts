import { expect, test } from '@jest/globals';
import { listingBrakes } from '@stackbridge/shared-mappers/plan/billing/listing-brake.ts';
import fc from 'fast-check';
import { BillingWorld, milestone, timeLog } from '../../support/billing-world.ts';

const LIMIT = { share: 0.05, atLeast: 20 };

/** Milestone m1 with this many logs, billed. */
function billed(logs: number): BillingWorld {
  const world = new BillingWorld();
  world.put(milestone('m1'));
  for (let at = 0; at < logs; at += 1) world.put(timeLog(`l${at}`));
  world.run();
  return world;
}

/** Logs that a listing does not hold, which still are there. */
function hide(world: BillingWorld, count: number): void {
  for (const id of [...world.logs.keys()].slice(0, count)) world.logs.delete(id);
}

function brakesOf(world: BillingWorld, isParked = false): string[] {
  const planned = world.plan().map((plan) => ({
    plan,
    state: { entries: world.ledger.entries(), memories: world.ledger.memories(plan.subject) },
    isParked,
  }));
  const logs = {
    title: 'time logs of Harbour Bridge',
    kind: 'time-log' as const,
    ids: [...world.logs.keys()],
    subjects: new Set(world.milestones.keys()),
  };
  return listingBrakes(planned, { listings: [logs], limit: LIMIT }, 'invoices').map(({ message }) => message);
}

test('for any draft and any listing, the brake trips beyond the limit and where an empty listing held more than three', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (logs, part) => {
        const world = billed(logs);
        const lost = Math.round(part * logs);
        hide(world, lost);
        const isBeyond = lost > Math.max(20, Math.floor(logs * 0.05)) || (lost === logs && lost > 3);

        const brakes = brakesOf(world);

        expect(brakes.length > 0).toBe(isBeyond);
      },
    ),
    { numRuns: 100 },
  );
});

test('the brake says how much of how much is missing, or which listing is empty', () => {
  const short = billed(30);
  const empty = billed(4);
  hide(short, 21);
  hide(empty, 4);

  const messages = [...brakesOf(short), ...brakesOf(empty)];

  expect(messages).toEqual([
    'Zoho lists 21 of 30 billed time logs and expenses no longer',
    'Zoho lists no time logs of Harbour Bridge, of which 4 are billed',
  ]);
});

test('logs that are listed trip nothing, whatever a person did to them', () => {
  const world = billed(30);
  for (const log of world.logs.values()) world.put({ ...log, approval: 'rejected' });

  const brakes = brakesOf(world);

  expect(brakes).toEqual([]);
});

test('what people would be asked about an authorised invoice trips it once, not when they know', () => {
  const world = billed(10);
  const [number = ''] = world.accounts.numbers();
  world.accounts.act(number, 'authorise');
  hide(world, 10);

  const brakes = [brakesOf(world).length, brakesOf(world, true).length];

  expect(brakes).toEqual([1, 0]);
});

test('a voided invoice is not freed by an empty listing, although people were asked about it', () => {
  const world = billed(10);
  const [number = ''] = world.accounts.numbers();
  world.accounts.act(number, 'authorise');
  world.accounts.act(number, 'void');
  world.run();
  hide(world, 10);

  const brakes = brakesOf(world, true);

  expect(brakes).toEqual(['Zoho lists no time logs of Harbour Bridge, of which 10 are billed']);
});

test('what a person settled is not missed any more', () => {
  const world = billed(10);
  const [number = ''] = world.accounts.numbers();
  world.accounts.act(number, 'authorise');
  hide(world, 10);
  world.settle();

  const brakes = brakesOf(world);

  expect(brakes).toEqual([]);
});
