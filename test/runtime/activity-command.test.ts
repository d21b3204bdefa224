import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { startCommand } from '../support/command-line.ts';
import { missingFrom } from '../support/documented-json.ts';

const READY = join(import.meta.dirname, '../../recipes/campaign-activity.yaml');
const folder = mkdtempSync(join(tmpdir(), 'activity-command-'));
let sandbox: Sandbox;
let campaign: string;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, clock: 'running' });
  writeFileSync(join(folder, 'connections.json'), JSON.stringify(sandbox.connections));
  const { admin } = sandbox;
  admin.create('salesforce', 'Contact', { LastName: 'Lovelace', Email: 'ada@acme.test' });
  for (const name of ['ada', 'bob'])
    admin.create('mailchimp', 'aud0000001', { email_address: `${name}@acme.test` });
  campaign = admin.create('mailchimp', 'campaigns', { list: 'aud0000001', title: 'Autumn' });
  admin.act('mailchimp', 'open', { campaign, to: 'ada@acme.test' });
  admin.act('mailchimp', 'click', { campaign, to: 'ada@acme.test', url: 'https://acme.test/' });
  admin.act('mailchimp', 'open', { campaign, to: 'bob@acme.test' });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ exitCode: number; document: Record<string, unknown> }> {
  const where = ['--home', join(folder, 'home'), '--connections', join(folder, 'connections.json')];
  const { exitCode, stdout, stderr } = await startCommand([...args, '--json', ...where], {}).ended;
  if (stdout === '') throw new Error(stderr);
  return { exitCode: Number(exitCode), document: Object(JSON.parse(stdout)) };
}

/** The block on campaign activity under `plan`. */
function documentedPlan(): unknown {
  const text = readFileSync(join(import.meta.dirname, '../../docs/command.md'), 'utf8');
  const [, json = ''] = /^For campaign activity [\s\S]*?```json\n([\s\S]*?)\n```/m.exec(text) ?? [];
  return JSON.parse(json);
}

const written = (object: string): number => sandbox.admin.records('salesforce', object).total;

test('a recipe is held against both accounts: each fault with its line and what was likely meant', async () => {
  const file = join(folder, 'wrong.yaml');
  const text = readFileSync(READY, 'utf8')
    .replace('at: Occurred_At__c', 'at: Occured_At__c')
    .replace('score: Engagement_Score__c', 'score: LastName')
    .replace('taskKey: Event_Key__c', 'taskKey: Subject');
  writeFileSync(file, text);
  const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

  const { exitCode, document } = await run('check', file);

  expect({ exitCode, problems: document.problems }).toMatchObject({
    exitCode: 2,
    problems: [
      {
        line: lineOf('Occured_At__c'),
        code: 'BRAKE_FIELD_MISSING',
        suggestion: 'Did you mean Occurred_At__c?',
      },
      { line: lineOf('score: LastName'), code: 'RECIPE_INVALID' },
      { line: lineOf('score: LastName'), code: 'RECIPE_INVALID' },
      { line: lineOf('taskKey: Subject'), code: 'RECIPE_INVALID' },
    ],
  });
}, 60_000);

test.each(['plan', 'sync'])(
  '%s refuses --full, which activity has no use for',
  async (command) => {
    const { exitCode, document } = await run(command, READY, '--full');

    expect({ exitCode, error: document.error }).toEqual({
      exitCode: 2,
      error: {
        code: 'USAGE',
        class: 'Usage',
        message: '--full concerns recipes for contacts',
        next: 'Leave it out: billing reads everything, and campaign activity whatever its reports have counted',
      },
    });
  },
  60_000,
);

test('the ready recipe is checked, planned without a write, run, and told of', async () => {
  const check = await run('check', READY);
  const plan = await run('plan', READY);
  const before = ['Campaign', 'Task', 'Mailchimp_Engagement__c'].map(written);
  const sync = await run('sync', READY);
  const again = await run('sync', READY);
  const failures = await run('failures', 'list', 'campaign-activity');
  const status = await run('status');
  const history = await run('history');

  expect([check, plan, sync, again, failures, status, history].map(({ exitCode }) => exitCode)).toEqual([
    0, 0, 1, 0, 0, 0, 0,
  ]);
  expect(before).toEqual([0, 0, 0]);
  expect(plan.document).toMatchObject({
    dryRun: true,
    pending: 2,
    subjects: [
      { person: { object: 'Contact' }, events: [{ outcome: 'apply' }, { outcome: 'apply' }] },
      { events: [{ outcome: 'parked' }], issue: { code: 'PERSON_UNKNOWN' } },
    ],
  });
  expect(missingFrom(plan.document, documentedPlan())).toEqual([]);
  expect(sync.document).toMatchObject({
    counts: { applied: 2, unchanged: 0, excluded: 0, conflicts: 0, failed: 1 },
    writes: { salesforce: 10 },
  });
  expect(again.document).toMatchObject({ counts: { applied: 0, failed: 0 }, writes: { salesforce: 0 } });
  expect(failures.document).toMatchObject({ failures: [{ code: 'PERSON_UNKNOWN' }] });
  // One open and one click, for a person who is known; half of the people, though not 5 % of many.
  expect(status.document).toMatchObject({
    recipes: [
      {
        recipe: 'campaign-activity',
        delivered: 2,
        failing: 1,
        warnings: ['1 record failing, more than 5 % of 2 delivered'],
      },
    ],
  });
  expect(JSON.stringify(failures.document)).not.toContain('bob@acme.test');
  expect(['Campaign', 'Task', 'Mailchimp_Engagement__c', 'CampaignMember'].map(written)).toEqual([
    1, 1, 2, 1,
  ]);
}, 120_000);
