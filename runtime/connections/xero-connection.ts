import { createHash } from 'node:crypto';
import {
  refreshXero,
  signInXeroClient,
  XERO_ACCESS_MS,
  XERO_ENDPOINTS,
  type XeroOrganisation,
  type XeroTokens,
  xeroAccess,
  xeroConnectionsRequest,
  xeroOrganisations,
} from '@stackbridge/credentials/xero.ts';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { XeroSettings } from './settings.ts';
import type { TokensFile } from './tokens-file.ts';

/** How old tokens may be that another process has saved to be used instead of a refresh of our own. */
const FRESH_MS = 5 * 60_000;
/** A token this near its end is not worth the call that it would be refused at. */
const LAST_MS = 60_000;

export interface XeroConnectionOptions {
  readonly settings: XeroSettings;
  readonly tokens: TokensFile;
  readonly http: Http;
  readonly clock: Clock;
}

/** One organisation, signed in to by OAuth. New tokens are on the disk before the first call uses them. */
export function createXeroConnection({ settings, tokens, http, clock }: XeroConnectionOptions): Connection {
  const { baseUrl = XERO_ENDPOINTS.baseUrl, tokenUrl = XERO_ENDPOINTS.tokenUrl } = settings;
  const grant = grantOf(settings, tokenUrl);
  let current = savedWithin(XERO_ACCESS_MS - LAST_MS) ?? settings.accessToken;
  let refreshing: Promise<string> | undefined;
  let organisation: Promise<string> | undefined;

  function savedWithin(maxAgeMs: number): string | undefined {
    const stored = tokens.read('xero', grant);
    return stored === undefined || clock.now() - stored.savedAt > maxAgeMs ? undefined : stored.accessToken;
  }

  /** What another process has refreshed lately. */
  function handedOn(): string | undefined {
    const theirs = savedWithin(FRESH_MS);
    return theirs === current ? undefined : theirs;
  }

  async function refresh(): Promise<string> {
    const theirs = handedOn();
    if (theirs !== undefined) return theirs;
    const { clientId, clientSecret, refreshToken: configured } = settings;
    const client = { tokenUrl, ...(clientSecret === undefined ? {} : { clientSecret }) };
    if (clientId !== undefined && configured !== undefined)
      return refreshed(configured, (refreshToken) =>
        refreshXero({ ...client, clientId, refreshToken }, http),
      );
    if (clientId !== undefined && clientSecret !== undefined)
      return kept(await signInXeroClient({ ...client, clientId }, http), '');
    throw ended('The access token of xero is no longer valid, and there is no refresh token');
  }

  async function refreshed(
    configured: string,
    trade: (token: string) => Promise<XeroTokens>,
  ): Promise<string> {
    const stored = tokens.read('xero', grant)?.refreshToken ?? configured;
    let refusal: unknown;
    // The configured token is long used up, but alive where an organisation was signed in to anew.
    for (const refreshToken of new Set([stored, configured])) {
      try {
        return kept(await trade(refreshToken), refreshToken);
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

  function kept({ accessToken, refreshToken }: XeroTokens, sent: string): string {
    const stored = { grant, accessToken, refreshToken: refreshToken ?? sent, instanceUrl: baseUrl };
    tokens.write('xero', { ...stored, savedAt: clock.now() });
    return accessToken;
  }

  /** However many ask, one refresh is under way; its result is current before the next may begin. */
  function renewed(): Promise<string> {
    refreshing ??= refresh()
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }

  function tenant(): Promise<string> {
    organisation ??= findTenant().catch((error: unknown) => {
      organisation = undefined;
      throw error;
    });
    return organisation;
  }

  async function findTenant(): Promise<string> {
    if (settings.tenantId !== undefined) return settings.tenantId;
    const first = current ?? (await renewed());
    // The token at hand may have ended: the list is asked for once more with a new one.
    const reached = (await listOrganisations(first)) ?? (await listOrganisations(await renewed()));
    if (reached === undefined) throw ended('The access token of xero is not accepted');
    return chosen(reached, settings.organisation).tenantId;
  }

  async function listOrganisations(token: string): Promise<XeroOrganisation[] | undefined> {
    const answer = await http.send(xeroConnectionsRequest(baseUrl, token)).catch((error: unknown) => {
      throw error instanceof NoAnswerError ? passing('did not answer') : error;
    });
    if (answer.status >= 500 || answer.status === 429) throw passing(`answered HTTP ${answer.status}`);
    return xeroOrganisations(answer);
  }

  async function accessWith(token: string): Promise<Access> {
    return xeroAccess(baseUrl, token, await tenant());
  }

  return {
    system: 'xero',
    async access() {
      await tenant();
      return accessWith(current ?? (await renewed()));
    },
    async renew(refused) {
      const now = current === undefined ? undefined : await accessWith(current);
      const isOlder = now !== undefined && now.headers.authorization !== refused.headers.authorization;
      return isOlder ? now : accessWith(await renewed());
    },
  };
}

function chosen(reached: readonly XeroOrganisation[], wanted: string | undefined): XeroOrganisation {
  const fits =
    wanted === undefined
      ? reached
      : reached.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [one, ...others] = fits;
  if (one !== undefined && others.length === 0) return one;
  const names = reached.map(({ name }) => name).join(', ') || 'none';
  const what =
    one === undefined
      ? `has no connection to ${wanted === undefined ? 'an organisation' : `"${wanted}"`}`
      : 'reaches several organisations: give the tenantId or the organisation of one';
  throw new StackbridgeError('CONNECTIONS_INVALID', `The sign-in to xero ${what} (connected: ${names})`, {
    system: 'xero',
  });
}

function grantOf({ baseUrl = '', clientId = '', refreshToken = '' }: XeroSettings, tokenUrl: string): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, tokenUrl, clientId, refreshToken]))
    .digest('hex');
}

/** The call that asked for the access has not been made. */
function passing(what: string): NoAnswerError {
  return new NoAnswerError(`The list of organisations of xero ${what}`, 'no', { system: 'xero' });
}

function ended(message: string): StackbridgeError {
  return new StackbridgeError('SIGN_IN_EXPIRED', message, { system: 'xero' });
}
