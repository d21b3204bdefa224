import { expect, test } from '@jest/globals';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import type { XeroSettings } from 'stackbridge/connections/settings.ts';
import type { KeptTokens } from 'stackbridge/connections/token-keeper.ts';
import { createXeroConnection } from 'stackbridge/connections/xero-connection.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';

const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-11-02T12:00:00Z');
const web: XeroSettings = { clientId: 'app', clientSecret: 's3cret', refreshToken: 'r0' };
const ACME = { tenantId: 't-acme', tenantType: 'ORGANISATION', tenantName: 'Acme' };
const BETA = { tenantId: 't-beta', tenantType: 'ORGANISATION', tenantName: 'Beta' };
const PRACTICE = { tenantId: 't-practice', tenantType: 'PRACTICE', tenantName: 'Books & Co' };

interface Vendor {
  readonly reached: readonly object[];
  /** Refresh tokens that are still good. */
  readonly good: Set<string>;
  /** Access tokens that have ended. */
  readonly dead: Set<string>;
}

function setUp(settings: XeroSettings, vendor: Partial<Vendor> = {}) {
  const { reached = [ACME], good = new Set(['r0']), dead = new Set<string>() } = vendor;
  const requests: HttpRequest[] = [];
  const kept = new Map<string, KeptTokens>();
  const tokens = memoryTokens();
  const state = { now: NOW, away: false, issued: 0 };

  function answer(request: HttpRequest): Pick<HttpResponse, 'status' | 'body'> {
    if (request.url === 'https://api.xero.com/connections') {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      if (dead.has(token)) return { status: 401, body: '{"Detail":"TokenExpired"}' };
      return { status: 200, body: JSON.stringify(reached) };
    }
    const form = new URLSearchParams(request.body ?? '');
    const sent = form.get('refresh_token');
    if (sent !== null && !good.has(sent)) return { status: 400, body: '{"error":"invalid_grant"}' };
    state.issued += 1;
    const refresh = sent === null ? {} : { refresh_token: `r${state.issued}` };
    if (sent !== null) good.add(`r${state.issued}`);
    const token = { access_token: `a${state.issued}`, expires_in: 1800, token_type: 'Bearer', ...refresh };
    return { status: 200, body: JSON.stringify(token) };
  }

  const open = (changed: Partial<XeroSettings> = {}) =>
    createXeroConnection({
      settings: { ...settings, ...changed },
      tokens: {
        ...tokens,
        write(system, grant, written) {
          kept.set(system, written);
          return tokens.write(system, grant, written);
        },
      },
      http: {
        async send(request) {
          requests.push(request);
          if (state.away) throw new NoAnswerError('cut', 'unknown');
          return { headers: { 'content-type': 'application/json' }, ...answer(request) };
        },
      },
      clock: { now: () => state.now },
    });
  return { open, requests, kept, state, good, dead };
}

test('a sign-in to one organisation names it in every call and asks for JSON', async () => {
  const { open, requests } = setUp({ ...web, accessToken: 'a0' }, { reached: [PRACTICE, ACME] });

  const access = await open().access();

  expect(access).toEqual({
    baseUrl: 'https://api.xero.com',
    headers: { authorization: 'Bearer a0', accept: 'application/json', 'xero-tenant-id': 't-acme' },
  });
  expect(requests.map(({ url }) => url)).toEqual(['https://api.xero.com/connections']);
});

test('the organisation is found once, and not at all where its id is given', async () => {
  const asked = setUp({ ...web, accessToken: 'a0' });
  const connection = asked.open();
  await Promise.all([connection.access(), connection.access()]);
  const given = setUp({ ...web, accessToken: 'a0', tenantId: 't-own' });

  expect((await given.open().access()).headers['xero-tenant-id']).toBe('t-own');
  expect([asked.requests.length, given.requests.length]).toEqual([1, 0]);
});

test('of several organisations one must be named, and is found by its name', async () => {
  const { open } = setUp({ ...web, accessToken: 'a0' }, { reached: [ACME, BETA] });

  await expect(open().access()).rejects.toMatchObject({
    code: 'CONNECTIONS_INVALID',
    message: expect.stringContaining('Acme, Beta'),
  });
  await expect(open({ organisation: 'Gamma' }).access()).rejects.toMatchObject({
    code: 'CONNECTIONS_INVALID',
  });
  expect((await open({ organisation: 'beta' }).access()).headers['xero-tenant-id']).toBe('t-beta');
});

test('ten refused callers cause one refresh, and the rotated token is kept before it is used', async () => {
  const { open, requests, kept } = setUp({ ...web, accessToken: 'a0', tenantId: 't' });
  const connection = open();
  const refused = await connection.access();

  const renewed = await Promise.all(Array.from({ length: 10 }, () => connection.renew(refused)));

  expect(new Set(renewed.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a1']));
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa('app:s3cret')}`);
  expect(kept.get('xero')).toMatchObject({ accessToken: 'a1', refreshToken: 'r1' });
});

test('the next process goes on with the tokens that are kept, and with the configured one when they have died', async () => {
  const { open, state, good } = setUp({ ...web, accessToken: 'a0', tenantId: 't' });
  const first = open();
  await first.renew(await first.access());

  const second = await open().access();
  state.now += 31 * MINUTE_MS;
  good.delete('r1');
  const third = await open().access();

  expect(second.headers.authorization).toBe('Bearer a1');
  expect(third.headers.authorization).toBe('Bearer a2');
});

test('what another process has just refreshed is taken over without a call', async () => {
  const { open, requests } = setUp({ ...web, accessToken: 'a0', tenantId: 't' });
  const [one, other] = [open(), open()];
  const refused = await other.access();
  const current = await one.renew(await one.access());

  expect(await other.renew(refused)).toEqual(current);
  expect(requests).toHaveLength(1);
});

test('an access token that has ended does not keep the organisation from being found', async () => {
  const { open } = setUp({ ...web, accessToken: 'a0' }, { dead: new Set(['a0']) });

  expect((await open().access()).headers).toMatchObject({
    authorization: 'Bearer a1',
    'xero-tenant-id': 't-acme',
  });
});

test('a custom connection signs in by itself, and again when its token ends', async () => {
  const { open, requests } = setUp({ clientId: 'app', clientSecret: 's3cret', tenantId: 't' });
  const connection = open();

  const first = await connection.access();
  const next = await connection.renew(first);

  expect([first, next].map(({ headers }) => headers.authorization)).toEqual(['Bearer a1', 'Bearer a2']);
  expect(new URLSearchParams(requests[0]?.body).get('grant_type')).toBe('client_credentials');
});

test('a revoked grant asks for a new sign-in', async () => {
  const { open } = setUp({ ...web, accessToken: 'a0', tenantId: 't' }, { good: new Set() });
  const connection = open();

  await expect(connection.renew(await connection.access())).rejects.toMatchObject({
    code: 'SIGN_IN_EXPIRED',
    class: 'Reconnect',
  });
});

test('a host that does not answer leaves the next caller free to try again', async () => {
  const { open, state } = setUp({ ...web, accessToken: 'a0' });
  const connection = open();
  state.away = true;
  await expect(connection.access()).rejects.toMatchObject({ code: 'NO_ANSWER', carriedOut: 'no' });
  state.away = false;

  expect((await connection.access()).headers['xero-tenant-id']).toBe('t-acme');
});
