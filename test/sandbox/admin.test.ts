import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg } from './salesforce/org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

async function admin(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${org.sandbox.baseUrls.admin}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe('records', () => {
  test('are created, listed, edited and removed as a person does, stamps and all', async () => {
    const place = { system: 'salesforce', object: 'Contact' };
    const created = await admin('POST', '/records', {
      ...place,
      values: { LastName: 'Curie', EmailBouncedReason: 'full' },
    });
    const id = created.body instanceof Object && 'id' in created.body ? String(created.body.id) : '';
    await admin('POST', '/clock', { advanceMs: 1000 });
    await admin('PATCH', '/records', { ...place, id, values: { FirstName: 'Marie' } });
    const listed = await admin('GET', '/records?system=salesforce&object=Contact');
    await admin('DELETE', `/records?system=salesforce&object=Contact&id=${id}`);
    const after = await admin('GET', `/records?system=salesforce&object=Contact&ids=${id}`);

    expect(created.status).toBe(201);
    expect(listed.body).toMatchObject({
      total: 1,
      records: [
        {
          Id: id,
          Name: 'Marie Curie',
          IsEmailBounced: true,
          LastModifiedById: org.sandbox.salesforce.org.adminUserId,
          SystemModstamp: '2026-11-02T08:00:01.000+0000',
        },
      ],
    });
    expect(after.body).toMatchObject({ records: [{ Id: id, IsDeleted: true }] });
  });

  test('are listed in pages', async () => {
    for (let i = 0; i < 5; i++) org.add('Contact', { LastName: `P${i}` });

    const { body } = await admin('GET', '/records?system=salesforce&object=Contact&limit=2&offset=3');

    expect(body).toMatchObject({ total: 5, records: [{ LastName: 'P3' }, { LastName: 'P4' }] });
  });
});

describe('a request that makes no sense is refused with its reason', () => {
  test.each([
    [
      'GET',
      '/records?system=sap&object=Contact',
      undefined,
      404,
      'No system sap; there are salesforce, mailchimp',
    ],
    ['POST', '/salesforce/explode', {}, 404, 'No action explode in salesforce'],
    ['POST', '/salesforce/merge', { winner: 'x' }, 400, 'losers'],
    ['POST', '/faults', { system: 'salesforce', effect: { kind: 'earthquake' } }, 400, 'effect.kind'],
    ['POST', '/clock', { now: 'tomorrow' }, 400, 'now'],
    [
      'POST',
      '/records',
      { system: 'salesforce', object: 'Contact', values: {} },
      422,
      'Required fields are missing: [LastName]',
    ],
    ['PUT', '/snapshot', { systems: {} }, 400, 'now'],
  ])('%s %s', async (method, path, body, status, reason) => {
    const answer = await admin(method, path, body);

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(reason);
  });
});

test('the clock is the vendors’ clock', async () => {
  const { body } = await admin('POST', '/clock', { now: '2027-01-01T00:00:00Z', advanceMs: 5000 });
  const { headers } = await org.call('GET', '/limits', undefined);

  expect(body).toEqual({ now: '2027-01-01T00:00:05.000Z' });
  expect(headers.get('date')).toBe('Fri, 01 Jan 2027 00:00:05 GMT');
});

test('calls are counted by operation, and listed on request', async () => {
  await admin('POST', '/calls', { record: true });
  await org.soql('SELECT Id FROM Contact');
  await org.call('GET', '/sobjects/Contact/describe');

  const { body } = await admin('GET', '/calls?list=true');
  await admin('DELETE', '/calls');
  const cleared = await admin('GET', '/calls');

  expect(body).toMatchObject({
    counts: { salesforce: { total: 2, operations: { query: 1, describe: 1 } } },
    list: [
      { operation: 'query', method: 'GET', status: 200, atMs: Date.parse('2026-11-02T08:00:00Z') },
      { operation: 'describe', path: '/salesforce/services/data/v60.0/sobjects/Contact/describe' },
    ],
  });
  expect(cleared.body).toEqual({ counts: {} });
});

test('faults are set, shown with what they did, and cleared', async () => {
  const rule = { system: 'salesforce', operation: 'query', effect: { kind: 'status', status: 500 } };
  const set = await admin('POST', '/faults', rule);
  const struck = await org.soql('SELECT Id FROM Contact');
  const shown = await admin('GET', '/faults');
  await admin('DELETE', '/faults');

  expect(set.body).toEqual({ id: 'fault-1' });
  expect(struck.status).toBe(500);
  expect(shown.body).toEqual([{ ...rule, id: 'fault-1', seen: 1, fired: 1 }]);
  expect((await admin('GET', '/faults')).body).toEqual([]);
});

describe('the whole state', () => {
  test('goes into a snapshot and comes back, schema, ids and clock too', async () => {
    org.sandbox.admin.seed({ contacts: 30, seed: 7 });
    org.sandbox.admin.act('salesforce', 'hide-field', { object: 'Contact', field: 'Title', hidden: true });
    const before = await admin('GET', '/snapshot');
    org.sandbox.admin.live({ edits: 10, seed: 3 });
    org.sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });
    org.sandbox.admin.clock({ advanceMs: 3_600_000 });

    const restored = await admin('PUT', '/snapshot', before.body);
    const after = await admin('GET', '/snapshot');

    expect(restored.status).toBe(200);
    expect(after.body).toEqual(before.body);
    expect((await org.soql('SELECT Title FROM Contact')).status).toBe(400);
    expect(
      (await org.soql('SELECT Id FROM Contact WHERE SystemModstamp > 2020-01-01T00:00:00Z')).status,
    ).toBe(200);
  });

  test('is emptied by a reset, which the connection survives', async () => {
    org.sandbox.admin.seed({ contacts: 10 });
    org.sandbox.salesforce.revoke();
    org.sandbox.admin.addFault({ system: 'salesforce', effect: { kind: 'drop-before' } });

    await admin('POST', '/reset', {});

    expect(await org.rows('SELECT Id FROM Contact')).toEqual([]);
  });
});

test('the same seed makes the same two systems, and lives the same day in them', async () => {
  const other = await openOrg();
  const states = [org, other].map(({ sandbox }) => {
    sandbox.admin.seed({ contacts: 50, seed: 11 });
    sandbox.admin.live({ edits: 25, seed: 5 });
    return sandbox.admin.snapshot();
  });
  await other.sandbox.close();

  expect(states[0]).toEqual(states[1]);
});
