import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { checkArchive } from 'stackbridge-zapier/build/check-archive.ts';
import { z } from 'zod';
import { PackagedApp } from './support/packaged-app.ts';

/** A build installs, bundles, validates and packs. */
const BUILD_MS = 240_000;
const BUILD = fileURLToPath(new URL('../../zapier-app/build/main.ts', import.meta.url));
const RECIPE = `
recipe: contact-sync/v1
name: acme
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
base: { salesforce: Stamp__c, mailchimp: STAMP }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
`;

const ACTIVITY = `
recipe: campaign-activity/v1
name: activity
to: { tasks: {} }
`;
const READY = fileURLToPath(new URL('../../recipes/', import.meta.url));
const steps = z.record(
  z.string(),
  z.object({ operation: z.object({ inputFields: z.array(z.object({ key: z.string() })).default([]) }) }),
);
const definition = z.object({
  results: z.object({
    triggers: steps,
    creates: steps,
  }),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-client-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function build(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [BUILD, ...args], { encoding: 'utf8' });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('an app for one client', () => {
  it(
    "has that client's recipe built in, its own systems to connect, and its own steps",
    async () => {
      const out = join(folder, 'acme');
      const recipes = ['--recipe', file('acme.yaml', RECIPE), '--recipe', file('activity.yaml', ACTIVITY)];

      const built = build('--name', 'acme-sync', '--pattern', 'contacts', ...recipes, '--out', out);
      expect([built.status, built.stderr]).toEqual([0, '']);

      const app = await PackagedApp.open(join(out, 'build', 'build.zip'));
      try {
        const outcome = await app.definition();
        const text = JSON.stringify(outcome);
        expect(text).toContain('"choices":{"salesforce":"Salesforce","mailchimp":"Mailchimp"}');
        expect(text).not.toMatch(/"key":"(recipe|xero_\w+|zoho_\w+)"/);
        const act = await app.call('creates.sync_to_mailchimp.operation.perform', {
          authData: { system: 'mailchimp', access_token: 'a', api_url: 'https://us1.api.mailchimp.com/3.0' },
          inputData: { record: 'none' },
        });
        expect(act).toEqual({
          error: { name: 'AppError', message: expect.stringContaining('Record for Sync Steps') },
        });
      } finally {
        await app.close();
      }
    },
    BUILD_MS,
  );

  it(
    'has the recipes for billing built in, with the account map',
    async () => {
      const out = join(folder, 'billed');
      const files = ['milestones', 'expenses', 'zoho-invoices', 'time-entries', 'accounts'].map((name) =>
        join(READY, `${name}.yaml`),
      );
      const [milestones = '', expenses = '', invoices = '', time = '', accounts = ''] = files;

      const recipes = [milestones, expenses, invoices, time].flatMap((path) => ['--recipe', path]);
      const built = build(...recipes, '--accounts', accounts, '--out', out);
      expect([built.status, built.stderr]).toEqual([0, '']);

      const app = await PackagedApp.open(join(out, 'build', 'build.zip'));
      try {
        const { triggers, creates } = definition.parse(await app.definition()).results;
        const fieldsOf = (name: string) => creates[name]?.operation.inputFields.map(({ key }) => key);
        expect(fieldsOf('xero_milestone_invoice')).toEqual(['organisation', 'work']);
        expect(fieldsOf('xero_expense')).toEqual(['organisation', 'expense', 'receipt']);
        expect(fieldsOf('xero_zoho_invoice')).toEqual(['organisation', 'invoice']);
        expect(fieldsOf('xero_time_entry')).toEqual(['organisation', 'time', 'allowsDeletes']);
        expect(fieldsOf('xero_answer_difference')).toContain('recipe');
        const withField = Object.entries(triggers).filter(([, { operation }]) =>
          operation.inputFields.some(({ key }) => key === 'recipe'),
        );
        expect(withField.map(([key]) => key).filter((key) => key.startsWith('zoho_'))).toEqual([]);
        // The recipe is read before the work that it bills.
        const act = await app.call('creates.xero_milestone_invoice.operation.perform', {
          authData: {
            system: 'xero',
            access_token: 'a',
            refresh_token: 'b',
            api_url: 'https://api.xero.com',
          },
          inputData: { work: 'none' },
        });
        expect(act).toEqual({
          error: { name: 'AppError', message: expect.stringContaining('Work for Billing Steps') },
        });
      } finally {
        await app.close();
      }
    },
    BUILD_MS,
  );

  it('names every fault of an account map with file and line', () => {
    const map = file('map.yaml', 'map: account-map/v1\nratez: []\n');
    const { status, stderr } = build('--recipe', join(READY, 'milestones.yaml'), '--accounts', map);
    expect([status, stderr]).toEqual([1, expect.stringContaining('map.yaml:2: ')]);
  });

  it('asks for the account map that a recipe names', () => {
    const { status, stderr } = build('--recipe', join(READY, 'milestones.yaml'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('by --accounts')]);
  });

  it.each([
    ['--recipe', 'missing.yaml', 'missing.yaml cannot be read'],
    ['--pattern', 'everything', '--pattern everything: write one of contacts, billing, all'],
    ['--name', 'Acme Ltd', 'write small letters, digits and single hyphens'],
    ['--colour', 'red', "Unknown option '--colour'"],
  ])('is refused with %s %s, before anything is built', (option, value, message) => {
    const { status, stdout, stderr } = build(option, value, '--out', join(folder, 'refused'));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  it('names every fault of a recipe with file and line', () => {
    const path = file('faulty.yaml', RECIPE.replace('object: Contact', 'object: Contract'));
    const { status, stderr } = build('--recipe', path);
    expect([status, stderr]).toEqual([1, expect.stringContaining('faulty.yaml:4: ')]);
  });

  it('says that a Zap has no store to keep the base in', () => {
    const path = file('stored.yaml', RECIPE.replace(/base: .*\n/, ''));
    const { status, stderr } = build('--recipe', path);
    expect([status, stderr]).toEqual([1, expect.stringContaining('a Zap has no store')]);
  });
});

describe('the check of an archive', () => {
  const archiveOf = (files: Readonly<Record<string, string>>): string => {
    const path = join(folder, 'checked.zip');
    const content = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]),
    );
    writeFileSync(path, zipSync(content));
    return path;
  };

  it('finds tests, settings, secrets and strangers', () => {
    const key = `${'0123456789abcdef'.repeat(2)}-us19`;
    const path = archiveOf({
      'dist/index.js': `const key = "${key}";`,
      'package.json': '{}',
      '.env': 'A=1',
      'test/a.test.ts': '',
      'notes.txt': 'the-building-secret',
    });
    expect(checkArchive(path, ['the-building-secret']).faults).toEqual([
      { file: '.env', what: 'not part of an app' },
      { file: '.env', what: 'settings of whoever built it' },
      { file: 'dist/index.js', what: 'a Mailchimp API key' },
      { file: 'notes.txt', what: 'not part of an app' },
      { file: 'notes.txt', what: 'a secret of the building environment' },
      { file: 'test/a.test.ts', what: 'not part of an app' },
      { file: 'test/a.test.ts', what: 'a test' },
    ]);
  });

  it('lets an app through', () => {
    const path = archiveOf({ 'dist/index.js': '', 'package.json': '{}', 'node_modules/a/index.js': '' });
    expect(checkArchive(path).faults).toEqual([]);
  });
});
