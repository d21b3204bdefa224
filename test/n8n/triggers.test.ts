import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { IDataObject } from 'n8n-workflow';
import { listenForWebhooks, type WebhookListener } from '../support/webhook-listener.ts';
import type { PlacedNode, WebhookRun } from './support/n8n.ts';
import { type N8nProcess, type RemoteN8n, startN8n } from './support/n8n-process.ts';
import { sandboxCredentials } from './support/sandbox-credentials.ts';

const AUDIENCE = 'aud0000001';

let host: N8nProcess;
let sandbox: Sandbox;
let n8n: RemoteN8n;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());
beforeEach(async () => {
  sandbox = await startSandbox({ now: new Date().toISOString() });
  n8n = host.with(sandboxCredentials(sandbox));
});
afterEach(() => sandbox.close());

const SALESFORCE: PlacedNode = { type: 'stackbridgeSalesforceTrigger', parameters: {} };

const enter = (LastName: string): string =>
  sandbox.salesforce.desk.create('Contact', { LastName, Email: `${LastName.toLowerCase()}@people.test` });

describe('Stackbridge Salesforce Trigger', () => {
  test('tells each change once, and a record that changes again', async () => {
    const ada = enter('Lovelace');
    const first = await n8n.poll(SALESFORCE);
    const idle = await n8n.poll(SALESFORCE, first.kept);
    sandbox.world.clock.advance(1000);
    sandbox.salesforce.desk.edit('Contact', ada, { Title: 'Countess' });
    const later = await n8n.poll(SALESFORCE, idle.kept);

    expect(first.items).toEqual([
      {
        salesforceId: ada,
        email: 'lovelace@people.test',
        object: 'Contact',
        event: 'changed',
        successorId: '',
        modifiedAt: expect.any(String),
        fields: expect.objectContaining({ LastName: 'Lovelace' }),
      },
    ]);
    expect(idle.items).toEqual([]);
    expect(later.items.map(({ salesforceId }) => salesforceId)).toEqual([ada]);
  });

  test('tells again, rather than nothing, when n8n has lost where it was', async () => {
    enter('Lovelace');
    await n8n.poll(SALESFORCE);
    expect((await n8n.poll(SALESFORCE, {})).items).toHaveLength(1);
  });

  test('says of a removed record what became of it', async () => {
    const [gone, winner, loser] = ['Gone', 'Winner', 'Loser'].map(enter);
    const { kept } = await n8n.poll(SALESFORCE);
    sandbox.world.clock.advance(1000);
    sandbox.salesforce.desk.remove('Contact', gone ?? '');
    sandbox.admin.act('salesforce', 'merge', { winner, losers: [loser] });
    const placed = { ...SALESFORCE, parameters: { events: ['deleted', 'merged'] } };

    const { items } = await n8n.poll(placed, kept);

    expect(items.map(({ salesforceId, event, successorId }) => [salesforceId, event, successorId])).toEqual(
      expect.arrayContaining([
        [gone, 'deleted', ''],
        [loser, 'merged', winner],
      ]),
    );
    expect(items).toHaveLength(2);
  });

  test('shows examples in the editor and moves nothing', async () => {
    enter('Lovelace');
    const kept = { cursor: { since: Date.now(), told: {} } };
    const sample = await n8n.poll(SALESFORCE, kept, 'manual');

    expect(sample.items).toHaveLength(1);
    expect(sample.kept).toEqual(kept);
  });

  test('moves nothing when a poll fails, and says why', async () => {
    sandbox.world.faults.add({ system: 'salesforce', times: 0, effect: { kind: 'revoke' } });
    await expect(n8n.poll(SALESFORCE)).rejects.toThrow(/salesforce/i);
  });
});

describe('Stackbridge Mailchimp Poll Trigger', () => {
  test('tells of archived members too, or of unsubscribed ones alone', async () => {
    const parameters = { audience: { __rl: true, mode: 'id', value: AUDIENCE } };
    const all: PlacedNode = { type: 'stackbridgeMailchimpPollTrigger', parameters };
    const [ada, eve] = ['ada', 'eve'].map((name) =>
      sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `${name}@people.test` }),
    );
    sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: ada });
    sandbox.admin.act('mailchimp', 'archive', { list: AUDIENCE, contact_id: eve });

    const told = await n8n.poll(all);
    const unsubscribed = await n8n.poll({ ...all, parameters: { ...parameters, members: 'unsubscribed' } });

    expect(Object.fromEntries(told.items.map(({ memberId, event }) => [memberId, event]))).toEqual({
      [ada ?? '']: 'changed',
      [eve ?? '']: 'archived',
    });
    expect(unsubscribed.items.map(({ memberId }) => memberId)).toEqual([ada]);
  });
});

describe('Stackbridge Zoho Trigger', () => {
  test.each([
    ['milestone-completed', 'milestoneId'],
    ['time-approved', 'logId'],
    ['expense-recorded', 'expenseId'],
    ['invoice-created', 'invoiceId'],
  ])('tells each %s once', async (event, idName) => {
    sandbox.admin.seedZoho({ projects: 2, expenses: 30, invoices: 5, closed: 1 });
    const placed: PlacedNode = {
      type: 'stackbridgeZohoTrigger',
      parameters: { event, lookBackHours: 720 },
    };
    const first = await n8n.poll(placed);
    const again = await n8n.poll(placed, first.kept);
    const sample = await n8n.poll(placed, first.kept, 'manual');

    const ids = first.items.map((item) => item[idName]);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(again.items).toEqual([]);
    expect(sample.kept).toEqual(first.kept);
  });
});

describe('the lists of triggers', () => {
  test('of Zoho are live and searched by what is typed', async () => {
    sandbox.admin.seedZoho({ projects: 2, expenses: 0, invoices: 0, closed: 0 });
    const placed: PlacedNode = { type: 'stackbridgeZohoTrigger', parameters: {} };

    for (const list of ['searchPortals', 'searchProjects', 'searchBooksOrganisations']) {
      const { results } = await n8n.search(placed, list);
      const [{ name = '', value = '' } = {}] = results;

      expect([list, value]).toEqual([list, expect.stringMatching(/./)]);
      expect((await n8n.search(placed, list, name.toUpperCase())).results).toContainEqual({ name, value });
      expect((await n8n.search(placed, list, 'no such thing')).results).toEqual([]);
    }
  });

  test('narrow a trigger of Zoho to the project that was chosen', async () => {
    sandbox.admin.seedZoho({ projects: 2, expenses: 0, invoices: 0, closed: 1 });
    const placed = (projectId: string): PlacedNode => ({
      type: 'stackbridgeZohoTrigger',
      parameters: {
        event: 'milestone-completed',
        projectId: { __rl: true, mode: 'list', value: projectId },
        lookBackHours: 720,
      },
    });
    const { results } = await n8n.search(placed(''), 'searchProjects');
    const all = (await n8n.poll(placed(''))).items;
    const each = await Promise.all(
      results.map(async ({ value }) => (await n8n.poll(placed(String(value)))).items),
    );

    expect(all.length).toBeGreaterThan(0);
    expect(each.every((items) => items.length < all.length)).toBe(true);
    expect(
      each
        .flat()
        .map(({ milestoneId }) => milestoneId)
        .toSorted(),
    ).toEqual(all.map(({ milestoneId }) => milestoneId).toSorted());
  });

  test('of Salesforce are the fields of the chosen object, and of Xero its organisations', async () => {
    const fields = await n8n.options(
      { ...SALESFORCE, parameters: { personObject: 'Lead' } },
      'getPersonFields',
    );
    const { results } = await n8n.search(
      { type: 'stackbridgeXeroTrigger', parameters: {} },
      'searchOrganisations',
    );

    expect(fields).toContainEqual({ name: 'Company (Company)', value: 'Company' });
    expect(results).toContainEqual({ name: expect.any(String), value: sandbox.xero.tenantIds[0] });
  });
});

/** Lets an address on the loopback stand for n8n's, and keeps what the webhook came to. */
async function listening(placed: PlacedNode, keptOf: () => IDataObject) {
  const listener: WebhookListener = await listenForWebhooks();
  const runs: WebhookRun[] = [];
  listener.answer(async (heard) => {
    const run = await n8n.webhook(placed, heard, keptOf());
    runs.push(run);
    return { status: run.status, body: run.body };
  });
  return { base: new URL(listener.url).origin, runs, listener };
}

describe('Stackbridge Mailchimp Trigger', () => {
  const placed: PlacedNode = {
    type: 'stackbridgeMailchimpTrigger',
    parameters: { audience: { __rl: true, mode: 'id', value: AUDIENCE } },
  };
  let kept: IDataObject;
  let listener: WebhookListener;
  let runs: WebhookRun[];
  let base: string;

  beforeEach(async () => {
    kept = {};
    ({ base, runs, listener } = await listening(placed, () => kept));
  });
  afterEach(() => listener.close());

  async function activate(): Promise<void> {
    ({ kept } = await n8n.setUp(placed, 'create', base));
    runs.length = 0;
  }
  const join = (name: string) =>
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `${name}@people.test` });
  const delivered = () => sandbox.admin.act('mailchimp', 'webhook-deliveries', {});
  const items = () => runs.flatMap((run) => run.items);

  test('makes its webhook when the workflow is activated, once, and removes it afterwards', async () => {
    const before = await n8n.setUp(placed, 'checkExists', base);
    await activate();
    const exists = await n8n.setUp(placed, 'checkExists', base, kept);
    const registered = sandbox.mailchimp.account.audiences.get(AUDIENCE)?.webhooks.map(({ url }) => url);
    // What n8n kept of it may be lost.
    const removed = await n8n.setUp(placed, 'delete', base, {});

    expect([before.done, exists.done, removed.done]).toEqual([false, true, true]);
    expect(registered).toEqual([expect.stringMatching(/\?secret=[0-9a-f]{32}$/)]);
    expect(sandbox.mailchimp.account.audiences.get(AUDIENCE)?.webhooks).toEqual([]);
  });

  test('starts the workflow with whom to look at', async () => {
    await activate();
    join('ada');
    await delivered();

    expect(runs.map(({ status, body }) => ({ status, body }))).toEqual([{ status: 200, body: '' }]);
    expect(items()).toEqual([
      {
        event: 'subscribe',
        kind: 'member',
        type: 'subscribe',
        audienceId: AUDIENCE,
        email: 'ada@people.test',
        firedAt: expect.any(String),
      },
    ]);
  });

  test('starts nothing without the secret of the address, or with a wrong signature', async () => {
    await activate();
    join('ada');
    await delivered();
    const [heard] = listener.heard;
    if (heard === undefined) throw new Error('Nothing was delivered');
    const forgeries = [
      { ...heard, path: heard.path.replace(/secret=.*/, '') },
      { ...heard, path: heard.path.replace(/.$/, 'x') },
      { ...heard, body: heard.body.replace('ada', 'eve') },
    ];

    for (const forged of forgeries)
      expect(await n8n.webhook(placed, forged, kept)).toEqual({ status: 403, body: '', items: [] });
  });

  test('trusts the secret of the address alone where n8n has lost how it signs', async () => {
    await activate();
    kept = {};
    join('ada');
    await delivered();
    expect(items()).toEqual([expect.objectContaining({ email: 'ada@people.test' })]);
  });
});

describe('Stackbridge Xero Trigger', () => {
  const placed: PlacedNode = { type: 'stackbridgeXeroTrigger', parameters: {} };
  const KEY = 'a-key-of-the-app';

  test('shows its intent to receive, and starts the workflow with what Xero tells of', async () => {
    const { listener, runs } = await listening(placed, () => ({}));
    sandbox.admin.act('xero', 'webhook', { url: listener.url, key: KEY });
    const intent = await sandbox.admin.act('xero', 'intent-to-receive', {});
    const contact = sandbox.xero.desk.create('contacts', { Name: 'Acme' });
    const invoice = sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '1', UnitAmount: '100', AccountCode: '200' }],
    });
    const counts = await sandbox.admin.act('xero', 'webhook-deliveries', {});
    await listener.close();

    expect(intent).toEqual({ status: 'active', faults: [] });
    expect(counts).toEqual({ delivered: 1, waiting: 0, givenUp: 0 });
    expect(runs.flatMap(({ items }) => items)).toEqual([
      {
        category: 'INVOICE',
        type: 'CREATE',
        id: invoice,
        tenantId: sandbox.xero.tenantIds[0],
        at: expect.any(String),
      },
    ]);
  });

  test('starts nothing for another organisation than the one it is set to', async () => {
    const body = JSON.stringify({
      events: [
        {
          resourceId: 'i',
          tenantId: 't',
          eventCategory: 'INVOICE',
          eventType: 'UPDATE',
          eventDateUtc: '2026-11-02T08:00:00',
        },
      ],
    });
    const signature = createHmac('sha256', KEY).update(body).digest('base64');
    const request = { method: 'POST', path: '/', headers: { 'x-xero-signature': signature }, body };
    const run = (tenantId: string) => n8n.webhook({ ...placed, parameters: { tenantId } }, request);

    expect((await run('t')).items).toHaveLength(1);
    expect(await run('another')).toEqual({ status: 200, body: '', items: [] });
  });
});
