import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expense, sums } from '../../support/billing-world.ts';
import { anyRun } from '../../support/mishap-of-writes.ts';
import { StatelessWorld } from '../../support/stateless-world.ts';

const EXPENSES = ['1', '2', '3'] as const;
const id = fc.constantFrom(...EXPENSES);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('entered' as const),
      id,
      cents: fc.integer({ min: 1, max: 9999 }),
    }),
  },
  { weight: 5, arbitrary: anyRun },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deed' as const),
      turn: fc.nat({ max: 5 }),
      deed: fc.constantFrom('authorise', 'submit', 'pay', 'void', 'delete', 'edit'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), id }) },
);

test('any history of expenses books each, none twice, and writes nothing closed, with no ledger but that of the bills', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20, size: 'max' }), async (steps) => {
      const world = new StatelessWorld({}, 'expenses');
      const most: Record<string, number> = {};
      for (const next of steps) {
        if (next.kind === 'run') await world.run(next.mishap);
        else if (next.kind === 'gone') world.expenses.delete(next.id);
        else if (next.kind === 'entered') {
          const total = (next.cents / 100).toFixed(2);
          world.expenses.set(next.id, expense(next.id, { total, totalWithoutTax: total }));
          const key = Object.keys(sums([{ kind: 'expense', id: next.id, amount: total }]))[0] ?? '';
          most[key] = Math.max(most[key] ?? 0, next.cents);
        } else {
          const numbers = world.accounts.numbers();
          const number = numbers[next.turn % Math.max(1, numbers.length)];
          if (number !== undefined) world.accounts.act(number, next.deed);
        }
        const twice = Object.entries(sums(world.accounts.live())).filter(
          ([key, sum]) => sum > (most[key] ?? 0),
        );
        expect(twice).toEqual([]);
      }
      await world.run();
      const booked = [...world.expenses.keys()].map((one) => `ZE-${one}`);
      expect(booked.filter((number) => world.accounts.held(number) === undefined)).toEqual([]);
      const { writes } = world;
      await world.run();
      expect(world.writes).toBe(writes);
      expect(world.accounts.offences).toEqual([]);
    }),
    { numRuns: 50, seed: 20261128 },
  );
});
