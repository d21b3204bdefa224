import type { Sandbox } from '@stackbridge/sandbox/start.ts';

/** What Zapier keeps of a finished sign-in to each simulated system. */
export function signedIn({ connections, mailchimp: account, world }: Sandbox) {
  const { salesforce, mailchimp, zoho, xero } = connections;
  return {
    salesforce: {
      system: 'salesforce',
      access_token: salesforce.accessToken,
      refresh_token: salesforce.refreshToken,
      api_url: salesforce.baseUrl,
      login_url: `${world.origin}/salesforce`,
    },
    mailchimp: { system: 'mailchimp', access_token: account.oauth.issueToken(), api_url: mailchimp.baseUrl },
    zoho: {
      system: 'zoho',
      access_token: zoho.accessToken,
      refresh_token: zoho.refreshToken,
      projects_url: zoho.projectsUrl,
      books_url: zoho.booksUrl,
      token_url: zoho.tokenUrl,
    },
    xero: {
      system: 'xero',
      access_token: xero.accessToken,
      refresh_token: xero.refreshToken,
      api_url: xero.baseUrl,
    },
  } as const;
}

/** What `zapier-platform env:set` would set for an app that speaks to the sandbox. */
export function appEnvironmentOf({ connections, mailchimp, world }: Sandbox): Record<string, string> {
  const { salesforce, zoho, xero } = connections;
  return {
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: salesforce.clientSecret,
    SALESFORCE_LOGIN_URL: `${world.origin}/salesforce`,
    MAILCHIMP_CLIENT_ID: mailchimp.oauth.clientId,
    MAILCHIMP_CLIENT_SECRET: mailchimp.oauth.clientSecret,
    MAILCHIMP_LOGIN_URL: `${world.origin}/mailchimp`,
    ZOHO_CLIENT_ID: zoho.clientId,
    ZOHO_CLIENT_SECRET: zoho.clientSecret,
    ZOHO_LOGIN_URL: `${world.origin}/zoho-accounts`,
    ZOHO_PROJECTS_URL: zoho.projectsUrl,
    ZOHO_BOOKS_URL: zoho.booksUrl,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_LOGIN_URL: `${world.origin}/xero/identity`,
    XERO_API_URL: xero.baseUrl,
  };
}
