import { beforeEach, describe, expect, test } from '@jest/globals';
import { markedLog } from '@stackbridge/shared-mappers/plan/billing/time-mark.ts';
import { PROJECT, timeLog } from '../../support/billing-world.ts';
import { StatelessTimeWorld } from '../../support/stateless-time-world.ts';

let world: StatelessTimeWorld;

beforeEach(async () => {
  world = new StatelessTimeWorld();
  world.logs.set('l1', timeLog('l1', { minutes: 60 }));
  await world.deliver(world.read(PROJECT.id));
  await world.deliver(world.read('p2'));
});

/** `[project, minutes]` of every entry of a log. */
function entriesOf(log: string): unknown[] {
  return world
    .entries()
    .filter(({ description }) => markedLog(description) === log)
    .map(({ projectId, minutes, status }) => [projectId, minutes, status]);
}

async function outcomeOf(log: string, ended: ReturnType<StatelessTimeWorld['deliver']>): Promise<unknown> {
  const execution = await ended;
  if (typeof execution === 'string') return execution;
  return execution.subjects.find(({ subject }) => subject === log)?.outcome;
}

describe('time of one project that was handed over', () => {
  test('changes no entry of later time, whatever is remembered of deliveries', async () => {
    const late = world.read(PROJECT.id);
    world.logs.set('l1', timeLog('l1', { minutes: 90 }));
    await world.deliver(world.read(PROJECT.id));
    world.forget();

    expect(await outcomeOf('l1', world.deliver(late))).toBe('stale');
    expect(entriesOf('l1')).toEqual([['project-1', 90, 'active']]);
  });

  test('does not bring back what later time has taken away', async () => {
    const late = world.read(PROJECT.id);
    world.logs.delete('l1');
    await world.deliver(world.read(PROJECT.id));

    expect(await outcomeOf('l1', world.deliver(late))).toBe('late');
    expect(entriesOf('l1')).toEqual([]);
  });

  test('does not enter a log anew that came from a project where it is invoiced', async () => {
    world.act(0, 'invoice');
    world.logs.set('l1', timeLog('l1', { minutes: 60, projectId: 'p2' }));

    expect(await outcomeOf('l1', world.deliver(world.read('p2')))).toBe('conflict');
    expect(entriesOf('l1')).toEqual([['project-1', 60, 'invoiced']]);
  });

  test('takes nothing away on days that were not handed over', async () => {
    world.logs.delete('l1');

    await world.deliver(world.read(PROJECT.id, '2026-03-10'));

    expect(entriesOf('l1')).toEqual([['project-1', 60, 'active']]);
  });

  test('leaves the time of other projects alone', async () => {
    world.logs.delete('s2');

    await world.deliver(world.read(PROJECT.id));

    expect(entriesOf('s2')).toHaveLength(1);
  });
});
