import { describe, expect, test } from '@jest/globals';
import { type BulkOptions, writeBulk } from '@stackbridge/shared-mappers/connectors/salesforce/bulk.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { createScriptedHttp, createTestClient, type ScriptedAnswer } from '../support/test-client.ts';

/** More rows than collections would carry as cheaply, see bulk.ts. */
const ROWS = 1_401;

const opened: ScriptedAnswer = {
  body: JSON.stringify({
    id: '750A',
    state: 'Open',
    contentUrl: 'services/data/v60.0/jobs/ingest/750A/batches',
  }),
};
const uploaded: ScriptedAnswer = { status: 201 };
const job = (state: string, more = {}): ScriptedAnswer => ({
  body: JSON.stringify({ id: '750A', state, ...more }),
});
const started = job('UploadComplete');
const complete = (processed: number, failed = 0) =>
  job('JobComplete', { numberRecordsProcessed: processed, numberRecordsFailed: failed });
const csv = (...lines: string[]): ScriptedAnswer => ({ body: `${lines.join('\n')}\n` });

function setUp(script: readonly ScriptedAnswer[], options: Partial<BulkOptions> = {}) {
  const { http, requests } = createScriptedHttp(script);
  const { client, slept } = createTestClient({ http, interpret: interpretSalesforce });
  const byCollection: WriteRequest[] = [];
  const write: BulkOptions['write'] = async (some) => {
    byCollection.push(...some);
    return some.map((_request, index) => ({ outcome: 'written', id: `collection-${index}`, created: true }));
  };
  const run = async (...batches: WriteRequest[][]) => {
    const results: WriteResult[][] = [];
    const all = writeBulk(stream(batches), { client, object: 'Contact', write, ...options });
    for await (const batch of all) results.push(batch);
    return results;
  };
  return { run, requests, slept, byCollection };
}

async function* stream(batches: WriteRequest[][]): AsyncGenerator<WriteRequest[]> {
  yield* batches;
}

const create = (index: number): WriteRequest => ({
  action: 'create',
  payload: { LastName: `Name ${index}`, Email: `P${index}@example.org`, Phone: null },
  sourceId: `m${index}`,
});
const idOf = (index: number) => `003q00000${String(index).padStart(6, '0')}AAA`;
const update = (index: number): WriteRequest => ({
  action: 'update',
  id: idOf(index),
  payload: index === 0 ? { FirstName: 'Ada, "the" first' } : { Title: '' },
});
const many = (make: (index: number) => WriteRequest, rows = ROWS) =>
  Array.from({ length: rows }, (_, index) => make(index));

const calls = (requests: readonly HttpRequest[]) =>
  requests.map(
    ({ method, url }) => `${method} ${url.replace('https://old.example/services/data/v60.0', '')}`,
  );

describe('a bulk job', () => {
  test('of creates finds each row again by its address, in whatever order results come', async () => {
    const successes = many(create).map(
      (_, index) => `${idOf(index)},true,Name ${index},p${index}@example.org,`,
    );
    const { run, requests, slept } = setUp([
      opened,
      uploaded,
      started,
      job('InProgress'),
      complete(ROWS),
      csv('sf__Id,sf__Created,LastName,Email,Phone', ...successes.toReversed()),
    ]);
    const all = many(create);
    const results = await run(all.slice(0, 700), all.slice(700));

    expect(results.map((batch) => batch.length)).toEqual([700, 701]);
    expect(results.flat()).toEqual(
      all.map((_, index) => ({ outcome: 'written', id: idOf(index), created: true })),
    );
    expect(calls(requests)).toEqual([
      'POST /jobs/ingest',
      'PUT /jobs/ingest/750A/batches',
      'PATCH /jobs/ingest/750A',
      'GET /jobs/ingest/750A',
      'GET /jobs/ingest/750A',
      'GET /jobs/ingest/750A/successfulResults',
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      object: 'Contact',
      operation: 'insert',
      contentType: 'CSV',
      lineEnding: 'LF',
    });
    expect(requests[1]?.body?.split('\n').slice(0, 2)).toEqual([
      'LastName,Email,Phone',
      'Name 0,P0@example.org,#N/A',
    ]);
    expect(slept).toEqual([2_000, 4_000]);
  });

  test('of updates reads failures only, and leaves alone what a record does not carry', async () => {
    const { run, requests } = setUp([
      opened,
      uploaded,
      started,
      complete(ROWS, 1),
      csv(
        'sf__Id,sf__Error,Id,FirstName,Title',
        `${idOf(3)},STRING_TOO_LONG:Title: data value too large: x:Title --,${idOf(3)},,#N/A`,
      ),
    ]);
    const [results = []] = await run(many(update));

    expect(results[0]).toMatchObject({ outcome: 'written', created: false });
    expect(results[3]).toMatchObject({ outcome: 'refused', error: { code: 'VALUE_TOO_LONG' } });
    expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(ROWS - 1);
    expect(requests[1]?.body?.split('\n').slice(0, 3)).toEqual([
      'Id,FirstName,Title',
      `${idOf(0)},"Ada, ""the"" first",`,
      `${idOf(1)},,#N/A`,
    ]);
    expect(requests).toHaveLength(5);
  });

  test('upserts by the external id where there is one', async () => {
    const successes = many(create).map((_, index) => `${idOf(index)},${index !== 7},m${index}`);
    const { run, requests } = setUp(
      [opened, uploaded, started, complete(ROWS), csv('sf__Id,sf__Created,Ext__c', ...successes)],
      { externalId: 'Ext__c' },
    );
    const [results = []] = await run(many(create));
    expect(results[7]).toMatchObject({ outcome: 'written', created: false });
    expect(results[8]).toMatchObject({ outcome: 'written', created: true });
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      operation: 'upsert',
      externalIdFieldName: 'Ext__c',
    });
  });

  test('that ends early accounts for what it did, what it refused and what it left', async () => {
    const { run } = setUp([
      opened,
      uploaded,
      started,
      job('Failed', {
        numberRecordsProcessed: 2,
        numberRecordsFailed: 1,
        errorMessage: 'InternalServerError',
      }),
      csv('sf__Id,sf__Error,LastName,Email', ',INVALID_EMAIL_ADDRESS:bad:Email --,x,p1@example.org'),
      csv('sf__Id,sf__Created,LastName,Email', `${idOf(0)},true,x,p0@example.org`),
      csv('LastName,Email', 'x,p2@example.org'),
    ]);
    const [results = []] = await run(many(create));
    expect(results.slice(0, 4)).toMatchObject([
      { outcome: 'written' },
      { outcome: 'refused', error: { code: 'EMAIL_INVALID' } },
      { outcome: 'refused', error: { code: 'SERVER_ERROR' } },
      { outcome: 'uncertain', error: { code: 'NO_ANSWER' } },
    ]);
  });

  test('whose start went unheard is started again when it is seen to be still open', async () => {
    const { run, requests } = setUp([
      opened,
      uploaded,
      new NoAnswerError('reset', 'unknown'),
      job('Open'),
      started,
      complete(ROWS),
    ]);
    await run(many(update));
    expect(calls(requests).filter((call) => call === 'PATCH /jobs/ingest/750A')).toHaveLength(2);
  });

  test('that is not taken goes by collections: nothing has been written before', async () => {
    const { run, byCollection } = setUp([opened, new NoAnswerError('reset', 'unknown'), job('Aborted')]);
    const [results = []] = await run(many(create));
    expect(results).toHaveLength(ROWS);
    expect(byCollection).toHaveLength(ROWS);
  });

  test('leaves rows that it could not tell apart to collections', async () => {
    const twin = { ...create(1), sourceId: 'm-twin' };
    const successes = many(create).map((_, index) => `${idOf(index)},true,p${index}@example.org`);
    const { run, byCollection } = setUp([
      opened,
      uploaded,
      started,
      complete(ROWS),
      csv('sf__Id,sf__Created,Email', ...successes),
    ]);
    const [results = []] = await run([...many(create), twin]);
    expect(byCollection).toEqual([twin]);
    expect(results.at(-1)).toMatchObject({ id: 'collection-0' });
  });

  test('leaves a text that reads as its word for nothing to collections, where it stays a text', async () => {
    const literal: WriteRequest = { action: 'update', id: idOf(ROWS), payload: { Title: '#N/A' } };
    const { run, requests, byCollection } = setUp([opened, uploaded, started, complete(ROWS)]);
    await run([...many(update), literal]);
    expect(byCollection).toEqual([literal]);
    expect(requests[1]?.body).not.toContain(idOf(ROWS));
  });

  test('is not opened for what few collections carry', async () => {
    const { run, requests, byCollection } = setUp([]);
    await run(many(create, 1_400));
    expect({ calls: requests.length, byCollection: byCollection.length }).toEqual({
      calls: 0,
      byCollection: 1_400,
    });
  });

  test('is as long as its rows allow: the next one begins after its results are out', async () => {
    const round = [opened, uploaded, started, complete(ROWS)];
    const { run, requests } = setUp([...round, ...round], { jobRows: ROWS });
    const results = await run(
      many(update),
      many((index) => update(index + ROWS)),
    );
    expect({ results: results.map((batch) => batch.length), calls: requests.length }).toEqual({
      results: [ROWS, ROWS],
      calls: 8,
    });
  });

  test('in flight when the grant is revoked leaves its rows uncertain, and the stream ends with the reason', async () => {
    const { http } = createScriptedHttp([
      opened,
      uploaded,
      started,
      { status: 403, body: '[{"errorCode":"API_DISABLED_FOR_ORG","message":"off"}]' },
    ]);
    const { client } = createTestClient({ http, interpret: interpretSalesforce });
    const all = writeBulk(stream([many(create)]), { client, object: 'Contact', write: async () => [] });
    const first = await all.next();
    expect(first.value?.[0]).toMatchObject({ outcome: 'uncertain', error: { code: 'ACCESS_DENIED' } });
    await expect(all.next()).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });
});
