import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { enterTime, TIME_RECIPE } from './support/billing-recipes.ts';
import { type Outcome, PackagedApp } from './support/packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

let app: PackagedApp;
let sandbox: Sandbox;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const listed = z.array(z.looseObject({ entry: z.string() }));

/** Time as its trigger hands it on. */
async function approved(): Promise<string[]> {
  const outcome = await app.call(
    'triggers.zoho_time_approved.operation.perform',
    { authData: signedIn(sandbox).zoho },
    {},
    sandbox.world.clock,
  );
  return listed.parse('results' in outcome ? outcome.results : outcome.error).map(({ entry }) => entry);
}

function enter(time: string, recipe = TIME_RECIPE): Promise<Outcome> {
  return app.call(
    'creates.xero_time_entry.operation.perform',
    { authData: signedIn(sandbox).xero, inputData: { recipe, time } },
    {},
    sandbox.world.clock,
  );
}

const entries = () => sandbox.admin.records('xero', 'timeEntries').records;

describe('approved time of Zoho Projects', () => {
  it('is entered one by one, whatever else stands in the project, on what is made for it', async () => {
    enterTime(sandbox, 3);

    const outcomes: unknown[] = [];
    for (const time of await approved()) outcomes.push(await enter(time));

    const entered = expect.objectContaining({ outcome: 'entered', project: 'Website', minutes: 140 });
    expect(outcomes).toEqual([{ results: entered }, { results: entered }, { results: entered }]);
    expect(entries()).toMatchObject([{ duration: 140 }, { duration: 140 }, { duration: 140 }]);
    expect(sandbox.admin.records('xero', 'projects').records).toMatchObject([{ name: 'Website' }]);
  });

  it('is entered once when the answer is lost', async () => {
    enterTime(sandbox);
    const [time = ''] = await approved();
    sandbox.world.faults.add({
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
    const [id = ''] = enterTime(sandbox);
    const [before = ''] = await approved();
    sandbox.admin.edit('zoho-projects', 'logs', id, { hours: '01:00' });
    const [after = ''] = await approved();
    await enter(after);

    expect(wordFor(await enter(before))).toBe('differs');
    expect(entries()).toMatchObject([{ duration: 60 }]);
  });

  it('goes to no timesheet, which a Zap cannot keep', async () => {
    enterTime(sandbox);
    const [time = ''] = await approved();
    const recipe = TIME_RECIPE.replace('accounts:', '  payroll: {}\naccounts:');
    expect(wordFor(await enter(time, recipe))).toContain('remembered in a store');
  });

  it('needs what its trigger hands on', async () => {
    expect(wordFor(await enter('2:20'))).toContain('Time for Billing Steps');
  });
});
