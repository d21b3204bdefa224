import {
  refreshZoho,
  type ZohoDataCentre,
  zohoAccess,
  zohoDataCentreOf,
  zohoEndpoints,
} from '@stackbridge/credentials/zoho.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createRenewableTokens, type RenewableTokensOptions, type Tokens } from './renewable-tokens.ts';
import type { ZohoSettings } from './settings.ts';
import { grantOf, type TokenKeeper } from './token-keeper.ts';

/** A token lives one hour: an older one is not worth the call that it would be refused at. */
const LIFETIME_MS = 55 * 60_000;

export interface ZohoConnectionsOptions {
  readonly settings: ZohoSettings;
  readonly tokens: TokenKeeper;
  readonly http: Http;
  readonly clock: Clock;
}

/** One sign-in for both products. */
export interface ZohoConnections {
  readonly projects: Connection;
  readonly books: Connection;
}

/**
 * An account signed in to by OAuth. Zoho grants ten tokens in ten minutes: they are kept beside the store, so that
 * short runs one after the other share one.
 */
export function createZohoConnections(options: ZohoConnectionsOptions): ZohoConnections {
  const { settings, tokens: keeper, clock } = options;
  const { dataCentre = 'com', refreshToken, accessToken } = settings;
  const homeUrl = zohoEndpoints(dataCentre).booksUrl;
  const tokens = createRenewableTokens({
    system: 'zoho',
    grant: zohoGrant(settings),
    keeper,
    clock,
    lifetimeMs: LIFETIME_MS,
    configured: accessToken === undefined ? undefined : { accessToken, instanceUrl: homeUrl },
    refreshToken,
    renew: renewalOf(options),
  });

  function connectionTo(
    system: 'zoho-projects' | 'zoho-books',
    configuredUrl: string | undefined,
    urlIn: (dataCentre: ZohoDataCentre) => string,
  ): Connection {
    const access = ({ accessToken: token, instanceUrl }: Tokens): Access =>
      zohoAccess(configuredUrl ?? urlIn(zohoDataCentreOf(instanceUrl) ?? dataCentre), token);
    return {
      system,
      access: async () => access(await tokens.current()),
      renew: async (refused) => access(await tokens.renewed(tokenOf(refused))),
    };
  }

  return {
    projects: connectionTo('zoho-projects', settings.projectsUrl, (dc) => zohoEndpoints(dc).projectsUrl),
    books: connectionTo('zoho-books', settings.booksUrl, (dc) => zohoEndpoints(dc).booksUrl),
  };
}

/** Names the tokens that grow from these settings. */
export function zohoGrant(settings: ZohoSettings): string {
  return grantOf([tokenUrlOf(settings), settings.clientId, settings.refreshToken]);
}

function renewalOf({ settings, http, clock }: ZohoConnectionsOptions): RenewableTokensOptions['renew'] {
  const { clientId, clientSecret, refreshToken } = settings;
  if (clientId === undefined || clientSecret === undefined || refreshToken === undefined) return undefined;
  const grant = { tokenUrl: tokenUrlOf(settings), clientId, clientSecret, refreshToken };
  let noTokenBefore = 0;
  return async () => {
    // Each request within the wait that Zoho wants would prolong it: both products' calls are told to wait.
    const retryAfterMs = noTokenBefore - clock.now();
    if (retryAfterMs > 0)
      throw new StackbridgeError('RATE_LIMITED', 'The token endpoint of zoho asks to wait', {
        system: 'zoho-projects',
        retryAfterMs,
      });
    try {
      const { accessToken, apiDomain } = await refreshZoho(grant, http);
      return { accessToken, instanceUrl: zohoEndpoints(centreOf(apiDomain, settings)).booksUrl };
    } catch (error) {
      if (error instanceof StackbridgeError && error.context.retryAfterMs !== undefined)
        noTokenBefore = clock.now() + error.context.retryAfterMs;
      throw error;
    }
  };
}

/** The answer says where the account lives; a token goes to no host but Zoho's, or what the connection names. */
function centreOf(apiDomain: string | undefined, settings: ZohoSettings): ZohoDataCentre {
  const { dataCentre = 'com', projectsUrl, booksUrl } = settings;
  if (apiDomain === undefined) return dataCentre;
  const found = zohoDataCentreOf(apiDomain);
  if (found !== undefined) return found;
  if (projectsUrl !== undefined && booksUrl !== undefined) return dataCentre;
  throw new StackbridgeError(
    'CONNECTIONS_INVALID',
    `The token endpoint of zoho names an API on ${URL.parse(apiDomain)?.host}, which is not Zoho's`,
    { system: 'zoho-projects' },
  );
}

function tokenUrlOf({ tokenUrl, dataCentre = 'com' }: ZohoSettings): string {
  return tokenUrl ?? zohoEndpoints(dataCentre).tokenUrl;
}

function tokenOf({ headers }: Access): string | undefined {
  return headers.authorization?.replace(/^Zoho-oauthtoken /, '');
}
