import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { StoredCredentials } from './credential-safe.ts';

/** Every credential of the pack, connected to the sandbox as n8n would have stored it. */
export function sandboxCredentials({ connections, mailchimp: account, world }: Sandbox): StoredCredentials {
  const { salesforce, mailchimp, zoho, xero } = connections;
  return {
    stackbridgeSalesforceOAuth2Api: {
      loginUrl: `${world.origin}/salesforce`,
      clientId: salesforce.clientId,
      clientSecret: salesforce.clientSecret,
      oauthTokenData: {
        access_token: salesforce.accessToken,
        refresh_token: salesforce.refreshToken,
        instance_url: salesforce.baseUrl,
        token_type: 'Bearer',
      },
    },
    stackbridgeMailchimpApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.baseUrl },
    stackbridgeMailchimpOAuth2Api: {
      loginUrl: `${world.origin}/mailchimp`,
      clientId: account.oauth.clientId,
      clientSecret: account.oauth.clientSecret,
      oauthTokenData: { access_token: account.oauth.issueToken(), token_type: 'bearer' },
    },
    stackbridgeZohoOAuth2Api: {
      dataCentre: 'com',
      loginUrl: `${world.origin}/zoho-accounts`,
      projectsUrl: zoho.projectsUrl,
      booksUrl: zoho.booksUrl,
      clientId: zoho.clientId,
      clientSecret: zoho.clientSecret,
      oauthTokenData: {
        access_token: zoho.accessToken,
        refresh_token: zoho.refreshToken,
        token_type: 'Bearer',
      },
    },
    stackbridgeXeroOAuth2Api: {
      loginUrl: `${world.origin}/xero/identity`,
      baseUrl: xero.baseUrl,
      webhookSecret: 'a-key-of-the-app',
      clientId: xero.clientId,
      clientSecret: xero.clientSecret,
      oauthTokenData: {
        access_token: xero.accessToken,
        refresh_token: xero.refreshToken,
        token_type: 'Bearer',
      },
    },
  };
}
