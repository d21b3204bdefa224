import { expect, test } from '@jest/globals';
import {
  refreshXero,
  signInXeroClient,
  XERO_SCOPES,
  xeroAccess,
  xeroAccountName,
  xeroConnectionsRequest,
  xeroOrganisations,
  xeroProof,
} from '@stackbridge/credentials/xero.ts';
import { answering } from '../support/answering-http.ts';

const client = {
  tokenUrl: 'https://identity.xero.com/connect/token',
  clientId: 'app',
  clientSecret: 's3cret',
};
const token = { access_token: 'a1', expires_in: 1800, token_type: 'Bearer' };
const answer = (body: unknown, status = 200) => ({ status, headers: {}, body: JSON.stringify(body) });

test('only granular scopes are asked for: new applications get no others', () => {
  expect(XERO_SCOPES).toContain('offline_access');
  expect(XERO_SCOPES).not.toContain('accounting.transactions');
});

test('a refresh names the application in the header and hands the rotated token on', async () => {
  const http = answering({ status: 200, body: { ...token, refresh_token: 'r1', id_token: 'not-looked-at' } });

  const tokens = await refreshXero({ ...client, refreshToken: 'r0' }, http);

  expect(tokens).toEqual({ accessToken: 'a1', refreshToken: 'r1' });
  expect(http.requests[0]?.headers.authorization).toBe(`Basic ${btoa('app:s3cret')}`);
  expect(Object.fromEntries(new URLSearchParams(http.requests[0]?.body))).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'r0',
  });
});

test('a public client names itself in the form and sends no secret', async () => {
  const http = answering({ status: 200, body: { ...token, refresh_token: 'r1' } });
  const { clientSecret: _none, ...publicClient } = client;

  await refreshXero({ ...publicClient, refreshToken: 'r0' }, http);

  expect(http.requests[0]?.headers.authorization).toBeUndefined();
  expect(new URLSearchParams(http.requests[0]?.body).get('client_id')).toBe('app');
});

test('a custom connection signs in without a user', async () => {
  const http = answering({ status: 200, body: token });

  expect(await signInXeroClient(client, http)).toEqual({ accessToken: 'a1' });
  expect(new URLSearchParams(http.requests[0]?.body).get('grant_type')).toBe('client_credentials');
});

test.each([
  ['invalid_grant', 'SIGN_IN_EXPIRED'],
  ['invalid_client', 'CONNECTIONS_INVALID'],
  ['unauthorized_client', 'CONNECTIONS_INVALID'],
])('the refusal %s is %s', async (error, code) => {
  const http = answering({ status: 400, body: { error } });

  await expect(refreshXero({ ...client, refreshToken: 'r0' }, http)).rejects.toMatchObject({ code });
});

test('every call asks for JSON and names the organisation, the list of organisations names none', () => {
  const access = xeroAccess('https://api.xero.com/', 'a1', 't-1');

  expect(xeroProof(access)).toEqual({
    method: 'GET',
    url: 'https://api.xero.com/api.xro/2.0/Organisation',
    headers: { authorization: 'Bearer a1', accept: 'application/json', 'xero-tenant-id': 't-1' },
  });
  expect(xeroConnectionsRequest('https://api.xero.com', 'a1').headers).not.toHaveProperty('xero-tenant-id');
});

test('answers prove a sign-in only where they are what they should be', () => {
  expect(xeroAccountName(answer({ Organisations: [{ Name: 'Acme' }] }))).toBe('Acme');
  expect(xeroAccountName(answer({ Organisations: [] }))).toBeUndefined();
  expect(xeroAccountName(answer({ Detail: 'AuthenticationUnsuccessful' }, 403))).toBeUndefined();
  expect(xeroOrganisations(answer([{ tenantId: 't', tenantType: 'PRACTICE', tenantName: 'B' }]))).toEqual([]);
  expect(xeroOrganisations(answer({}, 401))).toBeUndefined();
});
