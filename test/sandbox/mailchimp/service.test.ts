import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';

let served: ServedMailchimp;
beforeEach(async () => {
  served = await serveMailchimp({ listens: true });
});
afterEach(() => served.close());

describe('the service', () => {
  test('throttles and fails as its faults say, in the vendor’s own shapes', async () => {
    const { faults } = served.world;
    faults.add({ system: 'mailchimp', effect: { kind: 'throttle' } });
    faults.add({ system: 'mailchimp', nth: 2, effect: { kind: 'status', status: 500 } });
    const ping = (): ReturnType<ServedMailchimp['call']> => served.call('GET', '/ping');

    expect(await ping()).toMatchObject({
      status: 429,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: {
        title: 'Too Many Requests',
        detail: 'You have exceeded the limit of 10 simultaneous connections.',
      },
    });
    expect(await ping()).toMatchObject({ status: 500, body: { title: 'Internal Server Error' } });
    expect(await ping()).toMatchObject({ status: 200 });
  });

  test('lists fewer rows, or none, when a fault cuts the listing short', async () => {
    for (const name of ['a', 'b', 'c']) {
      await served.call('POST', `/lists/${LIST}/members`, {
        email_address: `${name}@acme.test`,
        status: 'subscribed',
      });
    }
    served.world.faults.add({ system: 'mailchimp', effect: { kind: 'truncate', rows: 2 } });
    served.world.faults.add({ system: 'mailchimp', nth: 2, effect: { kind: 'empty' } });
    const list = async (): Promise<unknown> =>
      (await served.call('GET', `/lists/${LIST}/members?fields=members.email_address,total_items`)).body;

    expect(await list()).toEqual({ members: [{ email_address: 'a@acme.test' }], total_items: 3 });
    expect(await list()).toEqual({ members: [], total_items: 0 });
  });

  test('gives every answer an id and a date, and problems the id as their instance', async () => {
    const found = await served.call('GET', '/ping');
    const missing = await served.call('GET', '/lists/none');

    expect(found.headers).toMatchObject({
      date: 'Mon, 02 Nov 2026 08:00:00 GMT',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(missing.headers).toMatchObject({ 'x-request-id': Object(missing.body).instance });
  });

  test('refuses everything once the user has withdrawn the key', async () => {
    served.mailchimp.revoke();

    expect(await served.call('GET', '/ping')).toMatchObject({
      status: 401,
      body: {
        title: 'API Key Invalid',
        detail: "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
      },
    });
  });

  test('carries a batch of operations out and hands the results over as a tar.gz', async () => {
    const body = JSON.stringify({ email_address: 'ada@acme.test', status: 'subscribed' });
    const added = await served.call('POST', '/batches', {
      operations: [
        { method: 'POST', path: `/lists/${LIST}/members`, body, operation_id: 'one' },
        { method: 'GET', path: '/lists/none', operation_id: 'two' },
      ],
    });
    const { id } = Object(added.body);
    const statuses = [Object(added.body).status];
    let last: unknown;
    for (let look = 0; look < 2; look++) {
      last = (await served.call('GET', `/batches/${id}`)).body;
      statuses.push(Object(last).status);
    }
    const download = await fetch(Object(last).response_body_url);
    const archive = gunzipSync(await download.arrayBuffer()).toString('utf8');

    expect(statuses).toEqual(['pending', 'started', 'finished']);
    expect(last).toMatchObject({ total_operations: 2, finished_operations: 2, errored_operations: 1 });
    expect(archive).toContain('"status_code":200,"operation_id":"one"');
    expect(archive).toContain('"status_code":404,"operation_id":"two"');
  });

  test('forgets a results address after ten minutes, and gives a new one', async () => {
    const added = await served.call('POST', '/batches', { operations: [] });
    const path = `/batches/${Object(added.body).id}`;
    await served.call('GET', path);
    const first = await served.call('GET', path);
    served.world.clock.advance(11 * 60_000);

    expect((await fetch(Object(first.body).response_body_url)).status).toBe(404);
    const second = await served.call('GET', path);
    expect((await fetch(Object(second.body).response_body_url)).status).toBe(200);
  });

  test('signs in by OAuth with tokens that never expire', async () => {
    const { oauth } = served.mailchimp;
    const host = `${served.world.origin}/mailchimp/oauth2`;
    const redirect = 'http://127.0.0.1:9/back';
    const authorize = await fetch(
      `${host}/authorize?response_type=code&client_id=${oauth.clientId}&redirect_uri=${encodeURIComponent(redirect)}&state=s1`,
      { method: 'POST', body: new URLSearchParams({ decision: 'accept' }), redirect: 'manual' },
    );
    const back = new URL(authorize.headers.get('location') ?? '');
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      redirect_uri: redirect,
      code: back.searchParams.get('code') ?? '',
    });
    const token = await (await fetch(`${host}/token`, { method: 'POST', body: form })).json();
    const authorization = `OAuth ${Object(token).access_token}`;
    const metadata = await (await fetch(`${host}/metadata`, { headers: { authorization } })).json();

    expect(back.searchParams.get('state')).toBe('s1');
    expect(token).toEqual({ access_token: expect.any(String), expires_in: 0, scope: null });
    expect(metadata).toMatchObject({ dc: 'us1', api_endpoint: `${served.world.origin}/mailchimp` });
    const ping = await fetch(`${served.world.origin}/mailchimp/3.0/ping`, {
      headers: { authorization: `Bearer ${Object(token).access_token}` },
    });
    expect(ping.status).toBe(200);
  });

  test.each([
    ['http://localhost:9/back', 400],
    ['http://127.0.0.1:9/back', 200],
  ])(
    'sends whoever signs in back to the address, not to the name localhost: %s is answered %i',
    async (redirect, status) => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: served.mailchimp.oauth.clientId,
        redirect_uri: redirect,
      });

      expect((await fetch(`${served.world.origin}/mailchimp/oauth2/authorize?${query}`)).status).toBe(status);
    },
  );

  test('comes back from a snapshot as it was', async () => {
    await served.call('POST', `/lists/${LIST}/members`, {
      email_address: 'ada@acme.test',
      status: 'subscribed',
      tags: ['vip'],
    });
    const before = (await served.call('GET', `/lists/${LIST}/members`)).body;
    const snapshot: unknown = JSON.parse(JSON.stringify(served.mailchimp.snapshot()));
    served.mailchimp.reset();

    served.mailchimp.restore(snapshot);

    expect((await served.call('GET', `/lists/${LIST}/members`)).body).toEqual(before);
  });
});
