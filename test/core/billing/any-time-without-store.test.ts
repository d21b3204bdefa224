import { expect, test } from '@jest/globals';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { markedLog } from '@stackbridge/shared-mappers/plan/billing/time-mark.ts';
import fc from 'fast-check';
import { PROJECT, timeLog } from '../../support/billing-world.ts';
import { anyRun } from '../../support/mishap-of-writes.ts';
import { doubled, type HandedProject, StatelessTimeWorld } from '../../support/stateless-time-world.ts';
import type { TimeDeed } from '../../support/time-world.ts';

const LOGS = ['l1', 'l2', 'l3'] as const;
const logId = fc.constantFrom(...LOGS);
const projectId = fc.constantFrom(PROJECT.id, 'p2');

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      id: logId,
      changes: fc.record(
        {
          minutes: fc.integer({ min: 1, max: 600 }),
          billable: fc.boolean(),
          approval: fc.constantFrom<TimeLog['approval']>('approved', 'pending', 'rejected'),
          projectId,
          personEmail: fc.constantFrom('ada@example.test', 'grace@example.test'),
          date: fc.constantFrom('2026-03-02', '2026-03-03'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 5, arbitrary: anyRun },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deed' as const),
      turn: fc.nat({ max: 3 }),
      deed: fc.constantFrom<TimeDeed>('lock', 'invoice', 'edit', 'delete'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), id: logId }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('renamed' as const), id: projectId, to: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Taken> ? Taken : never;

async function take(world: StatelessTimeWorld, next: Step): Promise<void> {
  if (next.kind === 'run') await world.run(next.mishap);
  else if (next.kind === 'answer') {
    const execution = await world.run();
    if (execution === 'crashed') throw new Error('Nothing has befallen it');
    world.answerAll(execution);
    await world.run();
  } else if (next.kind === 'log') {
    world.logs.set(next.id, { ...(world.logs.get(next.id) ?? timeLog(next.id)), ...next.changes });
  } else if (next.kind === 'gone') world.logs.delete(next.id);
  else if (next.kind === 'renamed') {
    const project = world.projects.get(next.id) ?? PROJECT;
    world.projects.set(next.id, { ...project, name: `${next.id} renamed ${next.to}` });
  } else world.act(next.turn, next.deed);
}

/** Minutes by log: of the logs that are due, and of the entries there are, those left to people aside. */
function minutes(world: StatelessTimeWorld) {
  const left = new Set(
    world.entries().flatMap((entry) => (world.isLeft(entry) ? [markedLog(entry.description)] : [])),
  );
  const due = [...world.logs.values()].filter(
    ({ id, billable, approval }) => billable && approval === 'approved' && !left.has(id),
  );
  return {
    due: due.map(({ id, minutes: worked }) => [id, worked]).sort(),
    entered: world
      .entries()
      .filter((entry) => !world.isLeft(entry))
      .map(({ description, minutes: entered }) => [markedLog(description), entered])
      .sort(),
  };
}

test('any history of time ends with what is due entered once, nothing closed or changed by a person written, with no ledger but the seals of the entries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 24, size: 'max' }), async (steps) => {
      const world = new StatelessTimeWorld();
      for (const next of steps) {
        await take(world, next);
        expect(doubled(world.entries())).toEqual([]);
      }

      await world.run();

      const { due, entered } = minutes(world);
      expect(entered).toEqual(due);
      expect(world.offences).toEqual([]);
      const { writes } = world;
      await world.run();
      expect(world.writes).toBe(writes);
    }),
    { numRuns: 60, seed: 20261128 },
  );
});

const PROJECTS = [PROJECT.id, 'p2'] as const;

/** Steps of a history in which the time of a project is handed over: read now, carried out some time, or again. */
const handing = fc.oneof(
  {
    weight: 4,
    arbitrary: step.filter(({ kind }) => kind === 'log' || kind === 'gone' || kind === 'deed'),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      turn: fc.nat({ max: 7 }),
      mishap: anyRun.map(({ mishap }) => mishap),
    }),
  },
);

test('any order of deliveries, late, broken off and repeated ones among them, ends as a run over everything would leave it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(handing, { maxLength: 24, size: 'max' }),
      fc.infiniteStream(fc.nat()),
      async (steps, picks) => {
        const world = new StatelessTimeWorld();
        const all: HandedProject[] = [];
        const open = new Set<HandedProject>();
        const read = (): void => {
          for (const id of PROJECTS) {
            const handed = world.read(id);
            all.push(handed);
            open.add(handed);
          }
        };
        for (const next of steps) {
          if (next.kind === 'read') read();
          else if (next.kind === 'deliver') {
            const handed = all[next.turn % Math.max(1, all.length)];
            if (handed === undefined) continue;
            const ended = await world.deliver(handed, next.mishap);
            if (ended === 'late' || (ended !== 'crashed' && ended.error === undefined)) open.delete(handed);
          } else await take(world, next);
        }
        read();
        while (open.size > 0) {
          const left = [...open];
          const handed = left[Number(picks.next().value ?? 0) % left.length];
          if (handed === undefined) break;
          await world.deliver(handed);
          open.delete(handed);
        }

        expect(doubled(world.entries())).toEqual([]);
        const { due, entered } = minutes(world);
        expect(entered).toEqual(due);
        expect(world.offences).toEqual([]);
        const { writes } = world;
        await world.run();
        expect(world.writes).toBe(writes);
      },
    ),
    { numRuns: 60, seed: 20261128 },
  );
});
