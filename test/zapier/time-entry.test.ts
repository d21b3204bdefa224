import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { enterTime, TIME_RECIPE } from './support/billing-recipes.ts';
import type { Outcome } from './support/packaged-app.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp();

const listed = z.array(z.looseObject({ entry: z.string() }));

/** Time as its trigger hands it on. */
async function approved(): Promise<string[]> {
  const outcome = await stage.app.call(
    'triggers.zoho_time_approved.operation.perform',
    { authData: signedIn(stage.sandbox).zoho },
    {},
    stage.sandbox.world.clock,
  );
  return listed.parse('results' in outcome ? outcome.results : outcome.error).map(({ entry }) => entry);
}

function enter(time: string, recipe = TIME_RECIPE, more: object = {}): Promise<Outcome> {
  return stage.app.call(
    'creates.xero_time_entry.operation.perform',
    { authData: signedIn(stage.sandbox).xero, inputData: { recipe, time, ...more } },
    {},
    stage.sandbox.world.clock,
  );
}

function answer(delivery: string, documentNumber: string): Promise<Outcome> {
  return stage.app.call(
    'creates.xero_answer_difference.operation.perform',
    {
      authData: signedIn(stage.sandbox).xero,
      inputData: { recipe: TIME_RECIPE, delivery, documentNumber, answer: 'settled' },
    },
    {},
    stage.sandbox.world.clock,
  );
}

const projects = z.array(z.looseObject({ id: z.string(), time: z.string() }));

/** Projects as their trigger shows them, oldest first. */
async function changed(): Promise<z.output<typeof projects>> {
  const outcome = await stage.app.call(
    'triggers.zoho_time_changed.operation.perform',
    { authData: signedIn(stage.sandbox).zoho },
    {},
    stage.sandbox.world.clock,
  );
  stage.sandbox.world.clock.advance(60_000);
  return projects.parse('results' in outcome ? outcome.results : outcome.error).toReversed();
}

/** The time of the only project, as it stands. */
async function projectTime(): Promise<string> {
  const [project] = await changed();
  return project?.time ?? '';
}

const entries = () => stage.sandbox.admin.records('xero', 'timeEntries').records;

describe('approved time of Zoho Projects', () => {
  it('is entered one by one, whatever else stands in the project, on what is made for it', async () => {
    enterTime(stage.sandbox, 3);

    const outcomes: unknown[] = [];
    for (const time of await approved()) outcomes.push(await enter(time));

    const entered = expect.objectContaining({ outcome: 'entered', project: 'Website', written: 1 });
    expect(outcomes).toEqual([{ results: entered }, { results: entered }, { results: entered }]);
    expect(entries()).toMatchObject([{ duration: 140 }, { duration: 140 }, { duration: 140 }]);
    expect(stage.sandbox.admin.records('xero', 'projects').records).toMatchObject([{ name: 'Website' }]);
  });

  it('is entered once when the answer is lost', async () => {
    enterTime(stage.sandbox);
    const [time = ''] = await approved();
    stage.sandbox.world.faults.add({
      system: 'xero',
      method: 'POST',
      path: '/Time',
      effect: { kind: 'drop-after' },
    });

    await enter(time);

    expect(wordFor(await enter(time))).toBe('there already');
    expect(entries()).toHaveLength(1);
  });

  it('that comes late does not put back what was put right since', async () => {
    const [id = ''] = enterTime(stage.sandbox);
    const [before = ''] = await approved();
    stage.sandbox.admin.edit('zoho-projects', 'logs', id, { hours: '01:00' });
    const [after = ''] = await approved();
    await enter(after);

    expect(wordFor(await enter(before))).toBe('differs');
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('goes to no timesheet, which a Zap cannot keep', async () => {
    enterTime(stage.sandbox);
    const [time = ''] = await approved();
    const recipe = TIME_RECIPE.replace('accounts:', '  payroll: {}\naccounts:');
    expect(wordFor(await enter(time, recipe))).toContain('remembered in a store');
  });

  it('needs what its trigger hands on', async () => {
    expect(wordFor(await enter('2:20'))).toContain('Time for Billing Steps');
  });
});

describe('all the time of a project', () => {
  const edit = (id: string, hours: string): void =>
    stage.sandbox.admin.edit('zoho-projects', 'logs', id, { hours });

  it('follows its project: what is edited is changed, what is deleted is deleted', async () => {
    const [first = '', second = ''] = enterTime(stage.sandbox, 2);
    await enter(await projectTime());
    edit(first, '01:00');
    stage.sandbox.admin.remove('zoho-projects', 'logs', second);

    const outcome = await enter(await projectTime());

    expect(outcome).toEqual({ results: expect.objectContaining({ outcome: 'entered', written: 2 }) });
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('that comes late changes nothing which later time has come to', async () => {
    const [first = '', second = ''] = enterTime(stage.sandbox, 2);
    const before = await projectTime();
    edit(first, '01:00');
    stage.sandbox.admin.remove('zoho-projects', 'logs', second);
    await enter(await projectTime());

    expect(wordFor(await enter(before))).toBe('stale');
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('that comes late changes no entry of later time, even where Zapier has forgotten what came', async () => {
    const [first = ''] = enterTime(stage.sandbox);
    const before = await projectTime();
    edit(first, '01:00');
    await enter(await projectTime());
    stage.app.forget();

    expect(wordFor(await enter(before))).toBe('stale');
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('does not stop later time by coming first', async () => {
    const [first = ''] = enterTime(stage.sandbox);
    const before = await projectTime();
    edit(first, '01:00');
    const after = await projectTime();

    await enter(before);

    expect(wordFor(await enter(after))).toBe('entered');
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('is shown anew where it is as it was before, and not while nothing changes', async () => {
    const [first = ''] = enterTime(stage.sandbox);
    const shown = [await changed(), await changed()];
    edit(first, '01:00');
    shown.push(await changed());
    edit(first, '02:20');
    shown.push(await changed());

    const [once, again, edited, back] = shown.map(([project]) => project?.id);

    expect(again).toBe(once);
    expect(new Set([once, edited, back]).size).toBe(3);
  });

  it('stops where much of it is gone at once, until somebody lets it through', async () => {
    const ids = enterTime(stage.sandbox, 7);
    await enter(await projectTime());
    for (const id of ids.slice(1)) stage.sandbox.admin.remove('zoho-projects', 'logs', id);
    const time = await projectTime();

    expect(wordFor(await enter(time))).toContain('let deletions through');
    expect(entries()).toHaveLength(7);
    expect(wordFor(await enter(time, TIME_RECIPE, { allowsDeletes: true }))).toBe('entered');
    expect(entries()).toHaveLength(1);
  });

  it('tells of each entry that somebody has to see to', async () => {
    const [first = ''] = enterTime(stage.sandbox);
    await enter(await projectTime());
    const [{ timeEntryId = '' } = {}] = listedEntries.parse(entries());
    stage.sandbox.admin.edit('xero', 'timeEntries', timeEntryId, { minutes: 90 });
    edit(first, '01:00');

    expect(await enter(await projectTime())).toEqual({
      results: expect.objectContaining({
        outcome: 'differs',
        needsAttention: true,
        entries: [
          expect.objectContaining({
            logId: first,
            outcome: 'conflict',
            code: 'TIME_ENTRY_CHANGED',
            documentNumber: `ZT-${first}`,
            differenceKey: expect.stringMatching(/./),
            answers: 'settled',
          }),
        ],
      }),
    });
  });

  it('is asked about no more once somebody has said that an entry is right', async () => {
    const [first = ''] = enterTime(stage.sandbox);
    await enter(await projectTime());
    const [{ timeEntryId = '' } = {}] = listedEntries.parse(entries());
    stage.sandbox.admin.edit('xero', 'timeEntries', timeEntryId, { minutes: 90 });
    edit(first, '01:00');
    const time = await projectTime();
    await enter(time);

    const answered = await answer(time, `ZT-${first}`);

    expect([wordFor(answered), wordFor(await enter(time))]).toEqual(['updated', 'there already']);
    expect(entries()).toMatchObject([{ duration: 90 }]);
  });

  it('is answered by the number of an entry', async () => {
    enterTime(stage.sandbox);
    expect(wordFor(await answer(await projectTime(), 'INV-1'))).toContain('Number in Question');
  });

  it.each([[[0, 1]], [[1, 0]], [[1, 0, 1]], [[0, 1, 0]]])(
    'takes along what moves to another project, whatever comes first: %j',
    async (order) => {
      const [first = ''] = enterTime(stage.sandbox, 2);
      await enter(await projectTime());
      const client = { id: '4711', name: 'Ridgeway Bank' };
      const shop = stage.sandbox.admin.create('zoho-projects', 'projects', { name: 'Shop', client });
      const cart = stage.sandbox.admin.create('zoho-projects', 'tasks', { project: shop, name: 'Cart' });
      stage.sandbox.admin.act('zoho-projects', 'move-log', { log: first, task: cart });
      const both = await changed();

      for (const at of order) await enter(both[at]?.time ?? '');

      const places = new Map(
        listedProjects
          .parse(stage.sandbox.admin.records('xero', 'projects').records)
          .map((one) => [one.projectId, one.name]),
      );
      const stands = listedEntries.parse(entries()).map(({ projectId = '', description = '' }) => {
        return `${description.includes(first) ? 'moved' : 'stayed'}: ${places.get(projectId)}`;
      });
      expect(stands.toSorted()).toEqual(['moved: Shop', 'stayed: Website']);
    },
  );
});

const listedEntries = z.array(
  z.looseObject({
    timeEntryId: z.string().optional(),
    projectId: z.string().optional(),
    description: z.string().optional(),
  }),
);
const listedProjects = z.array(z.looseObject({ projectId: z.string(), name: z.string() }));
