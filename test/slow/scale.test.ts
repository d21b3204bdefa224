import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readyRecipes } from 'stackbridge/commands/ready-recipe.ts';
import { createAdminClient } from 'stackbridge/demo/admin-client.ts';
import { type Comparison, compareSystems } from 'stackbridge/demo/compare.ts';
import { openSession } from 'stackbridge/session.ts';
import { openTerminal } from 'stackbridge/show/terminal.ts';
import { z } from 'zod';
import { type CommandBench, openBench } from '../support/command-line.ts';

const RECIPE = fileURLToPath(new URL('../../recipes/contacts.yaml', import.meta.url));
const CONTACTS = 20_000;
/** Past the overlap that each cycle reads again. */
const QUIET_MS = 10 * 60_000;

const run = z.object({
  counts: z.record(z.string(), z.number()),
  writes: z.record(z.string(), z.number()),
  pending: z.number().optional(),
  stoppedBy: z.string().optional(),
});
type Run = z.infer<typeof run>;

describe('20,000 messy contacts, synced both ways by the command', () => {
  let bench: CommandBench;

  beforeAll(async () => {
    bench = await openBench(20);
    await bench.admin('/seed', { seed: 20, contacts: CONTACTS, leads: 0 });
  });
  afterAll(() => bench.close());

  test('the first sync accounts for every record and brings both sides to agree', async () => {
    const first = await sync('--allow', 'overwrites,deletes');

    const { stoppedBy, pending, writes } = first;
    expect({ stoppedBy, pending }).toEqual({});
    expect(Object.entries(writes).filter(([, written]) => written < CONTACTS / 20)).toEqual([]);
    expect(await compare()).toMatchObject({ differences: [] });
  });

  test('a second sync, and a whole one, write nothing', async () => {
    const again = await sync();
    const whole = await sync('--full', '--allow', 'overwrites,deletes');

    expect([again.writes, whole.writes]).toEqual([
      { salesforce: 0, mailchimp: 0 },
      { salesforce: 0, mailchimp: 0 },
    ]);
  });

  test('after a day of edits on both sides they agree again, and the next sync writes nothing', async () => {
    await bench.admin('/live', { seed: 3, edits: 2000 });

    const edited = await sync('--allow', 'overwrites,deletes');
    await bench.admin('/clock', { advanceMs: QUIET_MS });
    const again = await sync();

    expect(edited.stoppedBy).toBeUndefined();
    expect(again.writes).toEqual({ salesforce: 0, mailchimp: 0 });
    expect(await compare()).toMatchObject({ differences: [] });
  });

  async function sync(...flags: string[]): Promise<Run> {
    const { document } = await bench.json('sync', RECIPE, '--quiet', ...flags);
    return run.parse(document);
  }

  async function compare(): Promise<Comparison> {
    const terminal = openTerminal({ json: true, quiet: true, verbose: false, color: false });
    const { connectionsFile } = bench;
    await using session = await openSession({ home: join(bench.folder, 'home'), connectionsFile, terminal });
    const [recipe] = await readyRecipes([RECIPE], session, 'run');
    if (recipe === undefined) throw new Error('No recipe');
    return await compareSystems(recipe, session.store, createAdminClient(bench.sandbox.adminUrl));
  }
});
