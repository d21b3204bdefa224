import { expect, test } from '@jest/globals';
import type { Expense, TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import fc from 'fast-check';
import { BillingWorld, expense, type Mishap, milestone, sums, timeLog } from '../../support/billing-world.ts';

const MILESTONES = ['m1', 'm2'] as const;
const LOGS = ['l1', 'l2', 'l3', 'l4'] as const;
const EXPENSES = ['e1', 'e2'] as const;

const logId = fc.constantFrom(...LOGS);
const milestoneId = fc.constantFrom(...MILESTONES);

const log = fc.record({
  kind: fc.constant('log' as const),
  id: logId,
  changes: fc.record(
    {
      minutes: fc.integer({ min: 1, max: 600 }),
      billable: fc.boolean(),
      approval: fc.constantFrom<TimeLog['approval']>('approved', 'pending', 'rejected', 'not-needed'),
      milestoneId,
      taskId: fc.constantFrom('t1', 't2'),
      personEmail: fc.constantFrom('ada@example.test', 'grace@example.test'),
      date: fc.constantFrom('2025-12-30', '2026-03-02', '2026-03-03'),
    },
    { requiredKeys: [] },
  ),
});
const spent = fc.record({
  kind: fc.constant('expense' as const),
  id: fc.constantFrom(...EXPENSES),
  changes: fc.record(
    {
      billable: fc.boolean(),
      totalWithoutTax: fc.integer({ min: 1, max: 99999 }).map((cents) => (cents / 100).toFixed(2)),
      category: fc.constantFrom('Travel', 'Other'),
    },
    { requiredKeys: [] },
  ),
});
const gone = fc.record({ kind: fc.constant('gone' as const), id: fc.constantFrom(...LOGS, ...EXPENSES) });
const closing = fc.record({
  kind: fc.constant('milestone' as const),
  id: milestoneId,
  changes: fc.record(
    { closed: fc.boolean(), fixedAmount: fc.constantFrom('1000.00', '1250.50', '0') },
    { requiredKeys: [] },
  ),
});
const deed = fc.record({
  kind: fc.constant('deed' as const),
  turn: fc.nat({ max: 5 }),
  deed: fc.constantFrom('authorise', 'submit', 'pay', 'void', 'delete', 'edit'),
});
const run = fc.record({
  kind: fc.constant('run' as const),
  mishap: fc.option(fc.constantFrom<Mishap>('crash-before-send', 'landed-without-answer', 'refused'), {
    nil: undefined,
    freq: 2,
  }),
});
const answer = fc.record({ kind: fc.constant('answer' as const) });

type Step =
  | { kind: 'log'; id: string; changes: Partial<TimeLog> }
  | { kind: 'expense'; id: string; changes: Partial<Expense> }
  | { kind: 'gone'; id: string }
  | { kind: 'milestone'; id: string; changes: { closed?: boolean; fixedAmount?: string } }
  | { kind: 'deed'; turn: number; deed: 'authorise' | 'submit' | 'pay' | 'void' | 'delete' | 'edit' }
  | { kind: 'run'; mishap: Mishap | undefined }
  | { kind: 'answer' };

function take(world: BillingWorld, step: Step): void {
  if (step.kind === 'run') world.run(step.mishap);
  else if (step.kind === 'answer') {
    world.answerAll(world.plan());
    world.run();
  } else if (step.kind === 'log') {
    world.logs.set(step.id, { ...(world.logs.get(step.id) ?? timeLog(step.id)), ...step.changes });
  } else if (step.kind === 'expense') {
    world.expenses.set(step.id, { ...(world.expenses.get(step.id) ?? expense(step.id)), ...step.changes });
  } else if (step.kind === 'gone') {
    world.logs.delete(step.id);
    world.expenses.delete(step.id);
  } else if (step.kind === 'milestone') {
    const before = world.milestones.get(step.id) ?? milestone(step.id);
    world.milestones.set(step.id, { ...before, ...step.changes });
  } else {
    const numbers = world.accounts.numbers();
    const number = numbers[step.turn % Math.max(1, numbers.length)];
    if (number !== undefined) world.accounts.act(number, step.deed);
  }
}

/** The most that could be billed of everything as it is now, in hundredths. */
function claims(world: BillingWorld): Record<string, number> {
  return sums([
    ...[...world.logs.values()].map(({ id, minutes }) => ({ kind: 'time-log' as const, id, minutes })),
    ...[...world.expenses.values()].map(({ id, totalWithoutTax: amount }) => ({
      kind: 'expense' as const,
      id,
      amount,
    })),
    ...[...world.milestones.values()].map(({ id, fixedAmount: amount = '0' }) => ({
      kind: 'milestone' as const,
      id,
      amount,
    })),
  ]);
}

/** What should stand on live documents once every milestone is closed, in hundredths. */
function due(world: BillingWorld): Record<string, number> {
  return sums([
    ...[...world.logs.values()]
      .filter(({ billable, approval, date }) => {
        const isApproved = approval === 'approved' || approval === 'not-needed';
        return billable && isApproved && date >= '2026-01-01';
      })
      .map(({ id, minutes }) => ({ kind: 'time-log' as const, id, minutes })),
    ...[...world.expenses.values()]
      .filter(({ billable }) => billable)
      .map(({ id, totalWithoutTax }) => ({ kind: 'expense' as const, id, amount: totalWithoutTax })),
    ...[...world.milestones.values()]
      .filter(({ fixedAmount }) => fixedAmount !== undefined)
      .map(({ id, fixedAmount = '0' }) => ({ kind: 'milestone' as const, id, amount: fixedAmount })),
  ]);
}

/** A person settled by hand what a draft still bills: its line is no measure of what is given back. */
const SETTLED_BESIDE_A_DRAFT: ['task', 'draft', Step[]] = [
  'task',
  'draft',
  [
    { kind: 'log', id: 'l1', changes: { minutes: 1 } },
    { kind: 'run', mishap: undefined },
    { kind: 'deed', turn: 0, deed: 'authorise' },
    { kind: 'expense', id: 'e2', changes: {} },
    { kind: 'answer' },
    { kind: 'log', id: 'l1', changes: { date: '2025-12-30' } },
    { kind: 'gone', id: 'e2' },
  ],
];

test('any history ends with what is due on live documents, nothing was ever billed twice nor anything closed written', () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { arbitrary: log, weight: 4 },
    { arbitrary: run, weight: 4 },
    { arbitrary: deed, weight: 3 },
    { arbitrary: spent, weight: 2 },
    { arbitrary: closing, weight: 2 },
    { arbitrary: gone, weight: 1 },
    { arbitrary: answer, weight: 1 },
  );
  const groupBy = fc.constantFrom('task', 'person', 'day', 'none');
  const status = fc.constantFrom('draft', 'submitted', 'authorised');
  fc.assert(
    fc.property(groupBy, status, fc.array(step, { maxLength: 24, size: 'max' }), (groups, becomes, steps) => {
      const world = new BillingWorld({ groupBy: groups, status: becomes });
      world.put(milestone('m1'), milestone('m2', { closed: false }));
      const most: Record<string, number> = {};
      for (const next of steps) {
        take(world, next);
        for (const [key, total] of Object.entries(claims(world))) most[key] = Math.max(most[key] ?? 0, total);
        for (const [key, total] of Object.entries(sums(world.accounts.live()))) {
          expect({ key, isTwice: total > (most[key] ?? 0) }).toEqual({ key, isTwice: false });
        }
      }
      for (const [id, one] of world.milestones) world.milestones.set(id, { ...one, closed: true });

      const settled = world.settle();

      expect(settled).toBeDefined();
      expect(sums(world.accounts.live())).toEqual(due(world));
      expect(world.accounts.offences).toEqual([]);
      const writes = world.accounts.writes;
      world.run();
      expect(world.accounts.writes).toBe(writes);
    }),
    { numRuns: 1000, examples: [SETTLED_BESIDE_A_DRAFT] },
  );
});
