import {
  isTrustedInstance,
  refreshSalesforce,
  SALESFORCE_LOGIN_HOSTS,
  type SalesforceTokens,
  salesforceAccess,
  salesforceEndpoints,
  signInSalesforceServer,
} from '@stackbridge/credentials/salesforce.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createRenewableTokens, type RenewableTokensOptions, type Tokens } from './renewable-tokens.ts';
import type { SalesforceSettings } from './settings.ts';
import { grantOf, type TokenKeeper } from './token-keeper.ts';

export interface SalesforceConnectionOptions {
  readonly settings: SalesforceSettings;
  readonly tokens: TokenKeeper;
  readonly http: Http;
  readonly clock: Clock;
}

/** An organisation signed in to by OAuth. How long a session lives is its own setting: a refusal tells the end. */
export function createSalesforceConnection(options: SalesforceConnectionOptions): Connection {
  const { settings, tokens: keeper, clock } = options;
  const { baseUrl, refreshToken, accessToken } = settings;
  const tokens = createRenewableTokens({
    system: 'salesforce',
    grant: salesforceGrant(settings),
    keeper,
    clock,
    configured:
      baseUrl === undefined || accessToken === undefined ? undefined : { accessToken, instanceUrl: baseUrl },
    refreshToken,
    renew: renewalOf(options),
  });
  return {
    system: 'salesforce',
    access: async () => accessOf(await tokens.current()),
    renew: async (refused) => accessOf(await tokens.renewed(tokenOf(refused))),
  };
}

/** Names the tokens that grow from these settings. */
export function salesforceGrant(settings: SalesforceSettings): string {
  const { baseUrl, clientId, refreshToken, username } = settings;
  return grantOf([baseUrl, tokenUrlOf(settings), clientId, refreshToken, username]);
}

function renewalOf({ settings, http, clock }: SalesforceConnectionOptions): RenewableTokensOptions['renew'] {
  const { clientId, clientSecret, refreshToken, username, privateKey } = settings;
  const tokenUrl = tokenUrlOf(settings);
  if (clientId === undefined) return undefined;
  if (username !== undefined && privateKey !== undefined) {
    const audience = loginHostOf(settings);
    const server = { tokenUrl, clientId, audience, username, privateKey };
    return async () => checked(await signInSalesforceServer(server, http, clock), settings);
  }
  if (refreshToken === undefined) return undefined;
  const client = { tokenUrl, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
  return async (token = refreshToken) =>
    checked(await refreshSalesforce({ ...client, refreshToken: token }, http), settings);
}

function checked(signedIn: SalesforceTokens, settings: SalesforceSettings): SalesforceTokens {
  const configured = [settings.baseUrl, tokenUrlOf(settings)].filter((url) => url !== undefined);
  if (isTrustedInstance(signedIn.instanceUrl, configured)) return signedIn;
  throw new StackbridgeError(
    'CONNECTIONS_INVALID',
    `The token endpoint of salesforce names an instance on ${URL.parse(signedIn.instanceUrl)?.host}, which is not Salesforce's`,
    { system: 'salesforce' },
  );
}

function loginHostOf({ environment = 'production' }: SalesforceSettings): string {
  return SALESFORCE_LOGIN_HOSTS[environment];
}

function tokenUrlOf(settings: SalesforceSettings): string {
  return settings.tokenUrl ?? salesforceEndpoints(loginHostOf(settings)).tokenUrl;
}

function accessOf({ instanceUrl, accessToken }: Tokens): Access {
  return salesforceAccess(instanceUrl, accessToken);
}

function tokenOf({ headers }: Access): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '');
}
