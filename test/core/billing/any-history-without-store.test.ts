import { expect, test } from '@jest/globals';
import type { LineSource } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import fc from 'fast-check';
import { expense, milestone, sums, timeLog } from '../../support/billing-world.ts';
import { anyRun } from '../../support/mishap-of-writes.ts';
import { StatelessWorld } from '../../support/stateless-world.ts';

const MILESTONES = ['m1', 'm2'] as const;
const LOGS = ['l1', 'l2', 'l3', 'l4'] as const;
const EXPENSES = ['e1', 'e2'] as const;

const step = fc.oneof(
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
          milestoneId: fc.constantFrom(...MILESTONES),
          taskId: fc.constantFrom('t1', 't2'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 5, arbitrary: anyRun },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('deed' as const),
      turn: fc.nat({ max: 5 }),
      deed: fc.constantFrom('authorise', 'submit', 'pay', 'void', 'delete', 'edit'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('expense' as const),
      id: fc.constantFrom(...EXPENSES),
      cents: fc.integer({ min: 1, max: 99_999 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('milestone' as const),
      id: fc.constantFrom(...MILESTONES),
      closed: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('gone' as const), id: fc.constantFrom(...LOGS, ...EXPENSES) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Taken> ? Taken : never;

async function take(world: StatelessWorld, next: Step): Promise<void> {
  if (next.kind === 'run') await world.run(next.mishap);
  else if (next.kind === 'answer') {
    const execution = await world.run();
    if (execution === 'crashed') throw new Error('Nothing has befallen it');
    world.answerAll(execution);
    await world.run();
  } else if (next.kind === 'log') {
    world.logs.set(next.id, { ...(world.logs.get(next.id) ?? freshLog(next.id)), ...next.changes });
  } else if (next.kind === 'expense') {
    const totalWithoutTax = (next.cents / 100).toFixed(2);
    world.expenses.set(next.id, expense(next.id, { totalWithoutTax }));
  } else if (next.kind === 'gone') {
    world.logs.delete(next.id);
    world.expenses.delete(next.id);
  } else if (next.kind === 'milestone') {
    world.milestones.set(next.id, milestone(next.id, { closed: next.closed }));
  } else {
    const numbers = world.accounts.numbers();
    const number = numbers[next.turn % Math.max(1, numbers.length)];
    if (number !== undefined) world.accounts.act(number, next.deed);
  }
}

/** Hours of their own, so that no log comes to the same line as another. */
function freshLog(id: (typeof LOGS)[number]): TimeLog {
  return timeLog(id, { minutes: 61 + LOGS.indexOf(id) });
}

/** The most that could be billed of everything as it is now, in hundredths. */
function claims(world: StatelessWorld): Record<string, number> {
  return sums(sourcesOf(world, () => true));
}

/** What should stand on live documents once every milestone is closed, in hundredths. */
function due(world: StatelessWorld): Record<string, number> {
  return sums(sourcesOf(world, ({ billable, approval }) => billable && approval === 'approved'));
}

function sourcesOf(world: StatelessWorld, counts: (log: TimeLog) => boolean): LineSource[] {
  return [
    ...[...world.logs.values()]
      .filter(counts)
      .map(({ id, minutes }): LineSource => ({ kind: 'time-log', id, minutes })),
    ...[...world.expenses.values()].map(
      ({ id, totalWithoutTax: amount }): LineSource => ({ kind: 'expense', id, amount }),
    ),
  ];
}

/** One is to be billed again, and more than it is to be taken back: no invoice says so, and the answer is kept all the same. */
const FREED_BESIDE_WHAT_IS_TAKEN_BACK: ['task', 'authorised', Step[]] = [
  'task',
  'authorised',
  [
    { kind: 'expense', id: 'e1', cents: 1 },
    { kind: 'run', mishap: undefined },
    { kind: 'expense', id: 'e2', cents: 3 },
    { kind: 'answer' },
    { kind: 'expense', id: 'e2', cents: 1 },
    { kind: 'deed', turn: 0, deed: 'void' },
  ],
];

test('any history ends with what is due on live documents, nothing billed twice nor anything closed written, with no ledger but theirs', async () => {
  const groupBy = fc.constantFrom('task', 'person', 'none');
  const status = fc.constantFrom('draft', 'submitted', 'authorised');
  await fc.assert(
    fc.asyncProperty(
      groupBy,
      status,
      fc.array(step, { maxLength: 24, size: 'max' }),
      async (groups, becomes, steps) => {
        const world = new StatelessWorld({ groupBy: groups, status: becomes });
        world.milestones.set('m1', milestone('m1'));
        world.milestones.set('m2', milestone('m2', { closed: false }));
        const most: Record<string, number> = {};
        for (const next of steps) {
          await take(world, next);
          for (const [key, total] of Object.entries(claims(world)))
            most[key] = Math.max(most[key] ?? 0, total);
          const twice = Object.entries(sums(world.accounts.live()))
            .filter(([key, total]) => total > (most[key] ?? 0))
            .map(([key]) => key);
          expect(twice).toEqual([]);
        }
        for (const id of world.milestones.keys()) world.milestones.set(id, milestone(id));

        const isSettled = await world.settle();

        expect(isSettled).toBe(true);
        expect(sums(world.accounts.live())).toEqual(due(world));
        expect(world.accounts.offences).toEqual([]);
        const { writes } = world;
        await world.run();
        expect(world.writes).toBe(writes);
      },
    ),
    { numRuns: 120, seed: 20261128, examples: [FREED_BESIDE_WHAT_IS_TAKEN_BACK] },
  );
});
