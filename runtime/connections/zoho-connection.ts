import { createHash } from 'node:crypto';
import {
  refreshZoho,
  type ZohoDataCentre,
  type ZohoTokens,
  zohoAccess,
  zohoDataCentreOf,
  zohoEndpoints,
} from '@stackbridge/credentials/zoho.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { ZohoSettings } from './settings.ts';
import type { TokensFile } from './tokens-file.ts';

/** How old a token may be that another process has saved to be used as it is, without a refresh of our own. */
const FRESH_MS = 5 * 60_000;
/** A token lives one hour: an older one is not worth the call that it would be refused at. */
const LIFETIME_MS = 55 * 60_000;

export interface ZohoConnectionsOptions {
  readonly settings: ZohoSettings;
  readonly tokens: TokensFile;
  readonly http: Http;
  readonly clock: Clock;
}

/** One sign-in for both products. */
export interface ZohoConnections {
  readonly projects: Connection;
  readonly books: Connection;
}

interface SignedIn {
  readonly token: string;
  readonly dataCentre: ZohoDataCentre;
}

/**
 * An account signed in to by OAuth. Zoho grants ten tokens in ten minutes: they are kept beside the store, so that
 * short runs one after the other share one.
 */
export function createZohoConnections(options: ZohoConnectionsOptions): ZohoConnections {
  const { settings, tokens, http, clock } = options;
  const configuredCentre = settings.dataCentre ?? 'com';
  const tokenUrl = settings.tokenUrl ?? zohoEndpoints(configuredCentre).tokenUrl;
  const grant = grantOf(settings, tokenUrl);
  let current = saved(LIFETIME_MS) ?? configured();
  let refreshing: Promise<SignedIn> | undefined;
  let noTokenBefore = 0;

  function configured(): SignedIn | undefined {
    const { accessToken: token } = settings;
    return token === undefined ? undefined : { token, dataCentre: configuredCentre };
  }

  function saved(maxAgeMs: number): SignedIn | undefined {
    const stored = tokens.read('zoho', grant);
    if (stored === undefined || clock.now() - stored.savedAt > maxAgeMs) return undefined;
    return {
      token: stored.accessToken,
      dataCentre: zohoDataCentreOf(stored.instanceUrl) ?? configuredCentre,
    };
  }

  async function refresh(): Promise<SignedIn> {
    const { clientId, clientSecret, refreshToken } = settings;
    if (clientId === undefined || clientSecret === undefined || refreshToken === undefined)
      throw new StackbridgeError(
        'SIGN_IN_EXPIRED',
        'The access token of zoho is no longer valid, and there is no refresh token',
        { system: 'zoho-projects' },
      );
    const theirs = saved(FRESH_MS);
    if (theirs !== undefined && theirs.token !== current?.token) return theirs;
    const { accessToken, apiDomain } = await traded({ tokenUrl, clientId, clientSecret, refreshToken });
    const signedIn = { token: accessToken, dataCentre: centreOf(apiDomain) };
    const instanceUrl = zohoEndpoints(signedIn.dataCentre).booksUrl;
    tokens.write('zoho', { grant, accessToken, refreshToken, instanceUrl, savedAt: clock.now() });
    return signedIn;
  }

  /** Each request within the wait that Zoho wants would prolong it: both products' calls are told to wait. */
  async function traded(by: Parameters<typeof refreshZoho>[0]): Promise<ZohoTokens> {
    const retryAfterMs = noTokenBefore - clock.now();
    if (retryAfterMs > 0)
      throw new StackbridgeError('RATE_LIMITED', 'The token endpoint of zoho asks to wait', {
        system: 'zoho-projects',
        retryAfterMs,
      });
    try {
      return await refreshZoho(by, http);
    } catch (error) {
      if (error instanceof StackbridgeError && error.context.retryAfterMs !== undefined)
        noTokenBefore = clock.now() + error.context.retryAfterMs;
      throw error;
    }
  }

  /** The answer says where the account lives; a token goes to no host but Zoho's, or what the connection names. */
  function centreOf(apiDomain: string | undefined): ZohoDataCentre {
    if (apiDomain === undefined) return configuredCentre;
    const found = zohoDataCentreOf(apiDomain);
    if (found !== undefined) return found;
    if (settings.projectsUrl !== undefined && settings.booksUrl !== undefined) return configuredCentre;
    throw new StackbridgeError(
      'CONNECTIONS_INVALID',
      `The token endpoint of zoho names an API on ${URL.parse(apiDomain)?.host}, which is not Zoho's`,
      { system: 'zoho-projects' },
    );
  }

  /** However many ask, for either product, one refresh is under way. */
  function renewed(): Promise<SignedIn> {
    refreshing ??= refresh()
      .then((signedIn) => {
        current = signedIn;
        return signedIn;
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }

  function connectionTo(
    system: 'zoho-projects' | 'zoho-books',
    baseUrlOf: (dataCentre: ZohoDataCentre) => string,
  ): Connection {
    const access = ({ token, dataCentre }: SignedIn): Access => zohoAccess(baseUrlOf(dataCentre), token);
    return {
      system,
      access: async () => access(current ?? (await renewed())),
      renew: async (refused) => {
        const now = current === undefined ? undefined : access(current);
        const isOlder = now !== undefined && now.headers.authorization !== refused.headers.authorization;
        return isOlder ? now : access(await renewed());
      },
    };
  }

  return {
    projects: connectionTo('zoho-projects', (dc) => settings.projectsUrl ?? zohoEndpoints(dc).projectsUrl),
    books: connectionTo('zoho-books', (dc) => settings.booksUrl ?? zohoEndpoints(dc).booksUrl),
  };
}

function grantOf({ clientId = '', refreshToken = '' }: ZohoSettings, tokenUrl: string): string {
  return createHash('sha256')
    .update(JSON.stringify([tokenUrl, clientId, refreshToken]))
    .digest('hex');
}
