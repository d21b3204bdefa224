import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  answersAttempt,
  askForConsent,
  type ConsentPage,
  takeConsent,
} from '@stackbridge/credentials/consent.ts';
import {
  mailchimpBaseUrlOfMetadata,
  mailchimpConsentPage,
  mailchimpEndpoints,
  mailchimpMetadataRequest,
  takeMailchimpConsent,
} from '@stackbridge/credentials/mailchimp.ts';
import {
  salesforceConsentPage,
  signInSalesforceServer,
  takeSalesforceConsent,
} from '@stackbridge/credentials/salesforce.ts';
import { takeXeroConsent, XERO_SCOPES, xeroConsentPage } from '@stackbridge/credentials/xero.ts';
import { takeZohoConsent, ZOHO_SCOPES, zohoConsentPage } from '@stackbridge/credentials/zoho.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { answering } from '../support/answering-http.ts';
import { answerConsent } from '../support/consent-page.ts';

const REDIRECT = 'http://localhost:8765/callback';
const MAILCHIMP_REDIRECT = 'http://127.0.0.1:8765/callback';

let sandbox: Sandbox;
let http: PooledHttp;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: 'running' });
  http = createHttp();
});
beforeEach(() => sandbox.admin.reset());
afterAll(async () => {
  await http.close();
  await sandbox.close();
});

const origin = () => sandbox.world.origin;
const queryOf = async (address: string, decision: 'accept' | 'deny' = 'accept') =>
  new URL(await answerConsent(address, { decision })).searchParams;

describe('a Salesforce consent', () => {
  const page = () => salesforceConsentPage(`${origin()}/salesforce`);

  test('is asked for with a proof key, and yields tokens and the instance', async () => {
    const { clientId, clientSecret, baseUrl } = sandbox.connections.salesforce;
    const attempt = await askForConsent(page(), clientId, REDIRECT);

    const tokens = await takeSalesforceConsent(attempt, await queryOf(attempt.address), clientSecret, http);

    expect(Object.fromEntries(new URL(attempt.address).searchParams)).toEqual({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: REDIRECT,
      scope: 'api refresh_token id',
      state: attempt.state,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(tokens).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      instanceUrl: baseUrl,
    });
  });

  test('cannot be traded by whoever has the code but not the verifier', async () => {
    const { clientId, clientSecret } = sandbox.connections.salesforce;
    const attempt = await askForConsent(page(), clientId, REDIRECT);
    const stolen = { ...attempt, verifier: 'w'.repeat(43) };

    await expect(
      takeSalesforceConsent(stolen, await queryOf(attempt.address), clientSecret, http),
    ).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  test('is not needed by a server with a key: its assertion signs in, without a refresh token', async () => {
    const { clientId, baseUrl, tokenUrl } = sandbox.connections.salesforce;
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    sandbox.admin.act('salesforce', 'upload-certificate', { publicKey: await exportSPKI(publicKey) });

    const tokens = await signInSalesforceServer(
      {
        tokenUrl,
        clientId,
        audience: 'https://login.salesforce.com',
        username: 'integration@stackbridge.example',
        privateKey: await exportPKCS8(privateKey),
      },
      http,
      { now: () => Date.now() },
    );

    expect(tokens).toEqual({ accessToken: expect.any(String), instanceUrl: baseUrl });
  });
});

describe('a Mailchimp consent', () => {
  test('yields a token that has neither type nor end, and whose account the metadata call finds', async () => {
    const { clientId, clientSecret } = sandbox.mailchimp.oauth;
    const loginHost = `${origin()}/mailchimp`;
    const attempt = await askForConsent(mailchimpConsentPage(loginHost), clientId, MAILCHIMP_REDIRECT);

    const token = await takeMailchimpConsent(attempt, await queryOf(attempt.address), clientSecret, http);
    const metadata = await http.send(mailchimpMetadataRequest(token, mailchimpEndpoints(loginHost)));

    expect(new URL(attempt.address).searchParams.has('code_challenge')).toBe(false);
    expect(mailchimpBaseUrlOfMetadata(metadata, [loginHost])).toBe(sandbox.connections.mailchimp.baseUrl);
    expect(mailchimpBaseUrlOfMetadata(metadata)).toBeUndefined();
  });
});

describe('a Zoho consent', () => {
  const server = () => `${origin()}/zoho-accounts`;
  async function asked() {
    return askForConsent(zohoConsentPage(server()), sandbox.connections.zoho.clientId, REDIRECT);
  }
  const secret = () => ({ clientSecret: sandbox.connections.zoho.clientSecret, configured: [server()] });

  test('asks for scopes with commas between them, and for a refresh token', async () => {
    const { searchParams } = new URL((await asked()).address);

    expect(searchParams.get('scope')).toBe(ZOHO_SCOPES.join(','));
    expect([searchParams.get('access_type'), searchParams.get('prompt')]).toEqual(['offline', 'consent']);
  });

  test('is traded at the accounts server that the redirect names: only that knows the code', async () => {
    sandbox.admin.act('zoho-accounts', 'settings', { centre: 'eu' });
    const attempt = await asked();

    const signIn = await takeZohoConsent(attempt, await queryOf(attempt.address), secret(), http);

    expect(signIn).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      apiDomain: `${origin()}/zoho-books`,
      accountsServer: `${server()}/eu`,
    });
  });

  test.each([
    ['https://accounts.zoho.eu.evil.example', 'CONNECTIONS_INVALID'],
    ['http://accounts.zoho.eu', 'CONNECTIONS_INVALID'],
    ['https://accounts.zoho.eu', undefined],
  ])('sends no secret to an accounts server but Zoho’s own: %s is %s', async (named, code) => {
    const attempt = await asked();
    const answer = new URLSearchParams({ code: 'c', state: attempt.state, 'accounts-server': named });
    const scripted = answering({
      status: 200,
      body: { access_token: 'a', refresh_token: 'r', token_type: 'Bearer' },
    });

    const failure = await takeZohoConsent(attempt, answer, secret(), scripted).catch(
      (error: unknown) => error,
    );

    expect(Object(failure).code).toBe(code);
    expect(scripted.requests.map(({ url }) => url)).toEqual(
      code === undefined ? ['https://accounts.zoho.eu/oauth/v2/token'] : [],
    );
  });

  test('is refused within HTTP 200', async () => {
    const attempt = await asked();
    const answer = new URLSearchParams({ code: 'none', state: attempt.state });

    await expect(takeZohoConsent(attempt, answer, secret(), http)).rejects.toMatchObject({
      code: 'SIGN_IN_EXPIRED',
    });
  });
});

describe('a Xero consent', () => {
  const identity = () => `${origin()}/xero/identity`;

  test('asks for granular scopes and an identity token, and yields a rotating pair', async () => {
    const { clientId, clientSecret } = sandbox.connections.xero;
    const attempt = await askForConsent(xeroConsentPage(undefined, identity()), clientId, REDIRECT);

    const tokens = await takeXeroConsent(attempt, await queryOf(attempt.address), clientSecret, http);

    expect(new URL(attempt.address).searchParams.get('scope')).toBe(XERO_SCOPES.join(' '));
    expect(tokens).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String) });
  });

  test('whose identity token carries another nonce is refused', async () => {
    const { clientId, clientSecret } = sandbox.connections.xero;
    const attempt = await askForConsent(xeroConsentPage(undefined, identity()), clientId, REDIRECT);
    const answer = await queryOf(attempt.address);

    await expect(
      takeXeroConsent({ ...attempt, nonce: 'another' }, answer, clientSecret, http),
    ).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });
});

describe('any consent', () => {
  const PAGE: ConsentPage = {
    system: 'xero',
    authorizationUrl: 'https://login.example/authorize',
    tokenUrl: 'https://login.example/token',
    hasProofKeys: true,
  };

  test('that is denied says so, and trades nothing', async () => {
    const attempt = await askForConsent(PAGE, 'app', REDIRECT);
    const scripted = answering();
    const denied = new URLSearchParams({ error: 'access_denied', state: attempt.state });

    await expect(takeConsent(attempt, denied, 's3cret', scripted)).rejects.toMatchObject({
      code: 'SIGN_IN_REFUSED',
      message: 'The sign-in to xero failed: the access was denied',
    });
    expect(scripted.requests).toEqual([]);
  });

  test.each([
    ['another state', { code: 'c', state: 'forged' }],
    ['no state', { code: 'c' }],
    ['another issuer', { code: 'c', iss: 'https://evil.example' }],
  ])('answered with %s trades nothing and shows no secret', async (_what, answer) => {
    const attempt = await askForConsent(PAGE, 'app', REDIRECT);
    const scripted = answering();
    const query = new URLSearchParams({ ...('iss' in answer ? { state: attempt.state } : {}), ...answer });

    const failure: unknown = await takeConsent(attempt, query, 's3cret', scripted).catch(
      (error: unknown) => error,
    );

    expect(failure).toMatchObject({ code: 'SIGN_IN_REFUSED' });
    expect(scripted.requests).toEqual([]);
    const shown = inspect(failure, { depth: 10, showHidden: true });
    expect(['s3cret', attempt.state, attempt.verifier].filter((it) => shown.includes(String(it)))).toEqual(
      [],
    );
  });

  test('has a state of its own', async () => {
    const [one, other] = [
      await askForConsent(PAGE, 'app', REDIRECT),
      await askForConsent(PAGE, 'app', REDIRECT),
    ];

    expect(answersAttempt(one, new URLSearchParams({ state: one.state }))).toBe(true);
    expect(answersAttempt(one, new URLSearchParams({ state: other.state }))).toBe(false);
  });
});
