import { describe, expect, it } from '@jest/globals';
import { answerConsent } from '../support/consent-page.ts';
import { appEnvironmentOf, signedIn } from './support/auth-data.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const AUTHORIZE = 'authentication.oauth2Config.authorizeUrl';
const TAKE = 'authentication.oauth2Config.getAccessToken';
const REFRESH = 'authentication.oauth2Config.refreshAccessToken';
const TEST = 'authentication.test';
const LABEL = 'authentication.connectionLabel';
const SYSTEMS = ['salesforce', 'mailchimp', 'zoho', 'xero'] as const;
/** Zapier sends users back to an address of its own. */
const REDIRECT = 'https://zapier.com/dashboard/auth/oauth/return/App1CLIAPI/';

const stage = usePackagedApp();

function call(method: string, given: Given): Promise<Outcome> {
  return stage.app.call(method, given, appEnvironmentOf(stage.sandbox));
}

/** Everything that Zapier does when a user connects an account. */
async function connect(system: string): Promise<Outcome> {
  const inputData = { system, redirect_uri: REDIRECT, state: 'zapiers-own-state' };
  const asked = await call(AUTHORIZE, { inputData });
  const target = await answerConsent('results' in asked ? String(asked.results) : JSON.stringify(asked));
  const back = Object.fromEntries(new URL(target).searchParams);
  expect(back.state).toBe('zapiers-own-state');
  const cleanedRequest = { querystring: back };
  return call(TAKE, { inputData: { system, redirect_uri: REDIRECT, code: back.code }, cleanedRequest });
}

describe('connecting an account', () => {
  const expected = {
    salesforce: { api_url: '/salesforce', login_url: '/salesforce' },
    mailchimp: { api_url: '/mailchimp/3.0' },
    zoho: {
      projects_url: '/zoho-projects',
      books_url: '/zoho-books',
      token_url: '/zoho-accounts/oauth/v2/token',
    },
    xero: { api_url: '/xero' },
  } as const;

  it.each(SYSTEMS)('keeps flat what later calls to %s need', async (system) => {
    const outcome = await connect(system);
    const addresses = Object.fromEntries(
      Object.entries(expected[system]).map(([key, path]) => [key, stage.sandbox.world.origin + path]),
    );
    const tokens = { access_token: expect.any(String), refresh_token: expect.any(String) };
    const { refresh_token: _, ...lasting } = tokens;
    expect(outcome).toEqual({
      results: { system, ...(system === 'mailchimp' ? lasting : tokens), ...addresses },
    });
  });

  it.each([
    ['salesforce', 'Salesforce: integration@stackbridge.example (00D'],
    ['mailchimp', 'Mailchimp: Stackbridge Sandbox'],
    ['zoho', 'Zoho Projects and Books: '],
    ['xero', 'Xero: '],
  ] as const)('names the account and the system of %s', async (system, label) => {
    const tested = await call(TEST, { authData: signedIn(stage.sandbox)[system] });
    const inputData = 'results' in tested ? Object(tested.results) : {};
    expect(await call(LABEL, { inputData })).toEqual({ results: expect.stringContaining(label) });
  });

  it('asks the accounts server that the redirect names, unless it is not Zoho', async () => {
    const given = {
      inputData: { system: 'zoho', redirect_uri: REDIRECT, code: '1000.code' },
      cleanedRequest: { querystring: { 'accounts-server': 'https://accounts.zoho.evil.test' } },
    };
    expect(await call(TAKE, given)).toEqual({
      error: {
        name: 'AppError',
        message: expect.stringContaining(
          "accounts.zoho.evil.test as the accounts server, which is not Zoho's",
        ),
      },
    });
  });

  it('says which variable is missing in an app that is not set up', async () => {
    const inputData = { system: 'xero', redirect_uri: REDIRECT, state: 's' };
    expect(
      await stage.app.call(AUTHORIZE, { inputData }, { XERO_CLIENT_ID: '', XERO_CLIENT_SECRET: '' }),
    ).toEqual({
      error: { name: 'AppError', message: expect.stringContaining('XERO_CLIENT_ID is missing') },
    });
  });

  it('says that the user has to connect again when the code is not accepted', async () => {
    const inputData = { system: 'salesforce', redirect_uri: REDIRECT, code: 'stale' };
    expect(await call(TAKE, { inputData })).toEqual({
      error: { name: 'ExpiredAuthError', message: expect.stringContaining('invalid_grant') },
    });
  });
});

describe('renewing a token', () => {
  it.each(['salesforce', 'zoho', 'xero'] as const)('of %s gives all of the account again', async (system) => {
    const account = signedIn(stage.sandbox)[system];
    const outcome = await call(REFRESH, { authData: account });
    expect(outcome).toEqual({
      results: { ...account, access_token: expect.any(String), refresh_token: expect.any(String) },
    });
    expect(outcome).not.toEqual({ results: expect.objectContaining({ access_token: account.access_token }) });
  });

  it('keeps the newest refresh token where the organisation rotates them', async () => {
    stage.sandbox.salesforce.org.settings.rotateRefreshTokens = true;
    const first = await call(REFRESH, { authData: signedIn(stage.sandbox).salesforce });
    const authData = 'results' in first ? Object(first.results) : {};
    expect(await call(REFRESH, { authData })).toEqual({
      results: expect.objectContaining({ system: 'salesforce' }),
    });
  });

  it.each(SYSTEMS)(
    'holds the Zap until somebody connects %s again when access was withdrawn',
    async (system) => {
      const account = signedIn(stage.sandbox)[system];
      stage.sandbox.salesforce.revoke();
      stage.sandbox.zohoAccounts.revoke();
      stage.sandbox.xero.revoke();
      expect(await call(REFRESH, { authData: account })).toEqual({
        error: {
          name: 'ExpiredAuthError',
          message: expect.stringContaining('Reconnect the account in Zapier'),
        },
      });
    },
  );

  it('is replayed by Zapier when the token endpoint is away', async () => {
    stage.sandbox.world.faults.add({
      system: 'xero',
      operation: 'identity.token',
      effect: { kind: 'status', status: 503 },
    });
    expect(await call(REFRESH, { authData: signedIn(stage.sandbox).xero })).toEqual({
      error: { name: 'AppError', message: expect.stringContaining('"status":503') },
    });
  });
});

describe('testing an account', () => {
  it('sends no secret to the log', async () => {
    const account = signedIn(stage.sandbox).salesforce;
    await call(TEST, { authData: account });
    await call(REFRESH, { authData: account });
    const { clientSecret, accessToken, refreshToken } = stage.sandbox.connections.salesforce;
    const told = [clientSecret, accessToken, refreshToken].filter((secret) =>
      stage.app.logged.some((line) => line.includes(secret)),
    );
    expect(told).toEqual([]);
  });
});
