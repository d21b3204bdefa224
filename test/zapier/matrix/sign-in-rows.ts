import { expect } from '@jest/globals';
import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { answerConsent } from '../../support/consent-page.ts';
import type { Given } from '../support/packaged-app.ts';
import { failing, type Row, type Stage } from './row.ts';

/** Zapier sends users back to an address of its own. */
const REDIRECT = 'https://zapier.com/dashboard/auth/oauth/return/App1CLIAPI/';
const AUTHORIZE = 'authentication.oauth2Config.authorizeUrl';

/** Who issues the tokens of each system, and who says whose they are. */
const ISSUERS = { salesforce: 'salesforce', mailchimp: 'mailchimp', zoho: 'zoho-accounts', xero: 'xero' };
const APIS = { salesforce: 'salesforce', mailchimp: 'mailchimp', zoho: 'zoho-projects', xero: 'xero' };

const NO_LISTING = 'it reads no listing';
const NO_ACCOUNT_YET = 'there is no account yet';
const ANY_ACCOUNT = 'it works with an account of any system';

export const SIGN_IN_ROWS: readonly Row[] = SIGN_IN_SYSTEMS.flatMap((system) => [
  authorizeUrl(system),
  getAccessToken(system),
  // Mailchimp's tokens do not end.
  ...(system === 'mailchimp' ? [] : [refreshAccessToken(system)]),
  test(system),
  connectionLabel(system),
]);

function authorizeUrl(account: SignInSystem): Row {
  const inputData = { system: account, redirect_uri: REDIRECT, state: 'zapiers-own' };
  return {
    method: AUTHORIZE,
    account,
    system: ISSUERS[account],
    scene: () => ({ authData: {}, inputData }),
    gives: expect.stringContaining('state=zapiers-own'),
    empty: {
      scene: () => ({ authData: {}, inputData: { ...inputData, system: '' } }),
      expected: failing('AppError', 'system: '),
    },
    paging: NO_LISTING,
    expired: NO_ACCOUNT_YET,
    throttled: 'it makes an address and asks nobody',
    refused: 'it makes an address and asks nobody',
    wrongAccount: NO_ACCOUNT_YET,
  };
}

function getAccessToken(account: SignInSystem): Row {
  const inputData = { system: account, redirect_uri: REDIRECT };
  return {
    method: 'authentication.oauth2Config.getAccessToken',
    account,
    system: ISSUERS[account],
    writes: true,
    scene: (stage) => consented(stage, account),
    gives: expect.objectContaining({ system: account, access_token: expect.any(String) }),
    empty: {
      scene: () => ({ authData: {}, inputData }),
      expected: failing('AppError', 'code: '),
    },
    paging: NO_LISTING,
    expired: NO_ACCOUNT_YET,
    throttled: 'no vendor documents a limit that a Zap could meet here',
    refused: {
      scene: () => ({ authData: {}, inputData: { ...inputData, code: 'stale' } }),
      expected: failing('ExpiredAuthError', 'invalid_grant'),
    },
    wrongAccount: NO_ACCOUNT_YET,
    replay: 'a code is good for one token: Zapier asks the user again',
  };
}

/** The user has agreed, and came back with a code. */
async function consented({ call }: Stage, system: SignInSystem): Promise<Given> {
  const inputData = { system, redirect_uri: REDIRECT };
  const asked = await call(AUTHORIZE, { authData: {}, inputData: { ...inputData, state: 'zapiers-own' } });
  const target = await answerConsent('results' in asked ? String(asked.results) : JSON.stringify(asked));
  const back = Object.fromEntries(new URL(target).searchParams);
  return {
    authData: {},
    inputData: { ...inputData, code: back.code },
    cleanedRequest: { querystring: back },
  };
}

function refreshAccessToken(account: SignInSystem): Row {
  return {
    method: 'authentication.oauth2Config.refreshAccessToken',
    account,
    system: ISSUERS[account],
    writes: true,
    scene: () => ({}),
    gives: expect.objectContaining({ system: account, access_token: expect.any(String) }),
    empty: {
      scene: () => ({ authData: { system: account } }),
      expected: failing('ExpiredAuthError', 'The connected account is not complete'),
    },
    paging: NO_LISTING,
    expired: 'it is what renews a token',
    throttled: 'no vendor documents a limit that a Zap could meet here',
    refused: {
      scene: ({ sandbox }) => {
        withdraw(sandbox);
        return {};
      },
      expected: failing('ExpiredAuthError', 'Reconnect the account in Zapier'),
    },
    wrongAccount: ANY_ACCOUNT,
    replay: 'each gives a new token',
  };
}

function withdraw({ salesforce, mailchimp, zohoAccounts, xero }: Sandbox): void {
  for (const system of [salesforce, mailchimp, zohoAccounts, xero]) system.revoke();
}

function test(account: SignInSystem): Row {
  return {
    method: 'authentication.test',
    account,
    system: APIS[account],
    scene: () => ({}),
    gives: { system: expect.any(String), account: expect.any(String) },
    empty: {
      scene: () => ({ authData: { system: account } }),
      expected: failing(
        account === 'mailchimp' ? 'ExpiredAuthError' : 'RefreshAuthError',
        'The connected account is not complete',
      ),
    },
    paging: NO_LISTING,
    refused: 'whoever is signed in may ask who that is',
    wrongAccount: ANY_ACCOUNT,
  };
}

function connectionLabel(account: SignInSystem): Row {
  return {
    method: 'authentication.connectionLabel',
    account,
    system: APIS[account],
    scene: async ({ accounts, call }) => {
      const tested = await call('authentication.test', { authData: accounts[account] });
      return { inputData: 'results' in tested ? Object(tested.results) : {} };
    },
    gives: expect.stringMatching(/^(Salesforce|Mailchimp|Zoho Projects and Books|Xero): ./),
    empty: { scene: () => ({}), expected: failing('AppError', 'account: ') },
    paging: NO_LISTING,
    expired: 'it says what the test of the account has found',
    throttled: 'it says what the test of the account has found',
    refused: 'it says what the test of the account has found',
    wrongAccount: ANY_ACCOUNT,
  };
}
