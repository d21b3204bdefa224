import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type CryptoKey, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { type OrgClient, openOrg } from './org-client.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const NOW_S = Date.parse('2026-11-02T08:00:00Z') / 1000;

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

async function token(form: Record<string, string>) {
  const { tokenUrl, clientId, clientSecret } = org.sandbox.connections.salesforce;
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
  const response = await fetch(tokenUrl, { method: 'POST', body });
  const answer: Record<string, string> = Object.assign({}, await response.json());
  return { status: response.status, answer };
}

const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });

/** The user's answer on the consent page. @returns where it leads */
async function decide(page: string, decision: string): Promise<URL> {
  const body = new URLSearchParams({ decision });
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

async function read(accessToken: string, base = org.sandbox.connections.salesforce.baseUrl) {
  const response = await fetch(`${base}/services/data/v60.0/limits`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return { status: response.status, body: await response.json() };
}

const EXPIRED = {
  status: 401,
  body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
};

test('a refresh gives an access token for the instance, and never says when it ends', async () => {
  const { baseUrl, refreshToken } = org.sandbox.connections.salesforce;

  const { status, answer } = await refresh(refreshToken);

  expect(status).toBe(200);
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^00D\w{12}!/),
    instance_url: baseUrl,
    id: expect.stringContaining('/id/00D'),
    token_type: 'Bearer',
    issued_at: String(Date.parse('2026-11-02T08:00:00Z')),
    signature: expect.any(String),
    scope: 'refresh_token api id',
  });
  expect((await read(answer.access_token ?? '')).status).toBe(200);
});

test('with rotation each refresh token works once', async () => {
  const { refreshToken } = org.sandbox.connections.salesforce;
  org.sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });

  const first = await refresh(refreshToken);
  const again = await refresh(refreshToken);
  const next = await refresh(first.answer.refresh_token ?? '');

  expect(again).toEqual({
    status: 400,
    answer: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
  });
  expect(next.status).toBe(200);
});

test('a session ends after two idle hours, and each call renews it', async () => {
  const { accessToken } = org.sandbox.connections.salesforce;
  const statuses: number[] = [];
  for (const minutes of [90, 90, 121]) {
    org.sandbox.admin.clock({ advanceMs: minutes * 60_000 });
    statuses.push((await read(accessToken)).status);
  }

  expect(statuses).toEqual([200, 200, 401]);
});

test('an org that moves answers only on its new instance, which a refresh names', async () => {
  const { baseUrl, accessToken, refreshToken } = org.sandbox.connections.salesforce;
  org.sandbox.admin.act('salesforce', 'settings', { instance: 'eu42' });

  const old = await read(accessToken);
  const { answer } = await refresh(refreshToken);

  expect(old).toEqual(EXPIRED);
  expect(answer.instance_url).toBe(`${baseUrl}/instances/eu42`);
  expect((await read(answer.access_token ?? '', answer.instance_url)).status).toBe(200);
  expect(await read(answer.access_token ?? '')).toEqual(EXPIRED);
});

test('a revoked grant ends everything until the user says yes again, by code and PKCE', async () => {
  const { baseUrl, accessToken, refreshToken, clientId } = org.sandbox.connections.salesforce;
  org.sandbox.salesforce.revoke();

  expect(await read(accessToken)).toEqual(EXPIRED);
  expect((await refresh(refreshToken)).answer.error).toBe('invalid_grant');
  expect((await token({ grant_type: 'client_credentials' })).answer.error).toBe('invalid_grant');

  const verifier = 'v'.repeat(43);
  const redirect_uri = 'http://127.0.0.1:9/callback';
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri,
    state: 's1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = `${baseUrl}/services/oauth2/authorize?${query}`;
  const back = await decide(page, 'accept');
  const code = back.searchParams.get('code') ?? '';

  expect(await (await fetch(page)).text()).toContain('in the simulated Salesforce');
  expect((await decide(page, 'deny')).search).toBe('?error=access_denied&state=s1');
  expect(back.searchParams.get('state')).toBe('s1');
  const form = { grant_type: 'authorization_code', code, redirect_uri };
  expect((await token({ ...form, code_verifier: 'wrong' })).answer.error).toBe('invalid_grant');
  const second = await decide(page, 'accept');
  const signedIn = await token({
    ...form,
    code: second.searchParams.get('code') ?? '',
    code_verifier: verifier,
  });
  expect((await read(signedIn.answer.access_token ?? '')).status).toBe(200);
  expect((await refresh(signedIn.answer.refresh_token ?? '')).status).toBe(200);
});

test.each([
  [{ grant_type: 'password' }, 'unsupported_grant_type'],
  [{ grant_type: 'refresh_token', client_id: 'other' }, 'invalid_client_id'],
  [{ grant_type: 'refresh_token', client_secret: 'wrong' }, 'invalid_client'],
  [{ grant_type: JWT_BEARER, assertion: 'x' }, 'invalid_grant'],
])('%j is refused with %s', async (form, error) => {
  const { status, answer } = await token(form);

  expect([status, answer.error]).toEqual([400, error]);
});

test('unattended sign-ins get no refresh token', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  org.sandbox.admin.act('salesforce', 'upload-certificate', { publicKey: await exportSPKI(publicKey) });
  const answers = [
    await token({ grant_type: 'client_credentials' }),
    await token({ grant_type: JWT_BEARER, assertion: await assertion(privateKey) }),
  ];

  for (const { status, answer } of answers) {
    expect([status, answer.refresh_token]).toEqual([200, undefined]);
    expect((await read(answer.access_token ?? '')).status).toBe(200);
  }
});

test.each([
  [{ iss: 'other' }, 'invalid client credentials'],
  [{ aud: 'https://evil.example' }, 'audience is invalid'],
  [{ sub: 'somebody@else.example' }, "user hasn't approved this consumer"],
  [{ exp: NOW_S - 1 }, 'expired authorization code'],
  [{ exp: NOW_S + 301 }, 'expired authorization code'],
])('an assertion with %j is refused', async (change, error_description) => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  org.sandbox.admin.act('salesforce', 'upload-certificate', { publicKey: await exportSPKI(publicKey) });

  const refused = await token({ grant_type: JWT_BEARER, assertion: await assertion(privateKey, change) });

  expect(refused).toEqual({ status: 400, answer: { error: 'invalid_grant', error_description } });
});

test('an assertion of another key is refused', async () => {
  const [known, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  org.sandbox.admin.act('salesforce', 'upload-certificate', { publicKey: await exportSPKI(known.publicKey) });

  const refused = await token({ grant_type: JWT_BEARER, assertion: await assertion(other.privateKey) });

  expect(refused.answer.error_description).toBe('invalid assertion');
});

function assertion(key: CryptoKey, change: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({
    iss: org.sandbox.connections.salesforce.clientId,
    sub: 'integration@stackbridge.example',
    aud: 'https://login.salesforce.com',
    exp: NOW_S + 180,
    ...change,
  })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
}
