import { createHash } from 'node:crypto';
import {
  isTrustedInstance,
  refreshSalesforce,
  SALESFORCE_LOGIN_HOSTS,
  salesforceAccess,
  salesforceEndpoints,
} from '@stackbridge/credentials/salesforce.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { SalesforceSettings } from './settings.ts';
import type { TokensFile } from './tokens-file.ts';

/** How old tokens may be that another process has saved to be used as they are, without a refresh of our own. */
const FRESH_MS = 5 * 60_000;

export interface SalesforceConnectionOptions {
  readonly settings: SalesforceSettings;
  readonly tokens: TokensFile;
  readonly http: Http;
  readonly clock: Clock;
}

/** An organisation signed in to by OAuth. New tokens are on the disk before the first call uses them. */
export function createSalesforceConnection(options: SalesforceConnectionOptions): Connection {
  const { settings, tokens, http, clock } = options;
  const { tokenUrl } = {
    tokenUrl: salesforceEndpoints(SALESFORCE_LOGIN_HOSTS[settings.environment ?? 'production']).tokenUrl,
    ...settings,
  };
  const grant = grantOf(settings, tokenUrl);
  const saved = tokens.read('salesforce', grant);
  let current =
    saved === undefined ? configuredAccess(settings) : salesforceAccess(saved.instanceUrl, saved.accessToken);
  let refreshing: Promise<Access> | undefined;

  async function refresh(): Promise<Access> {
    const { clientId, clientSecret, refreshToken: configured } = settings;
    if (clientId === undefined || configured === undefined)
      throw new StackbridgeError(
        'SIGN_IN_EXPIRED',
        'The access token of salesforce is no longer valid, and there is no refresh token',
        { system: 'salesforce' },
      );
    const client = { tokenUrl, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
    const theirs = handedOn();
    if (theirs !== undefined) return theirs;
    const stored = tokens.read('salesforce', grant)?.refreshToken ?? configured;
    let refusal: unknown;
    // The configured token is dead where the organisation rotates, but alive where an organisation was restored.
    for (const refreshToken of new Set([stored, configured])) {
      try {
        return await trade({ ...client, refreshToken });
      } catch (error) {
        if (!(error instanceof StackbridgeError) || error.code !== 'SIGN_IN_EXPIRED') throw error;
        refusal = error;
      }
      // Another process may have rotated it at the same moment.
      const late = handedOn();
      if (late !== undefined) return late;
    }
    throw refusal;
  }

  /** What another process has refreshed lately. */
  function handedOn(): Access | undefined {
    const stored = tokens.read('salesforce', grant);
    if (stored === undefined || clock.now() - stored.savedAt > FRESH_MS) return undefined;
    const theirs = salesforceAccess(stored.instanceUrl, stored.accessToken);
    return sameToken(theirs, current) ? undefined : theirs;
  }

  async function trade(by: Parameters<typeof refreshSalesforce>[0]): Promise<Access> {
    const { accessToken, instanceUrl, refreshToken = by.refreshToken } = await refreshSalesforce(by, http);
    const configured = [settings.baseUrl, tokenUrl].filter((url) => url !== undefined);
    if (!isTrustedInstance(instanceUrl, configured))
      throw new StackbridgeError(
        'CONNECTIONS_INVALID',
        `The token endpoint of salesforce names an instance on ${URL.parse(instanceUrl)?.host}, which is not Salesforce's`,
        { system: 'salesforce' },
      );
    tokens.write('salesforce', { grant, accessToken, refreshToken, instanceUrl, savedAt: clock.now() });
    return salesforceAccess(instanceUrl, accessToken);
  }

  /** However many ask, one refresh is under way; its result is current before the next may begin. */
  function renewed(): Promise<Access> {
    refreshing ??= refresh()
      .then((access) => {
        current = access;
        return access;
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }

  return {
    system: 'salesforce',
    access: async () => current ?? renewed(),
    renew: async (refused) => (current !== undefined && !sameToken(refused, current) ? current : renewed()),
  };
}

function configuredAccess({ baseUrl, accessToken }: SalesforceSettings): Access | undefined {
  if (baseUrl === undefined || accessToken === undefined) return undefined;
  return salesforceAccess(baseUrl, accessToken);
}

function sameToken(a: Access, b: Access | undefined): boolean {
  return a.headers.authorization === b?.headers.authorization;
}

function grantOf(
  { baseUrl = '', clientId = '', refreshToken = '' }: SalesforceSettings,
  tokenUrl: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, tokenUrl, clientId, refreshToken]))
    .digest('hex');
}
