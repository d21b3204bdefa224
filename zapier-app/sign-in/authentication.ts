import { askForConsent } from '@stackbridge/credentials/consent.ts';
import { SIGN_IN_SYSTEMS, type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { ZOHO_DATA_CENTRES } from '@stackbridge/credentials/zoho.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { Authentication, AuthFields } from 'zapier-platform-core';
import { z } from 'zod';
import { type AuthData, readAuthData } from '../connection/auth-data.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';
import { accountName } from './account-name.ts';
import { type AppEnvironment, appEnvironment } from './app-environment.ts';
import { mailchimpSignIn } from './mailchimp-sign-in.ts';
import { salesforceSignIn } from './salesforce-sign-in.ts';
import { type Consent, signInChoices } from './sign-in.ts';
import { xeroSignIn } from './xero-sign-in.ts';
import { zohoSignIn } from './zoho-sign-in.ts';

const SIGN_INS = {
  salesforce: salesforceSignIn,
  mailchimp: mailchimpSignIn,
  zoho: zohoSignIn,
  xero: xeroSignIn,
} as const;

const redirect = signInChoices.extend({ system: z.enum(SIGN_IN_SYSTEMS), redirect_uri: z.string().min(1) });
const asked = redirect.extend({ state: z.string().min(1) });
const answered = redirect.extend({ code: z.string().min(1) });

/** An app has one authentication: the user says which system before being sent there. */
export function authenticationFor(systems: readonly SignInSystem[]): Authentication {
  return {
    type: 'oauth2',
    fields: fieldsFor(systems),
    oauth2Config: {
      authorizeUrl: step(authorizeUrl),
      getAccessToken: step(getAccessToken, 'reconnect'),
      refreshAccessToken: step(refreshAccessToken, 'reconnect'),
      autoRefresh: true,
    },
    test: step(test),
    connectionLabel: step(connectionLabel),
  };
}

/** The question is put by one process and its answer taken by another: no proof key or nonce can be kept in between. */
async function attemptOf(
  { system, redirect_uri, ...choices }: z.output<typeof redirect>,
  app: AppEnvironment,
): Promise<Consent['attempt']> {
  const { identityIssuer: _, ...page } = SIGN_INS[system].page(choices, app);
  return askForConsent({ ...page, hasProofKeys: false }, app.clientId, redirect_uri);
}

async function authorizeUrl({ input }: Step): Promise<string> {
  const given = readInput(asked, input);
  const { address } = await attemptOf(given, appEnvironment(given.system));
  const url = new URL(address);
  url.searchParams.set('state', given.state);
  return url.href;
}

async function getAccessToken({ input, bundle, ports: { http } }: Step): Promise<AuthData> {
  const given = readInput(answered, input);
  const app = appEnvironment(given.system);
  const attempt = await attemptOf(given, app);
  // Zapier has compared the state that it gave with the one that came back.
  const answer = new URLSearchParams({ code: given.code, state: attempt.state });
  const server = accountsServerOf(bundle.cleanedRequest);
  if (server !== undefined) answer.set('accounts-server', server);
  return SIGN_INS[given.system].take({ attempt, answer, app, choices: given }, http);
}

/** Zoho's redirect says which data centre knows the user; where from is checked before anything is sent there. */
const zohoRedirect = z.object({ querystring: z.object({ 'accounts-server': z.string() }) });

function accountsServerOf(request: unknown): string | undefined {
  return zohoRedirect.safeParse(request).data?.querystring['accounts-server'];
}

async function refreshAccessToken({ bundle, ports: { http } }: Step): Promise<AuthData> {
  const account = readAuthData(bundle.authData);
  return renewed(account, http);
}

function renewed(account: AuthData, http: Http): Promise<AuthData> {
  const app = (): AppEnvironment => appEnvironment(account.system);
  switch (account.system) {
    case 'salesforce':
      return salesforceSignIn.refresh(account, app(), http);
    case 'zoho':
      return zohoSignIn.refresh(account, app(), http);
    case 'xero':
      return xeroSignIn.refresh(account, app(), http);
    case 'mailchimp':
      throw new StackbridgeError('SIGN_IN_EXPIRED', 'Mailchimp does not accept the sign-in any more', {
        system: 'mailchimp',
      });
  }
}

async function test({ bundle, ports: { http } }: Step): Promise<{ system: string; account: string }> {
  const account = readAuthData(bundle.authData);
  return { system: SYSTEM_FACTS[account.system].displayName, account: await accountName(account, http) };
}

const tested = z.object({ system: z.string(), account: z.string() });

/** What `test` returned comes in as the input. */
async function connectionLabel({ input }: Step): Promise<string> {
  const { system, account } = readInput(tested, input);
  return `${system}: ${account}`;
}

function fieldsFor(systems: readonly SignInSystem[]): AuthFields {
  const has = (system: SignInSystem): boolean => systems.includes(system);
  return [
    {
      key: 'system',
      label: 'System',
      type: 'string',
      required: true,
      choices: Object.fromEntries(systems.map((system) => [system, SYSTEM_FACTS[system].displayName])),
      helpText: 'What you want to connect. Connect each system once: every step then picks the one it needs.',
    },
    ...(has('salesforce') ? SALESFORCE_FIELDS : []),
    ...(has('zoho') ? ZOHO_FIELDS : []),
    ...['api_url', 'login_url', 'projects_url', 'books_url', 'token_url'].map((key) => ({
      key,
      type: 'string' as const,
      required: false,
      computed: true,
    })),
  ];
}

const SALESFORCE_FIELDS: AuthFields = [
  {
    key: 'salesforce_environment',
    label: 'Salesforce Only: Kind of Organisation',
    type: 'string',
    required: false,
    default: 'production',
    choices: { production: 'Production or Developer', sandbox: 'Sandbox' },
    helpText: 'A sandbox is a copy of your Salesforce for trying things out; most people have none.',
  },
  {
    key: 'salesforce_domain',
    label: 'Salesforce Only: My Domain',
    type: 'string',
    required: false,
    helpText:
      'Only where your company signs in at an address of its own, such as acme.my.salesforce.com; else leave it empty.',
  },
];

const ZOHO_FIELDS: AuthFields = [
  {
    key: 'zoho_data_centre',
    label: 'Zoho Only: Data Centre',
    type: 'string',
    required: false,
    default: 'com',
    choices: Object.fromEntries(ZOHO_DATA_CENTRES.map((centre) => [centre, `zoho.${centre}`])),
    helpText: 'How the address ends at which you open Zoho, such as zoho.eu.',
  },
];
