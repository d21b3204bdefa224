import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  isTrustedInstance,
  refreshSalesforce,
  SALESFORCE_LOGIN_HOSTS,
  salesforceAccess,
  salesforceAccountName,
  salesforceEndpoints,
  salesforceProof,
} from '@stackbridge/credentials/salesforce.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { answering } from '../support/answering-http.ts';

const GRANT = {
  tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
  clientId: '3MVG9.client',
  clientSecret: 'c1ient-s3cret',
  refreshToken: '5Aep861.refresh',
};
const ANSWER = {
  access_token: '00D!new',
  instance_url: 'https://acme.my.salesforce.com/',
  id: 'https://login.salesforce.com/id/00D/005',
  token_type: 'Bearer',
  issued_at: '1795000000000',
  signature: 'sig=',
  scope: 'refresh_token api',
};

test('each login host has its endpoints', () => {
  expect(salesforceEndpoints(SALESFORCE_LOGIN_HOSTS.sandbox)).toEqual({
    authorizationUrl: 'https://test.salesforce.com/services/oauth2/authorize',
    tokenUrl: 'https://test.salesforce.com/services/oauth2/token',
    revocationUrl: 'https://test.salesforce.com/services/oauth2/revoke',
  });
  expect(salesforceEndpoints('https://acme.my.salesforce.com/').tokenUrl).toBe(
    'https://acme.my.salesforce.com/services/oauth2/token',
  );
});

test.each([
  ['https://acme.my.salesforce.com', true],
  ['https://acme.lightning.force.com', true],
  ['http://acme.my.salesforce.com', false],
  ['https://salesforce.com.evil.example', false],
  ['https://evilsalesforce.com', false],
  ['https://user:pass@acme.my.salesforce.com', false],
  ['http://127.0.0.1:4010/salesforce/instances/na2', true],
  ['http://127.0.0.1:4011/salesforce', false],
  ['not a url', false],
])('the instance %s is trusted: %s', (instance, trusted) => {
  expect(isTrustedInstance(instance, ['http://127.0.0.1:4010/salesforce'])).toBe(trusted);
});

describe('a refresh', () => {
  test('sends the grant as a form and yields token and instance', async () => {
    const http = answering({ status: 200, body: ANSWER });

    const tokens = await refreshSalesforce(GRANT, http);

    expect(tokens).toEqual({ accessToken: '00D!new', instanceUrl: 'https://acme.my.salesforce.com' });
    expect(http.requests.map(({ method, url, body }) => ({ method, url, body }))).toEqual([
      {
        method: 'POST',
        url: GRANT.tokenUrl,
        body: 'refresh_token=5Aep861.refresh&grant_type=refresh_token&client_id=3MVG9.client&client_secret=c1ient-s3cret',
      },
    ]);
  });

  test('yields the rotated refresh token, whatever the identity token says', async () => {
    const http = answering({ status: 200, body: { ...ANSWER, refresh_token: 'next', id_token: 'no.jwt' } });

    expect(await refreshSalesforce(GRANT, http)).toEqual({
      accessToken: '00D!new',
      instanceUrl: 'https://acme.my.salesforce.com',
      refreshToken: 'next',
    });
  });

  test.each([
    ['the grant is gone', 400, { error: 'invalid_grant', error_description: 'expired' }, 'SIGN_IN_EXPIRED'],
    ['the user is inactive', 400, { error: 'inactive_user' }, 'SIGN_IN_EXPIRED'],
    ['the client is unknown', 400, { error: 'invalid_client_id' }, 'CONNECTIONS_INVALID'],
    ['sign-ins are limited', 400, { error: 'rate_limit_exceeded' }, 'RATE_LIMITED'],
    ['the endpoint is not one', 404, '<html>', 'CONNECTIONS_INVALID'],
    ['no instance is named', 200, { ...ANSWER, instance_url: undefined }, 'CONNECTIONS_INVALID'],
  ])('fails with its own code when %s', async (_case, status, body, code) => {
    await expect(refreshSalesforce(GRANT, answering({ status, body }))).rejects.toMatchObject({ code });
  });

  test.each([
    ['the endpoint is down', { status: 503, body: '<html>' }],
    ['the endpoint is overrun', { status: 429, body: {} }],
    ['the answer never came', new NoAnswerError('cut', 'unknown')],
  ])('says that the waiting call was not carried out when %s', async (_case, answer) => {
    await expect(refreshSalesforce(GRANT, answering(answer))).rejects.toMatchObject({
      code: 'NO_ANSWER',
      carriedOut: 'no',
    });
  });

  test('repeats no secret in an error, even where the endpoint does', async () => {
    const body = {
      error: 'invalid_grant',
      error_description: `token ${GRANT.refreshToken} of ${GRANT.clientSecret} is expired`,
    };

    const failure = await refreshSalesforce(GRANT, answering({ status: 400, body })).catch((e: unknown) => e);

    const shown = inspect(failure, { depth: 10, showHidden: true });
    expect(shown).toContain('invalid_grant');
    expect([GRANT.refreshToken, GRANT.clientSecret].filter((secret) => shown.includes(secret))).toEqual([]);
  });
});

test('the proof of a sign-in names the user and the organisation', () => {
  const access = salesforceAccess('https://acme.my.salesforce.com/', 't0ken');
  const body = JSON.stringify({ preferred_username: 'ann@acme.example', organization_id: '00D1' });

  expect(salesforceProof(access)).toEqual({
    method: 'GET',
    url: 'https://acme.my.salesforce.com/services/oauth2/userinfo',
    headers: { authorization: 'Bearer t0ken' },
  });
  expect(salesforceAccountName({ status: 200, headers: {}, body })).toBe('ann@acme.example (00D1)');
  expect(salesforceAccountName({ status: 403, headers: {}, body: 'Bad_OAuth_Token' })).toBeUndefined();
  expect(salesforceAccountName({ status: 200, headers: {}, body: 'Bad_OAuth_Token' })).toBeUndefined();
});
