import {
  isTrustedInstance,
  refreshSalesforce,
  SALESFORCE_LOGIN_HOSTS,
  type SalesforceTokens,
  salesforceConsentPage,
  salesforceEndpoints,
  takeSalesforceConsent,
} from '@stackbridge/credentials/salesforce.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { AuthData } from '../connection/auth-data.ts';
import type { AppEnvironment } from './app-environment.ts';
import type { RenewableSignIn, SignInChoices } from './sign-in.ts';

type Account = Extract<AuthData, { system: 'salesforce' }>;

export const salesforceSignIn: RenewableSignIn<Account> = {
  page: (choices, app) => salesforceConsentPage(loginHost(choices, app)),

  async take({ attempt, answer, app, choices }, http) {
    const tokens = await takeSalesforceConsent(attempt, answer, app.clientSecret, http);
    if (tokens.refreshToken === undefined)
      throw unusable('Salesforce gave no refresh token: let its connected app have the scope refresh_token');
    return accountOf(tokens, tokens.refreshToken, loginHost(choices, app));
  },

  async refresh({ refresh_token: refreshToken, login_url: host }, { clientId, clientSecret }, http) {
    const { tokenUrl } = salesforceEndpoints(host);
    const tokens = await refreshSalesforce({ tokenUrl, clientId, clientSecret, refreshToken }, http);
    return accountOf(tokens, tokens.refreshToken ?? refreshToken, host);
  },
};

function loginHost(
  { salesforce_domain, salesforce_environment }: SignInChoices,
  app: AppEnvironment,
): string {
  if (app.loginUrl !== undefined) return app.loginUrl;
  if (salesforce_domain === undefined) return SALESFORCE_LOGIN_HOSTS[salesforce_environment];
  return `https://${salesforce_domain.replace(/^https:\/\//i, '').replace(/\/$/, '')}`;
}

function accountOf(
  { accessToken, instanceUrl }: SalesforceTokens,
  refreshToken: string,
  host: string,
): Account {
  if (!isTrustedInstance(instanceUrl, [host]))
    throw unusable(
      `Salesforce's sign-in names an instance on ${URL.parse(instanceUrl)?.host}, which is not Salesforce's`,
    );
  return {
    system: 'salesforce',
    access_token: accessToken,
    refresh_token: refreshToken,
    api_url: instanceUrl,
    login_url: host,
  };
}

function unusable(message: string): StackbridgeError {
  return new StackbridgeError('CONNECTIONS_INVALID', message, { system: 'salesforce' });
}
