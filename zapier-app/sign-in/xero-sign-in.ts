import {
  refreshXero,
  takeXeroConsent,
  XERO_ENDPOINTS,
  XERO_SCOPES,
  XERO_TIME_SCOPES,
  type XeroTokens,
  xeroConsentPage,
  xeroIdentityEndpoints,
} from '@stackbridge/credentials/xero.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { AuthData } from '../connection/auth-data.ts';
import type { RenewableSignIn } from './sign-in.ts';

type Account = Extract<AuthData, { system: 'xero' }>;

/** One sign-in for every step: adding a scope later would ask every user again. */
const SCOPES = [...XERO_SCOPES, ...XERO_TIME_SCOPES.projects];

export const xeroSignIn: RenewableSignIn<Account> = {
  page: (_choices, { loginUrl }) => xeroConsentPage(SCOPES, loginUrl),

  async take({ attempt, answer, app }, http) {
    const tokens = await takeXeroConsent(attempt, answer, app.clientSecret, http);
    return accountOf(tokens, app.apiUrl('api') ?? XERO_ENDPOINTS.baseUrl);
  },

  async refresh({ refresh_token: refreshToken, api_url }, { clientId, clientSecret, loginUrl }, http) {
    const { tokenUrl } = xeroIdentityEndpoints(loginUrl);
    const tokens = await refreshXero({ tokenUrl, clientId, clientSecret, refreshToken }, http);
    return accountOf({ refreshToken, ...tokens }, api_url);
  },
};

function accountOf({ accessToken, refreshToken }: XeroTokens, apiUrl: string): Account {
  if (refreshToken === undefined)
    throw new StackbridgeError('CONNECTIONS_INVALID', 'Xero gave no refresh token', { system: 'xero' });
  return { system: 'xero', access_token: accessToken, refresh_token: refreshToken, api_url: apiUrl };
}
