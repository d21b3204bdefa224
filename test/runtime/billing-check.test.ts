import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { startCommand } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'billing-check-'));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1 });
  sandbox.admin.act('xero', 'archive-account', { code: '203' });
  writeFileSync(join(folder, 'connections.json'), JSON.stringify(sandbox.connections));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const checked = z.object({
  ok: z.boolean(),
  problems: z.array(
    z.object({ line: z.number(), path: z.string().min(1), code: z.string(), suggestion: z.string().min(1) }),
  ),
});

test('a map with ten faults is told all ten at once, each with its line, and nothing is written', async () => {
  const map = join(folder, 'accounts.yaml');
  writeFileSync(
    map,
    [
      'map: account-map/v1',
      'time: { account: 299 }',
      'fixed: { account: 203 }',
      'categories:',
      '  Website: { account: 610 }',
      '  Consulting: { account: 200, tax: INPUT }',
      '  Design: { account: 200, tracking: { Planet: Mars } }',
      'expenses:',
      '  Travel: { account: 090 }',
      '  Lodging: { account: 493, charge: { account: 960 } }',
      'taxes:',
      '  GST: { sales: NONSENSE, purchases: GST2 }',
      'paidThrough:',
      '  Petty Cash: 200',
    ].join('\n'),
  );

  const { exitCode, stdout } = await startCommand(
    [
      'check',
      map,
      '--json',
      '--home',
      join(folder, 'home'),
      '--connections',
      join(folder, 'connections.json'),
    ],
    {},
  ).ended;

  const { ok, problems } = checked.parse(JSON.parse(stdout));
  expect({ exitCode, ok }).toEqual({ exitCode: 2, ok: false });
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [2, 'ACCOUNT_UNUSABLE'],
    [3, 'ACCOUNT_UNUSABLE'],
    [5, 'ACCOUNT_UNUSABLE'],
    [6, 'TAX_NOT_ALLOWED'],
    [7, 'TRACKING_UNKNOWN'],
    [9, 'ACCOUNT_UNUSABLE'],
    [10, 'ACCOUNT_UNUSABLE'],
    [12, 'TAX_NOT_ALLOWED'],
    [12, 'TAX_NOT_ALLOWED'],
    [14, 'ACCOUNT_UNUSABLE'],
  ]);
}, 60_000);

test('a drafted map holds against the accounts it was drafted from', async () => {
  sandbox.admin.seedZoho({ seed: 3 });
  const where = ['--home', join(folder, 'home'), '--connections', join(folder, 'connections.json')];
  const drafted = await startCommand(['accounts', ...where], {}).ended;
  const map = join(folder, 'drafted.yaml');
  writeFileSync(map, drafted.stdout);

  const { exitCode, stdout } = await startCommand(['check', map, '--json', ...where], {}).ended;

  const { ok, problems } = checked.parse(JSON.parse(stdout));
  expect({ exitCode, ok, problems }).toEqual({ exitCode: 0, ok: true, problems: [] });
}, 60_000);
