import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIGN_IN_SYSTEMS } from '@stackbridge/credentials/systems.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { type CommandResult, startCommand } from '../support/command-line.ts';
import { applicationOf, connect } from '../support/connect-command.ts';

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: 'running' });
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-connect-and-sync-'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const home = () => ({ STACKBRIDGE_HOME: join(folder, 'home'), STACKBRIDGE_VAULT_KEY_IN: 'file' });
const run = (...args: string[]): Promise<CommandResult> => startCommand(args, home()).ended;

test('sign-ins through the four consent pages sync contacts and bill a milestone after every token has ended', async () => {
  sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });
  sandbox.admin.seed({ contacts: 40, mess: 0 });
  enterClosedMilestone();
  for (const system of SIGN_IN_SYSTEMS) {
    const connected = await connect(system, applicationOf(system, { ...sandbox.signIns[system] }), home());
    expect(connected).toMatchObject({ exitCode: 0 });
  }
  // Mailchimp's tokens have no end. Salesforce's organisation moves to another instance meanwhile.
  sandbox.admin.act('salesforce', 'settings', { instance: 'na2' });
  sandbox.salesforce.expireTokens();
  sandbox.zohoAccounts.expireTokens();
  sandbox.xero.expireTokens();

  const contacts = await run('sync', 'recipes/contacts.yaml', '--json', '--verbose');
  const billing = await run('sync', 'recipes/milestones.yaml', '--json', '--verbose');
  const again = [
    await run('sync', 'recipes/contacts.yaml', '--json'),
    await run('sync', 'recipes/milestones.yaml', '--json'),
  ];

  expect([contacts, billing, ...again].map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toMatchObject(
    Array(4).fill({ exitCode: 0 }),
  );
  expect(JSON.parse(contacts.stdout).counts).toMatchObject({ failed: 0, conflicts: 0 });
  expect(JSON.parse(contacts.stdout).calls.salesforce).toBeGreaterThan(0);
  const invoices = sandbox.admin.records('xero', 'invoices', { limit: 10, offset: 0 }).records;
  // 2 hours 20 minutes at 150.00 an hour, and GST of 10 %.
  expect(invoices.map(({ SubTotal, Total }) => [SubTotal, Total])).toEqual([[350, 385]]);
  for (const { stdout } of again) {
    const { writes } = JSON.parse(stdout);
    expect(Object.values(writes).filter((count) => count !== 0)).toEqual([]);
  }
  const told = [contacts, billing].flatMap(({ stdout, stderr }) => [stdout, stderr]).join('\n');
  const secrets = [
    ...Object.values(sandbox.signIns).map(({ clientSecret }) => clientSecret),
    ...sandbox.salesforce.auth.liveTokens(),
    ...sandbox.mailchimp.account.tokens,
    ...sandbox.zohoAccounts.grants.liveTokens(),
    ...sandbox.xero.auth.liveTokens(),
  ];
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  // One for the consent, one for the renewal, whatever the number of runs.
  const { calls } = sandbox.world;
  expect({
    salesforce: calls.total('salesforce', 'token'),
    zoho: calls.total('zoho-accounts', 'oauth.token'),
    xero: calls.total('xero', 'identity.token'),
  }).toEqual({ salesforce: 2, zoho: 2, xero: 2 });
});

function enterClosedMilestone(): void {
  const { admin } = sandbox;
  const enter = (collection: string, values: Record<string, unknown>): string =>
    admin.create('zoho-projects', collection, values);
  enter('users', { name: 'Tom Adler', email: 'tom@agency.test' });
  const client = { id: '460000000026049', name: 'Ridgeway Bank' };
  const project = enter('projects', { name: 'Website relaunch', group: 'Website', client });
  const milestone = enter('phases', { project, name: 'Design' });
  const task = enter('tasks', { project, milestone, name: 'Wireframes' });
  enter('logs', {
    task,
    hours: '02:20',
    owner: 'tom@agency.test',
    bill_status: 'Billable',
    date: new Date().toISOString().slice(0, 10),
    approval: 'Approved',
  });
  admin.act('zoho-projects', 'close-milestone', { milestone });
}
