import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { INodeParameters } from 'n8n-workflow';
import { type N8nProcess, type RemoteN8n, startN8n } from './support/n8n-process.ts';
import { sandboxCredentials } from './support/sandbox-credentials.ts';

const RECIPE = `
recipe: milestone-invoice/v1
name: milestones
cutOver: 2026-07-01
bill: { expenses: false }
contacts: create
accounts:
  time: { account: 200 }
  rates: [{ rate: 150 }]
`;

let host: N8nProcess;
let sandbox: Sandbox;
let n8n: RemoteN8n;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());
beforeEach(async () => {
  sandbox = await startSandbox({ now: new Date().toISOString(), seed: 1 });
  n8n = host.with(sandboxCredentials(sandbox));
  enter('users', { name: 'Grace Obi', email: 'grace@agency.test' });
});
afterEach(() => sandbox.close());

function enter(collection: string, values: object): string {
  return sandbox.admin.create('zoho-projects', collection, { ...values });
}

/** A project with one completed milestone and one hour on it. */
function complete(name: string): { readonly milestone: string; readonly task: string } {
  const project = enter('projects', { name, client: { id: name, name: `${name} Ltd` } });
  const milestone = enter('phases', { project, name: 'Design', closed: true });
  const task = enter('tasks', { project, milestone, name: 'Wireframes' });
  enterHour(task);
  return { milestone, task };
}

function enterHour(task: string): void {
  const date = new Date(sandbox.world.clock.now()).toISOString().slice(0, 10);
  enter('logs', { task, date, hours: '01:00', owner: 'grace@agency.test', approval: 'Approved' });
}

function bill(parameters: INodeParameters) {
  return n8n.run({
    type: 'stackbridgeProjectBilling',
    parameters: { organisation: '', recipe: RECIPE, ...parameters },
  });
}

const invoices = () => sandbox.admin.records('xero', 'invoices').records;

describe('Stackbridge Project Billing', () => {
  test('previews what it would bill, and writes nothing', async () => {
    const { milestone } = complete('Website');

    const { outputs, error } = await bill({ operation: 'preview' });

    expect(error).toBeUndefined();
    expect(outputs).toEqual([
      [
        {
          json: expect.objectContaining({
            outcome: 'planned',
            subject: milestone,
            action: 'create',
            written: false,
            preview: expect.any(Object),
          }),
          pairedItem: [{ item: 0 }],
        },
      ],
      [],
      [],
    ]);
    expect(invoices()).toEqual([]);
  });

  test('finds the account map to fit the live chart of accounts', async () => {
    const { outputs } = await bill({ operation: 'checkAccountMap' });

    expect(outputs).toEqual([[{ json: { outcome: 'fits', faults: 0 }, pairedItem: { item: 0 } }], [], []]);
  });

  test('lists every entry of the account map that the accounts do not bear out, and writes nothing', async () => {
    complete('Website');
    const recipe = RECIPE.replace('account: 200', 'account: 201');

    const { outputs } = await bill({ operation: 'checkAccountMap', recipe });

    expect(outputs).toEqual([
      [{ json: { outcome: 'faults', faults: 1 }, pairedItem: { item: 0 } }],
      [],
      [
        {
          json: {
            code: expect.any(String),
            path: 'time.account',
            message: expect.stringContaining('201'),
            suggestion: expect.stringContaining('200'),
          },
          pairedItem: { item: 0 },
        },
      ],
    ]);
    expect(invoices()).toEqual([]);
  });

  test('offers the organisations that the credential reaches, by what is typed', async () => {
    const placed = { type: 'stackbridgeProjectBilling', parameters: {} };
    const [tenantId = ''] = sandbox.xero.tenantIds;

    const { results } = await n8n.search(placed, 'searchOrganisations');
    const [{ name = '' } = {}] = results;
    const found = await n8n.search(placed, 'searchOrganisations', name.slice(0, 3).toUpperCase());
    const none = await n8n.search(placed, 'searchOrganisations', 'no such organisation');

    expect(results).toContainEqual({ name: expect.any(String), value: tenantId });
    expect(found.results).toContainEqual({ name, value: tenantId });
    expect(none.results).toEqual([]);
  });

  test('hands out what was billed before Xero closed the door, and the rest with what to do', async () => {
    const website = complete('Website');
    await bill({ operation: 'invoiceMilestone' });
    enterHour(website.task);
    const shop = complete('Shop');
    // The draft of the one is brought up to date before that of the other is made.
    sandbox.world.faults.add({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices?',
      times: 0,
      effect: { kind: 'revoke' },
    });

    const { outputs, error, hints } = await bill({ operation: 'invoiceMilestone' });

    expect(error).toBeUndefined();
    const [billed = [], conflicts = [], failed = []] = outputs;
    expect(billed.map(({ json }) => [json.outcome, json.subject])).toEqual([['applied', website.milestone]]);
    expect(conflicts).toEqual([]);
    expect(failed.map(({ json }) => [json.outcome, json.subject])).toEqual([['failed', shop.milestone]]);
    expect(failed[0]?.json.issues).toEqual([
      expect.objectContaining({
        code: 'SIGN_IN_EXPIRED',
        next: 'Open the credential and connect it again',
      }),
    ]);
    expect(hints).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^It ended early: /) }),
    );
  });
});
