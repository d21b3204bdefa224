import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { startCommand } from '../support/command-line.ts';

const TIMEOUT_MS = 120_000;
let folder: string;
let file: string;
let sandbox: Sandbox;
let log: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'time-'));
  file = join(folder, 'time.yaml');
  sandbox = await startSandbox({ seed: 1 });
  const { admin } = sandbox;
  const enter = (collection: string, values: Record<string, unknown>): string =>
    admin.create('zoho-projects', collection, values);
  enter('users', { name: 'Ann Lee', email: 'ann@agency.test' });
  enter('users', { name: 'Tom Adler', email: 'tom@agency.test' });
  const project = enter('projects', { name: 'Website', client: { id: '4711', name: 'Ridgeway Bank' } });
  const task = enter('tasks', { project, name: 'Wireframes' });
  const work = { task, date: '2026-10-05', approval: 'Approved' };
  log = enter('logs', { ...work, hours: '02:20', owner: 'ann@agency.test', notes: 'Sketches' });
  enter('logs', { ...work, hours: '01:00', owner: 'tom@agency.test' });
  admin.create('xero', 'employees', { firstName: 'Ann', lastName: 'Lee', email: 'ann@agency.test' });
  writeFileSync(join(folder, 'connections.json'), JSON.stringify(sandbox.connections));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function run(...words: readonly string[]) {
  // Its clock stands still otherwise, and a minute has 60 calls.
  sandbox.world.clock.advance(60_000);
  const where = ['--home', join(folder, 'home'), '--connections', join(folder, 'connections.json')];
  return startCommand([...words, ...where], {}).ended;
}

function recipe(destinations: string, people: string): void {
  writeFileSync(
    file,
    [
      'recipe: time-entries/v1',
      'name: time',
      'cutOver: 2026-07-01',
      `destinations: ${destinations}`,
      'accounts:',
      '  rates: [{ rate: 150 }]',
      '  people:',
      people,
    ].join('\n'),
  );
}

test(
  'check names every person, project and earnings rate that Xero does not have, with its line and the nearest',
  async () => {
    recipe(
      '{ xero-projects: {}, payroll: { earningsRate: Ordinary Hour } }',
      [
        '    ann@agency.test: { user: adda@sandbox.test, employee: Anne Lee }',
        '    bea@agency.test: { earningsRate: Overtime Hourz }',
      ].join('\n'),
    );

    const { exitCode, stdout } = await run('check', file, '--json');

    const { problems } = z
      .object({ problems: z.array(z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(stdout));
    expect(exitCode).toBe(2);
    expect(problems.map(({ line, code, message, suggestion }) => [line, code, message, suggestion])).toEqual([
      [4, 'PROJECT_MISSING', 'Xero has no project Website', expect.stringContaining('create: [projects')],
      [4, 'ACCOUNT_UNMAPPED', 'Payroll has no earnings rate Ordinary Hour', 'Did you mean Ordinary Hours?'],
      [7, 'ACCOUNT_UNMAPPED', 'Payroll has no employee tom@agency.test', expect.any(String)],
      [8, 'ACCOUNT_UNMAPPED', 'Xero has no user adda@sandbox.test', 'Did you mean ada@sandbox.test?'],
      [8, 'ACCOUNT_UNMAPPED', 'Payroll has no employee Anne Lee', 'Did you mean Ann Lee?'],
      [9, 'ACCOUNT_UNMAPPED', 'Payroll has no earnings rate Overtime Hourz', 'Did you mean Overtime Hours?'],
    ]);
  },
  TIMEOUT_MS,
);

test(
  'plan shows what goes where, sync writes it, and what waits is listed and answered',
  async () => {
    recipe(
      '{ xero-projects: { create: [contacts, projects, tasks] }, payroll: { earningsRate: Ordinary Hours } }',
      '    ann@agency.test: { user: ada@sandbox.test }',
    );

    const planned = await run('plan', file);
    const synced = await run('sync', file, '--json');
    const again = await run('sync', file, '--json');
    const status = await run('status', 'time', '--json');
    const failures = await run('failures', 'list', 'time', '--json');

    const row = /create +2026-10-05 +Ada Lovelace +Website +Wireframes +2:20 +Sketches \[ZT-\d+\]/;
    expect(planned.stdout).toMatch(row);
    expect(planned.stdout).toMatch(/Timesheet {2}Ann Lee, 2026-10-05 to 2026-10-11/);
    expect(planned.stdout).toMatch(/2026-10-05 +Ordinary Hours +2\.3333/);
    expect([synced.exitCode, JSON.parse(synced.stdout)]).toMatchObject([
      1,
      { counts: { applied: 2, failed: 2 }, writes: { xero: 5 } },
    ]);
    expect(JSON.parse(again.stdout)).toMatchObject({ counts: { unchanged: 2 }, writes: { xero: 0 } });
    expect(JSON.parse(status.stdout)).toMatchObject({ recipes: [{ recipe: 'time' }] });
    const { failures: rows } = z
      .object({ failures: z.array(z.object({ code: z.string(), message: z.string() })) })
      .parse(JSON.parse(failures.stdout));
    expect(rows.map(({ code }) => code)).toEqual(['ACCOUNT_UNMAPPED', 'ACCOUNT_UNMAPPED']);
  },
  TIMEOUT_MS,
);

test(
  'a difference about an invoiced entry is listed with its answer, and settled by it',
  async () => {
    recipe(
      '{ xero-projects: { create: [contacts, projects, tasks] } }',
      '    ann@agency.test: { user: ada@sandbox.test }',
    );
    await run('sync', file);
    const entry = sandbox.admin.records('xero', 'timeEntries', { limit: 10, offset: 0 }).records[0];
    sandbox.admin.act('xero', 'time-status', { timeEntries: [entry?.timeEntryId], status: 'INVOICED' });
    sandbox.admin.edit('zoho-projects', 'logs', log, { hours: '03:00' });

    await run('sync', file);
    const listed = await run('conflicts', 'list', 'time', '--json');
    const refused = await run('conflicts', 'resolve', log, '--answer', 'next-invoice');
    const resolved = await run('conflicts', 'resolve', log, '--answer', 'settled', '--json');

    expect(JSON.parse(listed.stdout)).toMatchObject({ conflicts: [{ code: 'TIME_ENTRY_CLOSED' }] });
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--answer settled')]);
    expect(JSON.parse(resolved.stdout)).toMatchObject({ resolved: true });
  },
  TIMEOUT_MS,
);
