import { expect, test } from '@jest/globals';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import fc from 'fast-check';
import { BillingWorld, type Mishap, milestone, sums, timeLog } from '../../support/billing-world.ts';
import { type TimeDeed, TimeWorld } from '../../support/time-world.ts';

const LOGS = ['l1', 'l2', 'l3'] as const;
const mishap = fc.option(fc.constantFrom<Mishap>('crash-before-send', 'landed-without-answer', 'refused'), {
  nil: undefined,
  freq: 2,
});
const turn = fc.nat({ max: 4 });

type Step =
  | { readonly kind: 'log'; readonly id: string; readonly changes: Partial<TimeLog> }
  | { readonly kind: 'gone'; readonly id: string }
  | { readonly kind: 'closes'; readonly closed: boolean }
  | { readonly kind: 'bill' | 'enter'; readonly mishap: Mishap | undefined }
  | { readonly kind: 'deed'; readonly turn: number; readonly deed: TimeDeed }
  | { readonly kind: 'invoice'; readonly turn: number; readonly deed: 'authorise' | 'void' | 'edit' }
  | { readonly kind: 'answer' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      id: fc.constantFrom(...LOGS),
      changes: fc.record(
        {
          minutes: fc.integer({ min: 1, max: 600 }),
          billable: fc.boolean(),
          approval: fc.constantFrom<TimeLog['approval']>('approved', 'pending', 'rejected'),
          personEmail: fc.constantFrom('ada@example.test', 'grace@example.test', 'nobody@example.test'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('bill' as const, 'enter' as const), mishap }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deed' as const),
      turn,
      deed: fc.constantFrom<TimeDeed>('lock', 'invoice', 'edit', 'delete'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('invoice' as const),
      turn,
      deed: fc.constantFrom('authorise' as const, 'void' as const, 'edit' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), id: fc.constantFrom(...LOGS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('closes' as const), closed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
);

function take(world: BillingWorld, time: TimeWorld, next: Step): void {
  if (next.kind === 'bill') world.run(next.mishap);
  else if (next.kind === 'enter') time.run(next.mishap);
  else if (next.kind === 'deed') time.act(next.turn, next.deed);
  else if (next.kind === 'gone') world.logs.delete(next.id);
  else if (next.kind === 'closes') world.put(milestone('m1', { closed: next.closed }));
  else if (next.kind === 'log') {
    world.put({ ...(world.logs.get(next.id) ?? timeLog(next.id)), ...next.changes });
  } else if (next.kind === 'invoice') {
    const numbers = world.accounts.numbers();
    const number = numbers[next.turn % Math.max(1, numbers.length)];
    if (number !== undefined) world.accounts.act(number, next.deed);
  } else {
    world.answerAll(world.plan());
    time.answerAll();
  }
}

/** Logs that a live invoice bills. */
function invoiced(world: BillingWorld): string[] {
  return Object.keys(sums(world.accounts.live())).map((key) => key.replace('time-log ', ''));
}

test('whatever happens, no log is both on an invoice and in Xero Projects, nor entered twice, and nothing closed is written', () => {
  let met = { invoices: 0, entries: 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 24, size: 'max' }), (steps) => {
      const world = new BillingWorld();
      const time = new TimeWorld(world);
      world.put(milestone('m1'), ...LOGS.map((id) => timeLog(id)));

      for (const next of steps) {
        take(world, time, next);
        const entered = new Set(Object.keys(time.minutes()));
        const both = invoiced(world).filter((id) => entered.has(id));
        expect({ both, doubled: time.doubled() }).toEqual({ both: [], doubled: [] });
        met = { invoices: met.invoices + invoiced(world).length, entries: met.entries + entered.size };
      }
      for (let round = 0; round < 4; round += 1) {
        time.run();
        time.answerAll();
      }
      time.run();

      const { writes } = time;
      time.run();

      expect({ offences: time.offences, writes: time.writes }).toEqual({ offences: [], writes });
    }),
    { numRuns: 1000 },
  );
  expect(met.invoices > 1000 && met.entries > 1000).toBe(true);
});
