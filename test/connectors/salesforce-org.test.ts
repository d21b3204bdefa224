import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import {
  createSalesforceConnector,
  type SalesforceConnectorOptions,
} from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { salesforceLimits } from '@stackbridge/shared-mappers/connectors/salesforce/limits.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Page, WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { connectSalesforce } from '../support/salesforce-connection.ts';
import { createTestClient, type TestClient } from '../support/test-client.ts';

let sandbox: Sandbox;
let http: PooledHttp;
let tools: TestClient;

beforeEach(async () => {
  sandbox = await startSandbox();
  http = createHttp();
  const connection = connectSalesforce(sandbox.connections.salesforce, http, sandbox.world.clock);
  const log = { debug: () => {}, info: () => {}, warn: () => {} };
  tools = createTestClient({
    http,
    interpret: interpretSalesforce,
    limits: salesforceLimits(log),
    connection,
  });
});

afterEach(async () => {
  await http.close();
  await sandbox.close();
});

const open = (options: Partial<SalesforceConnectorOptions> = {}) =>
  createSalesforceConnector({ client: tools.client, object: 'Contact', ...options });
const administer = (action: string, input: unknown) => sandbox.salesforce.actions[action]?.run(input);
const typeIn = (values: Record<string, unknown>, object = 'Contact') =>
  sandbox.salesforce.desk.create(object, values);
const held = () => sandbox.salesforce.desk.list('Contact', { limit: 100_000, offset: 0 });
const counted = (operation: string) => sandbox.world.calls.total('salesforce', operation);
const person = (index: number) => ({ LastName: `Last ${index}`, Email: `p${index}@example.org` });
const create = (index: number): WriteRequest => ({
  action: 'create',
  payload: person(index),
  sourceId: `member-${index}`,
});

async function collect(pages: AsyncIterable<Page>): Promise<SourceRecord[]> {
  const all: SourceRecord[] = [];
  for await (const page of pages) all.push(...page.records);
  return all;
}

describe('signing in', () => {
  test('ten calls with an expired token cause one refresh', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => typeIn(person(index)));
    const connector = open();
    sandbox.salesforce.expireTokens();
    const reads = await Promise.all(ids.map((id) => connector.readByIds([id], [])));
    expect(reads.flat().map((record) => record.id)).toEqual(ids);
    expect(sandbox.world.calls.counts().salesforce?.operations).toMatchObject({ token: 1 });
  });

  test('a listing goes on where the org lives now', async () => {
    for (let index = 0; index < 4_100; index++) typeIn(person(index));
    const ids = new Set<string>();
    for await (const page of open().readAll(['Email'])) {
      if (ids.size === 0) administer('settings', { instance: 'eu47' });
      for (const record of page.records) ids.add(record.id);
    }
    expect(ids.size).toBe(4_100);
  });

  test('a withdrawn grant ends with SIGN_IN_EXPIRED', async () => {
    const connector = open();
    sandbox.salesforce.revoke();
    await expect(collect(connector.readAll([]))).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });
});

describe('what becomes of people', () => {
  test('the loser of a merge names the winner', async () => {
    const [winner, loser] = [typeIn(person(1)), typeIn(person(2))];
    administer('merge', { winner, losers: [loser] });
    const records = await collect(open().readChanges(0, []));
    expect(records.find((record) => record.id === loser)).toMatchObject({
      state: 'merged',
      successorId: winner,
    });
  });

  test('a converted lead names its contact, which the same connector reads', async () => {
    const lead = typeIn({ ...person(1), Company: 'Engines' }, 'Lead');
    const leads = open({ object: 'Lead' });
    administer('convert', { lead });

    const [converted] = await collect(leads.readChanges(0, ['Email', 'Company']));
    expect(converted).toMatchObject({ id: lead, object: 'Lead', state: 'converted' });
    const [contact] = await leads.readByIds([converted?.successorId ?? ''], ['Email', 'Company']);
    expect(contact).toMatchObject({
      object: 'Contact',
      state: 'live',
      values: { Email: 'p1@example.org' },
    });
    expect(await leads.readByKey('Email', ['p1@example.org'], ['Email'])).toEqual([]);
    const [refused] = await leads.write([{ action: 'update', id: lead, payload: { FirstName: 'x' } }]);
    expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'RECORD_LOCKED' } });
  });
});

describe('what an org forbids', () => {
  test('a field that security hides is missing from the schema, and named when it is read or written', async () => {
    const id = typeIn(person(1));
    administer('hide-field', { object: 'Contact', field: 'HasOptedOutOfEmail', hidden: true });
    const connector = open();
    const missing = { code: 'BRAKE_FIELD_MISSING', context: { field: 'HasOptedOutOfEmail' } };

    expect((await connector.describe()).fields.has('HasOptedOutOfEmail')).toBe(false);
    await expect(collect(connector.readAll(['HasOptedOutOfEmail']))).rejects.toMatchObject(missing);
    const results = await connector.write([
      { action: 'opt-out', id, payload: { HasOptedOutOfEmail: true } },
      { action: 'opt-out', id: typeIn(person(2)), payload: { FirstName: 'Ada' } },
    ]);
    expect(results).toMatchObject([{ outcome: 'refused', error: missing }, { outcome: 'written' }]);
  });

  test('a duplicate rule refuses the record and names whom it found', async () => {
    const id = typeIn(person(1));
    administer('duplicate-rule', { object: 'Contact', fields: ['Email'], action: 'alert' });
    const [refused] = await open().write([create(1)]);
    expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'DUPLICATE_FOUND' } });
    expect(refused?.outcome === 'refused' && refused.error.message).toContain(id);
    expect(await open({ allowDuplicates: true }).write([create(1)])).toMatchObject([{ outcome: 'written' }]);
  });

  test('a condition that is no SOQL is a fault of the recipe', async () => {
    const reading = collect(open({ filter: 'Country is Nowhere' }).readAll([]));
    await expect(reading).rejects.toMatchObject({ code: 'RECIPE_INVALID' });
  });
});

describe('creates with an external id', () => {
  test('find their record again, however often they are sent', async () => {
    const connector = open({ externalId: 'Mailchimp_Contact_Id__c' });
    const [first] = await connector.write([create(1)]);
    const [second] = await connector.write([create(1)]);
    expect(first).toMatchObject({ outcome: 'written', created: true });
    expect(second).toEqual({ ...first, created: false });
    expect(held()).toMatchObject({ total: 1, records: [{ Mailchimp_Contact_Id__c: 'member-1' }] });
  });
});

describe('a bulk job', () => {
  async function run(requests: WriteRequest[], options = {}): Promise<WriteResult[]> {
    const results: WriteResult[] = [];
    const bulk = open(options).writeBulk?.(batchesOf(requests)) ?? [];
    for await (const batch of bulk) results.push(...batch);
    return results;
  }

  async function* batchesOf(requests: WriteRequest[]): AsyncGenerator<WriteRequest[]> {
    for (let at = 0; at < requests.length; at += 2_000) yield requests.slice(at, at + 2_000);
  }

  test('creates thousands in seven calls, and accounts for each', async () => {
    const requests = Array.from({ length: 5_000 }, (_, index) => create(index));
    requests[1_234] = { action: 'create', payload: { LastName: 'Bad', Email: 'badone' }, sourceId: 'bad' };
    const results = await run(requests);

    const byEmail = new Map(held().records.map((record) => [record.Email, record.Id]));
    expect(results).toHaveLength(5_000);
    expect(results[1_234]).toMatchObject({ outcome: 'refused', error: { code: 'EMAIL_INVALID' } });
    expect(results[4_999]).toEqual({
      outcome: 'written',
      id: byEmail.get('p4999@example.org'),
      created: true,
    });
    expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(4_999);
    expect(sandbox.world.calls.total('salesforce')).toBe(7);
  });

  test('updates thousands, empties what it is told to and leaves the rest alone', async () => {
    const ids = Array.from({ length: 2_000 }, (_, index) =>
      typeIn({ ...person(index), FirstName: 'Old', Title: 'Dr' }),
    );
    const results = await run(
      ids.map((id, index) => ({
        action: 'update',
        id,
        payload: index === 0 ? { FirstName: null } : { FirstName: 'Line 1\n"quoted", ünï' },
      })),
    );
    expect(results.map((result) => result.outcome === 'written' && result.id)).toEqual(ids);
    const [first, second] = await open().readByIds(ids.slice(0, 2), ['FirstName', 'Title']);
    expect([first?.values, second?.values]).toEqual([
      { FirstName: null, Title: 'Dr' },
      { FirstName: 'Line 1\n"quoted", ünï', Title: 'Dr' },
    ]);
    expect(sandbox.world.calls.total('salesforce', 'bulk-results')).toBe(0);
  });

  test('upserts by the external id', async () => {
    const externalId = 'Mailchimp_Contact_Id__c';
    const id = typeIn({ ...person(7), [externalId]: 'member-7' });
    const results = await run(
      Array.from({ length: 1_500 }, (_, index) => create(index)),
      { externalId },
    );
    expect(results[7]).toEqual({ outcome: 'written', id, created: false });
    expect(results[8]).toMatchObject({ outcome: 'written', created: true });
    expect(held().total).toBe(1_500);
  });

  test.each(['drop-after', 'drop-before'] as const)(
    'creates each record once when the answer to its start is lost (%s)',
    async (kind) => {
      sandbox.world.faults.add({ system: 'salesforce', operation: 'bulk-close', effect: { kind } });
      const results = await run(Array.from({ length: 1_500 }, (_, index) => create(index)));
      expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(1_500);
      expect(held().total).toBe(1_500);
    },
  );

  test.each(['drop-after', 'drop-before'] as const)(
    'creates each record once when the answer to its upload is lost (%s)',
    async (kind) => {
      sandbox.world.faults.add({ system: 'salesforce', operation: 'bulk-upload', effect: { kind } });
      const results = await run(Array.from({ length: 1_500 }, (_, index) => create(index)));
      expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(1_500);
      expect(held().total).toBe(1_500);
      expect(counted('bulk-close')).toBe(1);
    },
  );
});
