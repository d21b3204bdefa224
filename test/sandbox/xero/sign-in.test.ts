import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type Answered, type ServedXero, serveXero } from './served-xero.ts';

const REDIRECT = 'https://app.test/callback';
const MINUTE_MS = 60_000;

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

function basic({
  clientId,
  clientSecret,
}: {
  clientId: string;
  clientSecret: string;
}): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
}

/** The token endpoint as the web app calls it. */
function token(form: Record<string, string>, headers = basic(served.xero.auth)): Promise<Answered> {
  return served.call('POST', '/identity/connect/token', {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

function refresh(refreshToken: string): Promise<Answered> {
  return token({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function authorize(query: Record<string, string>, answer: Record<string, string> = {}): Promise<URL> {
  const search = new URLSearchParams({
    response_type: 'code',
    client_id: served.xero.auth.clientId,
    redirect_uri: REDIRECT,
    scope: 'offline_access accounting.invoices',
    ...query,
  });
  const { headers } = await served.call('POST', `/identity/connect/authorize?${search}`, {
    body: new URLSearchParams({ decision: 'accept', ...answer }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return new URL(String(headers.location));
}

function organisation(accessToken: string): Promise<Answered> {
  return served.call('GET', '/api.xro/2.0/Organisation', {
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

describe('signing in to the simulated Xero', () => {
  test('a code is good for one use, within five minutes', async () => {
    const code = (await authorize({})).searchParams.get('code') ?? '';
    const late = (await authorize({})).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', redirect_uri: REDIRECT };

    const first = await token({ ...form, code });
    const second = await token({ ...form, code });
    served.world.clock.advance(5 * MINUTE_MS);
    const third = await token({ ...form, code: late });

    expect([first.status, first.body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        expires_in: 1800,
        token_type: 'Bearer',
        refresh_token: expect.any(String),
        scope: 'offline_access accounting.invoices',
      },
    ]);
    expect([second.status, second.body, third.body]).toEqual([
      400,
      { error: 'invalid_grant' },
      { error: 'invalid_grant' },
    ]);
  });

  test('an app with a verifier needs no secret', async () => {
    const verifier = 'a-verifier-of-some-forty-characters-or-more';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const target = await authorize({ code_challenge: challenge, code_challenge_method: 'S256', state: 's1' });
    const form = {
      grant_type: 'authorization_code',
      client_id: served.xero.auth.clientId,
      code: target.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    };

    const answered = await token(form, { authorization: '' });

    expect([target.searchParams.get('state'), answered.status]).toEqual(['s1', 200]);
  });

  test.each(['http://127.0.0.1:4000/callback', 'http://app.test/callback'])(
    'refuses to redirect to %s',
    async (uri) => {
      const search = new URLSearchParams({
        response_type: 'code',
        client_id: served.xero.auth.clientId,
        redirect_uri: uri,
        scope: 'openid',
      });

      const { status, body } = await served.call('GET', `/identity/connect/authorize?${search}`);

      expect([status, body]).toEqual([400, { error: 'unauthorized_client' }]);
    },
  );

  test('a denied consent sends the user back without a code', async () => {
    const target = await authorize({ state: 's1' }, { decision: 'deny' });

    expect(target.search).toBe('?error=access_denied&state=s1');
  });

  test('the page offers every organisation of the user, and connects the one that is chosen', async () => {
    const { tenantId } = Object(served.xero.actions['open-organisation']?.run({ region: 'NZ' }));
    const search = new URLSearchParams({
      response_type: 'code',
      client_id: served.xero.auth.clientId,
      redirect_uri: REDIRECT,
      scope: 'openid',
    });
    const before = await served.call('GET', '/connections');
    const page = await served.call('GET', `/identity/connect/authorize?${search}`);
    await authorize({}, { tenant: tenantId });
    const after = await served.call('GET', '/connections');

    const first = served.xero.books().organisation.id;
    expect([...page.text.matchAll(/<option value="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      first,
      tenantId,
    ]);
    expect(before.body).toMatchObject([{ tenantId: first }]);
    expect(after.body).toMatchObject([{ tenantId: first }, { tenantId }]);
  });

  test('an identity token carries the nonce and is signed with the published key', async () => {
    const code = (await authorize({ scope: 'openid', nonce: 'n1' })).searchParams.get('code') ?? '';
    const { body } = await token({ grant_type: 'authorization_code', redirect_uri: REDIRECT, code });
    const keySet = await served.call('GET', '/identity/.well-known/openid-configuration/jwks');
    const { payload } = await jwtVerify(Object(body).id_token, createLocalJWKSet(Object(keySet.body)), {
      issuer: 'https://identity.xero.com',
      audience: served.xero.auth.clientId,
      currentDate: new Date(served.world.clock.now()),
    });

    expect(payload.nonce).toBe('n1');
  });

  test('a broad scope is refused to an app that is too young for it', async () => {
    const target = await authorize({ scope: 'accounting.transactions' });

    expect(target.searchParams.get('error')).toBe('invalid_scope');
  });

  test('an old app’s broad scope reaches what it stands for', async () => {
    const old = await serveXero({ broadScopes: true });
    const accessToken = old.xero.auth.issueAccessToken(['accounting.transactions.read']);
    const headers = { authorization: `Bearer ${accessToken}` };

    const read = await old.call('GET', '/api.xro/2.0/Invoices', { headers });
    const written = await old.call('PUT', '/api.xro/2.0/Invoices', { headers, body: {} });

    expect([read.status, written.status]).toEqual([200, 401]);
  });

  test('refresh tokens rotate; a used one works again for thirty minutes', async () => {
    const { firstRefreshToken } = served.xero.auth;

    const first = await refresh(firstRefreshToken);
    served.world.clock.advance(29 * MINUTE_MS);
    const again = await refresh(firstRefreshToken);
    served.world.clock.advance(MINUTE_MS);
    const late = await refresh(firstRefreshToken);
    const rotated = await refresh(Object(first.body).refresh_token);

    expect([first.status, again.status, late.status, late.body, rotated.status]).toEqual([
      200,
      200,
      400,
      { error: 'invalid_grant' },
      200,
    ]);
    expect(Object(first.body).refresh_token).not.toBe(firstRefreshToken);
  });

  test('a refresh token ends after sixty days', async () => {
    served.world.clock.advance(60 * 24 * 60 * MINUTE_MS);

    const { body } = await refresh(served.xero.auth.firstRefreshToken);

    expect(body).toEqual({ error: 'invalid_grant' });
  });

  test('an access token ends after thirty minutes, and says when', async () => {
    served.world.clock.advance(30 * MINUTE_MS);

    const { status, body } = await organisation(served.xero.auth.firstAccessToken);

    expect([status, body]).toEqual([
      401,
      {
        Title: 'Unauthorized',
        Status: 401,
        Detail: 'TokenExpired: token expired at 11/02/2026 08:30:00',
        Instance: expect.any(String),
      },
    ]);
  });

  test('a revoked refresh token ends all tokens of the user', async () => {
    const { auth } = served.xero;

    const revoked = await served.call('POST', '/identity/connect/revocation', {
      body: `token=${auth.firstRefreshToken}`,
      headers: basic(auth),
    });
    const used = await organisation(auth.firstAccessToken);
    const refreshed = await refresh(auth.firstRefreshToken);

    expect([revoked.status, revoked.text, used.status, refreshed.body]).toEqual([
      200,
      '',
      401,
      { error: 'invalid_grant' },
    ]);
  });

  test('a custom connection gets a token without a user, and names no tenant', async () => {
    const { customConnection } = served.xero.auth;

    const { body } = await token(
      { grant_type: 'client_credentials', scope: 'accounting.settings.read' },
      basic(customConnection),
    );
    const answered = await served.call('GET', '/api.xro/2.0/Organisation', {
      headers: { authorization: `Bearer ${Object(body).access_token}`, 'xero-tenant-id': '' },
    });

    expect([body, answered.status]).toEqual([
      {
        access_token: expect.any(String),
        expires_in: 1800,
        token_type: 'Bearer',
        scope: 'accounting.settings.read',
      },
      200,
    ]);
  });

  test.each([
    ['a wrong secret', { clientSecret: 'wrong' }, 'client_credentials', 'invalid_client'],
    ['a grant it may not ask for', {}, 'client_credentials', 'unauthorized_client'],
    ['a grant that is none', {}, 'password', 'unsupported_grant_type'],
  ])('a web app is refused with %s', async (_what, change, grant_type, error) => {
    const { clientId, clientSecret } = served.xero.auth;
    const asApp = {
      clientId:
        grant_type === 'client_credentials' && error === 'invalid_client'
          ? served.xero.auth.customConnection.clientId
          : clientId,
      clientSecret,
      ...change,
    };

    const { status, body } = await token({ grant_type }, basic(asApp));

    expect([status, body]).toEqual([400, { error }]);
  });
});
