import { describe, expect, test } from '@jest/globals';
import type { LineSource } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { BillingExecution } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import fc from 'fast-check';
import { expense, milestone, sums, timeLog } from '../../support/billing-world.ts';
import { anyRun, type Mishap } from '../../support/mishap-of-writes.ts';
import { type DeliveredWork, StatelessWorld } from '../../support/stateless-world.ts';

const LOGS = ['l1', 'l2', 'l3'] as const;

const edit = fc.oneof(
  fc.record({
    kind: fc.constant('log' as const),
    id: fc.constantFrom(...LOGS),
    minutes: fc.integer({ min: 1, max: 600 }),
    approval: fc.constantFrom<TimeLog['approval']>('approved', 'rejected'),
  }),
  fc.record({ kind: fc.constant('expense' as const), cents: fc.integer({ min: 1, max: 99_999 }) }),
  fc.record({ kind: fc.constant('gone' as const), id: fc.constantFrom(...LOGS, 'e1') }),
);
type Edit = typeof edit extends fc.Arbitrary<infer Made> ? Made : never;

/** Each is read after some edits, and comes in whenever: its turn among what is there, and what befalls it. */
const deliveries = fc.array(
  fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    comesIn: fc.array(fc.record({ turn: fc.nat(), run: anyRun }), { maxLength: 3 }),
    deed: fc.option(fc.constantFrom('authorise', 'pay', 'void', 'delete', 'edit'), {
      nil: undefined,
      freq: 1,
    }),
  }),
  { minLength: 1, maxLength: 6 },
);

function change(world: StatelessWorld, made: Edit): void {
  if (made.kind === 'expense')
    world.expenses.set('e1', expense('e1', { totalWithoutTax: (made.cents / 100).toFixed(2) }));
  else if (made.kind === 'gone') {
    world.logs.delete(made.id);
    world.expenses.delete(made.id);
  } else {
    const { id, minutes, approval } = made;
    world.logs.set(id, timeLog(id, { minutes, approval }));
  }
}

function due({ logs, expenses }: Pick<DeliveredWork, 'logs' | 'expenses'>): Record<string, number> {
  return sums([
    ...[...logs.values()]
      .filter(({ approval }) => approval === 'approved')
      .map(({ id, minutes }): LineSource => ({ kind: 'time-log', id, minutes })),
    ...[...expenses.values()].map(
      ({ id, totalWithoutTax: amount }): LineSource => ({ kind: 'expense', id, amount }),
    ),
  ]);
}

const outcomes = (ended: BillingExecution | 'crashed'): string[] =>
  ended === 'crashed' ? ['crashed'] : ended.subjects.map(({ outcome }) => outcome);

/** Whether the platform, or a person, lets it run again. */
function isOpen(ended: BillingExecution | 'crashed'): boolean {
  return outcomes(ended).some((outcome) => ['crashed', 'failed', 'conflict'].includes(outcome));
}

describe('work that is handed over', () => {
  test('ends as the newest alone would have ended, in whatever order, how late and how often it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(), async (each, seed) => {
        const world = new StatelessWorld();
        world.milestones.set('m1', milestone('m1'));
        const read: DeliveredWork[] = [];
        const open = new Set<DeliveredWork>();
        const deliver = async (work: DeliveredWork, mishap?: Mishap): Promise<void> => {
          if (isOpen(await world.deliver(work, mishap))) open.add(work);
          else open.delete(work);
        };
        for (const { edits, comesIn } of each) {
          for (const made of edits) change(world, made);
          read.push(world.read());
          for (const { turn, run } of comesIn) {
            const work = read[turn % read.length];
            if (work !== undefined) await deliver(work, run.mishap);
          }
        }

        for (const work of turned(read, seed)) await deliver(work);
        for (const work of turned([...open], seed)) await deliver(work);
        for (const work of turned([...open], seed)) await deliver(work);

        const emptied = world.accounts.live().length > 0 && Object.keys(due(world)).length === 0;
        // A draft is never emptied: a person is asked to delete it.
        if (!emptied) expect(sums(world.accounts.live())).toEqual(due(world));
        const { writes } = world;
        for (const work of turned(read, seed + 1)) await world.deliver(work);
        expect(world.writes).toBe(writes);
      }),
      { numRuns: 80, seed: 20261128 },
    );
  });

  test('is never billed twice nor written onto what is closed, whatever people do to the documents between', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (each) => {
        const world = new StatelessWorld();
        world.milestones.set('m1', milestone('m1'));
        const read: DeliveredWork[] = [];
        const most: Record<string, number> = {};
        for (const { edits, comesIn, deed } of each) {
          for (const made of edits) change(world, made);
          const work = world.read();
          read.push(work);
          for (const [key, total] of Object.entries(due(work))) most[key] = Math.max(most[key] ?? 0, total);
          for (const { turn, run } of comesIn) {
            const late = read[turn % read.length];
            if (late !== undefined) await world.deliver(late, run.mishap);
          }
          const number = world.accounts.numbers().at(-1);
          if (deed !== undefined && number !== undefined) world.accounts.act(number, deed);
        }

        for (const work of read.toReversed()) await world.deliver(work);

        const twice = Object.entries(sums(world.accounts.live())).filter(
          ([key, total]) => total > (most[key] ?? 0),
        );
        expect(twice).toEqual([]);
        expect(world.accounts.offences).toEqual([]);
      }),
      { numRuns: 80, seed: 20261128 },
    );
  });

  test('is stale once later work was looked at, even where that changed nothing', async () => {
    const world = new StatelessWorld();
    world.milestones.set('m1', milestone('m1'));
    change(world, { kind: 'log', id: 'l1', minutes: 60, approval: 'approved' });
    await world.deliver(world.read());
    change(world, { kind: 'log', id: 'l1', minutes: 90, approval: 'approved' });
    const late = world.read();
    change(world, { kind: 'log', id: 'l1', minutes: 60, approval: 'approved' });

    const newest = outcomes(await world.deliver(world.read()));

    expect([newest, outcomes(await world.deliver(late))]).toEqual([['unchanged'], ['stale']]);
    expect(sums(world.accounts.live())).toEqual(due(world));
  });

  test('is carried out late while nothing newer has come in', async () => {
    const world = new StatelessWorld();
    world.milestones.set('m1', milestone('m1'));
    change(world, { kind: 'log', id: 'l1', minutes: 60, approval: 'approved' });
    const first = world.read();
    change(world, { kind: 'log', id: 'l1', minutes: 90, approval: 'approved' });
    const second = world.read();

    const ended = [outcomes(await world.deliver(first)), outcomes(await world.deliver(second))];

    expect(ended).toEqual([['applied'], ['applied']]);
    expect(sums(world.accounts.live())).toEqual(due(second));
  });

  test.each(['void', 'delete'] as const)(
    'makes no second document after a person did %s the one of later work',
    async (deed) => {
      const world = new StatelessWorld();
      world.milestones.set('m1', milestone('m1'));
      change(world, { kind: 'log', id: 'l1', minutes: 60, approval: 'approved' });
      const late = world.read();
      change(world, { kind: 'log', id: 'l1', minutes: 90, approval: 'approved' });
      const newest = world.read();
      await world.deliver(newest);
      const [number = ''] = world.accounts.numbers();
      if (deed === 'void') world.accounts.act(number, 'authorise');
      world.accounts.act(number, deed);

      const ended = [outcomes(await world.deliver(late)), outcomes(await world.deliver(newest))];

      expect(ended).toEqual([['stale'], ['conflict']]);
      expect(world.accounts.numbers()).toEqual([number]);
    },
  );

  test('goes before a page of old, which does not say when its work was read', async () => {
    const world = new StatelessWorld();
    world.milestones.set('m1', milestone('m1'));
    change(world, { kind: 'log', id: 'l1', minutes: 60, approval: 'approved' });
    await world.deliver(world.read());
    world.rewritePages((page) => page.replace(/"asOf":\d+,/, ''));
    change(world, { kind: 'log', id: 'l1', minutes: 90, approval: 'approved' });

    expect(outcomes(await world.deliver(world.read()))).toEqual(['applied']);
  });
});

function turned<Item>(items: readonly Item[], by: number): Item[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
