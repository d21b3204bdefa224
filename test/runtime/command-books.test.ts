import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { startCommand } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'command-books-'));
const EXPENSES = join(import.meta.dirname, '../../recipes/expenses.yaml');
const INVOICES = join(import.meta.dirname, '../../recipes/zoho-invoices.yaml');
let sandbox: Sandbox;
let hotel = '';

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1 });
  // Every command counts its own calls of the minute; together they would wait for it to pass.
  sandbox.admin.act('xero', 'settings', { perMinute: 10_000 });
  const enter = (collection: string, values: object): string =>
    sandbox.admin.create('zoho-books', collection, { ...values });
  const bank = enter('contacts', { contact_name: 'Ridgeway Bank' });
  const inn = enter('contacts', { contact_name: 'Harbour Inn', contact_type: 'vendor' });
  const lodging = enter('accounts', { account_name: 'Lodging', account_code: '6110' });
  const meals = enter('accounts', { account_name: 'Meals', account_code: '6120' });
  const sales = enter('accounts', { account_name: 'Sales', account_type: 'income' });
  const gst = enter('taxes', { tax_name: 'GST', tax_percentage: '10' });
  const site = enter('projects', { project_name: 'Website', customer_id: bank });
  const expense = { date: '2026-10-08', tax_id: gst, vendor_id: inn, project_id: site, is_billable: true };
  hotel = enter('expenses', { ...expense, account_id: lodging, amount: '187.35' });
  const receipt = { fileName: 'hotel.pdf', contentType: 'application/pdf', base64: 'JVBERi0xLjQK' };
  sandbox.admin.act('zoho-books', 'attach-receipt', { expense: hotel, receipt });
  enter('expenses', { ...expense, account_id: meals, amount: '33.00' });
  enter('invoices', {
    invoice_number: 'INV-000012',
    status: 'sent',
    date: '2026-10-05',
    customer_id: bank,
    line_items: [{ name: 'Hosting', rate: '49.95', quantity: '2', account_id: sales, tax_id: gst }],
  });
  writeFileSync(join(folder, 'connections.json'), JSON.stringify(sandbox.connections));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: readonly string[]): Promise<{ exitCode: number | null; json: unknown }> {
  const where = ['--home', join(folder, 'home'), '--connections', join(folder, 'connections.json')];
  const { exitCode, stdout } = await startCommand([...args, '--json', ...where], {}).ended;
  return { exitCode, json: JSON.parse(stdout) };
}

test('the command checks, plans, runs and reports both recipes of the books', async () => {
  const checked = await run('check', EXPENSES, INVOICES);
  const planned = await run('plan', EXPENSES, INVOICES);
  const synced = await run('sync', EXPENSES, INVOICES);
  const failures = await run('failures', 'list');
  const conflicts = await run('conflicts', 'list');
  const status = await run('status');
  const shown = await startCommand(
    ['status', 'zoho-invoices', '--home', join(folder, 'home'), '--no-color'],
    {},
  ).ended;

  expect(checked).toMatchObject({
    exitCode: 2,
    json: { ok: false, problems: [{ code: 'ACCOUNT_UNMAPPED', path: 'expenses.Meals' }] },
  });
  expect(planned).toMatchObject({
    exitCode: 0,
    json: {
      plans: [
        {
          recipe: 'expenses',
          planned: { creates: 1, updates: 0, deletes: 0, followUps: 2 },
          subjects: [
            { outcome: 'parked', issues: [{ code: 'ACCOUNT_UNMAPPED' }] },
            {
              outcome: 'create',
              document: { title: 'Bill', subTotal: '187.35', totalTax: '18.74', total: '206.09' },
              followUps: ['with receipt hotel.pdf', 'to be charged to Ridgeway Bank'],
            },
          ],
        },
        {
          recipe: 'zoho-invoices',
          subjects: [{ document: { number: 'INV-000012', totalTax: '9.99', total: '109.89' } }],
        },
      ],
    },
  });
  expect(synced).toMatchObject({
    exitCode: 1,
    json: {
      runs: [
        { recipe: 'expenses', counts: { applied: 1, failed: 1 } },
        { recipe: 'zoho-invoices', counts: { applied: 1, failed: 0 } },
      ],
    },
  });
  expect(failures).toMatchObject({
    exitCode: 0,
    json: { failures: [{ recipe: 'expenses', code: 'ACCOUNT_UNMAPPED' }] },
  });
  expect(conflicts).toEqual({ exitCode: 0, json: { conflicts: [] } });
  expect(shown.stdout).toMatch(/1 +billed\n/);
  expect(shown.stdout).not.toMatch(/in sync|Mailchimp/);
  expect(status).toMatchObject({
    exitCode: 0,
    json: {
      recipes: [
        {
          recipe: 'expenses',
          billed: 1,
          failing: 1,
          warnings: ['1 record failing, more than 5 % of 1 billed'],
        },
        { recipe: 'zoho-invoices', billed: 1, failing: 0, warnings: [] },
      ],
    },
  });
}, 120_000);

test('a person decides on a bill that was approved before its expense changed', async () => {
  sandbox.admin.act('xero', 'authorise', { invoice: `ZE-${hotel}` });
  sandbox.admin.edit('zoho-books', 'expenses', hotel, { amount: '200.00' });

  const synced = await run('sync', EXPENSES);
  const resolved = await run('conflicts', 'resolve', `ZE-${hotel}`, '--answer', 'settled');

  expect(synced).toMatchObject({ exitCode: 1, json: { counts: { applied: 0, conflicts: 1 } } });
  expect(resolved).toMatchObject({ exitCode: 0, json: { resolved: true } });
}, 120_000);
