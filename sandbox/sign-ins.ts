import { OAUTH_CLIENT as MAILCHIMP_CLIENT } from './mailchimp/auth.ts';
import type { SandboxParts } from './parts.ts';

/** An application as it is registered with a system, and where its users sign in. */
export interface SignInPlace {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly loginUrl: string;
}

/** What somebody needs who signs in through the consent pages, by system. */
export interface SandboxSignIns {
  readonly salesforce: SignInPlace;
  readonly mailchimp: SignInPlace;
  readonly zoho: SignInPlace & { readonly projectsUrl: string; readonly booksUrl: string };
  readonly xero: SignInPlace & { readonly baseUrl: string };
}

export function signInsOf({ world, salesforce, zohoAccounts, xero }: SandboxParts): SandboxSignIns {
  const { origin } = world;
  const { clientId, clientSecret } = salesforce.auth;
  return {
    salesforce: { clientId, clientSecret, loginUrl: `${origin}/salesforce` },
    mailchimp: { ...MAILCHIMP_CLIENT, loginUrl: `${origin}/mailchimp` },
    zoho: {
      ...zohoAccounts.oauth,
      loginUrl: `${origin}/zoho-accounts`,
      projectsUrl: `${origin}/zoho-projects`,
      booksUrl: `${origin}/zoho-books`,
    },
    xero: {
      clientId: xero.auth.clientId,
      clientSecret: xero.auth.clientSecret,
      loginUrl: `${origin}/xero/identity`,
      baseUrl: `${origin}/xero`,
    },
  };
}
