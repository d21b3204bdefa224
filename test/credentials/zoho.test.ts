import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  refreshZoho,
  ZOHO_DATA_CENTRES,
  zohoAccess,
  zohoAccountName,
  zohoDataCentreOf,
  zohoEndpoints,
  zohoProof,
} from '@stackbridge/credentials/zoho.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { answering } from '../support/answering-http.ts';

const GRANT = {
  tokenUrl: 'https://accounts.zoho.eu/oauth/v2/token',
  clientId: '1000.CLIENT',
  clientSecret: 'c1ient-s3cret',
  refreshToken: '1000.refresh.token',
};
const ANSWER = {
  access_token: '1000.access.token',
  scope: 'ZohoProjects.projects.READ ZohoBooks.expenses.READ',
  api_domain: 'https://www.zohoapis.eu',
  token_type: 'Bearer',
  expires_in: 3600,
};
const TOO_MANY = 'You have made too many requests continuously. Please try again after some time.';

describe('a data centre', () => {
  test('has its own hosts', () => {
    expect(zohoEndpoints('com.au')).toEqual({
      authorizationUrl: 'https://accounts.zoho.com.au/oauth/v2/auth',
      tokenUrl: 'https://accounts.zoho.com.au/oauth/v2/token',
      revocationUrl: 'https://accounts.zoho.com.au/oauth/v2/token/revoke',
      projectsUrl: 'https://projectsapi.zoho.com.au',
      projectsWebUrl: 'https://projects.zoho.com.au',
      booksUrl: 'https://www.zohoapis.com.au',
    });
    expect(zohoEndpoints('ca').tokenUrl).toBe('https://accounts.zohocloud.ca/oauth/v2/token');
  });

  test.each(ZOHO_DATA_CENTRES)('%s is known by its API', (dataCentre) => {
    expect(zohoDataCentreOf(`${zohoEndpoints(dataCentre).booksUrl}/`)).toBe(dataCentre);
  });

  test.each([
    'http://www.zohoapis.com',
    'https://www.zohoapis.com.evil.example',
    'https://evilzohoapis.com',
    'https://www.zohoapis.com:8443',
    'not a url',
  ])('%s is none', (url) => expect(zohoDataCentreOf(url)).toBeUndefined());
});

describe('a refresh', () => {
  test('sends the grant as a form and yields token and API; the refresh token stays', async () => {
    const http = answering({ status: 200, body: ANSWER });

    expect(await refreshZoho(GRANT, http)).toEqual({
      accessToken: '1000.access.token',
      apiDomain: 'https://www.zohoapis.eu',
    });
    expect(http.requests.map(({ method, url, body }) => ({ method, url, body }))).toEqual([
      {
        method: 'POST',
        url: GRANT.tokenUrl,
        body: 'refresh_token=1000.refresh.token&grant_type=refresh_token&client_id=1000.CLIENT&client_secret=c1ient-s3cret',
      },
    ]);
  });

  test.each([
    ['invalid_code', 'SIGN_IN_EXPIRED'],
    ['access_denied', 'SIGN_IN_EXPIRED'],
    ['invalid_client', 'CONNECTIONS_INVALID'],
    ['invalid_client_secret', 'CONNECTIONS_INVALID'],
  ])('that is refused by HTTP 200 with %s is %s', async (error, code) => {
    await expect(refreshZoho(GRANT, answering({ status: 200, body: { error } }))).rejects.toMatchObject({
      code,
    });
  });

  test('asked for too often is not asked for again before ten minutes are over', async () => {
    const body = { error: 'Access Denied', error_description: TOO_MANY };
    for (const status of [200, 400])
      await expect(refreshZoho(GRANT, answering({ status, body }))).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        context: { retryAfterMs: 600_000 },
      });
  });

  test.each([
    ['a page for people', { status: 200, body: '<html>' }],
    ['an answer without a token', { status: 200, body: { token_type: 'Bearer' } }],
  ])('answered with %s tells of the wrong address', async (_what, answer) => {
    await expect(refreshZoho(GRANT, answering(answer))).rejects.toMatchObject({
      code: 'CONNECTIONS_INVALID',
    });
  });

  test.each([
    ['a failing server', { status: 503, body: { error: 'server_error' } }],
    ['silence', new NoAnswerError('none', 'unknown')],
  ])('answered with %s can be made again', async (_what, answer) => {
    await expect(refreshZoho(GRANT, answering(answer))).rejects.toMatchObject({
      code: 'NO_ANSWER',
      carriedOut: 'no',
    });
  });

  test('shows no secret when it fails', async () => {
    const failure = await refreshZoho(
      GRANT,
      answering({ status: 200, body: { error: 'invalid_code' } }),
    ).catch((error: unknown) => error);
    const shown = inspect(failure, { depth: 10, showHidden: true });
    expect([GRANT.clientSecret, GRANT.refreshToken].filter((it) => shown.includes(it))).toEqual([]);
  });
});

test('the proof of a sign-in names the portals, bare or wrapped', () => {
  const access = zohoAccess('https://projectsapi.zoho.com/', 't');
  expect(zohoProof(access)).toEqual({
    method: 'GET',
    url: 'https://projectsapi.zoho.com/api/v3/portals',
    headers: { authorization: 'Zoho-oauthtoken t' },
  });
  const answer = (body: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(body) });
  expect(zohoAccountName(answer([{ id: '1', name: 'Acme' }, { portal_name: 'beta' }]))).toBe('Acme, beta');
  expect(zohoAccountName(answer({ portals: [{ name: 'Acme' }] }))).toBe('Acme');
  expect(zohoAccountName(answer({ error: { title: 'INVALID_OAUTHTOKEN' } }))).toBeUndefined();
});
