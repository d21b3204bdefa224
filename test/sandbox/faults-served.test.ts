import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '@stackbridge/sandbox/faults.ts';
import { type OrgClient, openOrg } from './salesforce/org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

const set = (effect: FaultRule['effect'], rule: Partial<FaultRule> = {}) =>
  org.sandbox.admin.addFault({ system: 'salesforce', effect, ...rule });
const count = () => org.sandbox.salesforce.org.store('Contact').size;
const create = () => org.call('POST', '/sobjects/Contact', { LastName: 'x' });

describe('a status', () => {
  test('comes with the error the vendor gives it, once', async () => {
    set({ kind: 'status', status: 503 });

    const answers = [await create(), await create()];

    expect(answers.map(({ status }) => status)).toEqual([503, 201]);
    expect(answers[0]?.body).toMatchObject([{ errorCode: 'SERVER_UNAVAILABLE' }]);
    expect(count()).toBe(1);
  });

  test('may carry a body and headers of its own', async () => {
    set({
      kind: 'status',
      status: 502,
      body: '<html>',
      headers: { 'content-type': 'text/html', 'x-edge': '1' },
    });

    const { status, body, headers } = await create();

    expect([status, body, headers.get('x-edge')]).toEqual([502, '<html>', '1']);
  });
});

test('throttling is the vendor’s 403', async () => {
  set({ kind: 'throttle' });

  const { status, body } = await create();

  expect([status, body]).toEqual([
    403,
    [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  ]);
});

describe('a connection cut', () => {
  test('before the call leaves nothing behind', async () => {
    set({ kind: 'drop-before' });

    await expect(create()).rejects.toThrow('fetch failed');

    expect(count()).toBe(0);
  });

  test('after the call leaves what it did', async () => {
    set({ kind: 'drop-after' });

    await expect(create()).rejects.toThrow('fetch failed');

    expect(count()).toBe(1);
  });

  test('is listed as a call without a status', async () => {
    org.sandbox.world.calls.recording = true;
    set({ kind: 'drop-after' });

    await create().catch(() => undefined);
    await create();

    const list = org.sandbox.world.calls.list();
    expect(list.map(({ operation, status }) => [operation, status])).toEqual([
      ['create', 0],
      ['create', 201],
    ]);
  });
});

describe('a listing', () => {
  beforeEach(() => {
    for (let i = 0; i < 5; i++) org.add('Contact', { LastName: `P${i}` });
  });

  test('that is truncated keeps its total', async () => {
    set({ kind: 'truncate', rows: 2 }, { operation: 'query' });

    const { body } = await org.soql('SELECT LastName FROM Contact');

    expect(body).toMatchObject({ totalSize: 5, done: true, records: [{}, {}, {}] });
  });

  test('that is empty looks like an empty org', async () => {
    set({ kind: 'empty' });

    expect((await org.soql('SELECT LastName FROM Contact')).body).toEqual({
      totalSize: 0,
      done: true,
      records: [],
    });
  });
});

test('a delayed call is carried out all the same', async () => {
  set({ kind: 'delay', ms: 1 });

  expect((await create()).status).toBe(201);
});

test('an expired token strikes the very call, a revoked grant the refresh after it', async () => {
  set({ kind: 'expire-token' }, { nth: 2 });
  const answers = [await create(), await create()];

  expect(answers.map(({ status }) => status)).toEqual([201, 401]);

  set({ kind: 'revoke' });
  expect((await create()).status).toBe(401);
  const { tokenUrl, clientId, refreshToken } = org.sandbox.connections.salesforce;
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  const response = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'invalid_grant', error_description: 'expired access/refresh token' },
  ]);
});
