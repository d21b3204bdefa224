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
import { createRenewableTokens, type RenewableTokensOptions, type Tokens } from './renewable-tokens.ts';
import type { XeroSettings } from './settings.ts';
import { grantOf, type TokenKeeper } from './token-keeper.ts';

/** A token this near its end is not worth the call that it would be refused at. */
const LAST_MS = 60_000;

export interface XeroConnectionOptions {
  readonly settings: XeroSettings;
  readonly tokens: TokenKeeper;
  readonly http: Http;
  readonly clock: Clock;
}

/** One organisation, signed in to by OAuth. */
export function createXeroConnection(options: XeroConnectionOptions): Connection {
  const { settings, tokens: keeper, http, clock } = options;
  const { baseUrl = XERO_ENDPOINTS.baseUrl, refreshToken, accessToken } = settings;
  const tokens = createRenewableTokens({
    system: 'xero',
    grant: xeroGrant(settings),
    keeper,
    clock,
    lifetimeMs: XERO_ACCESS_MS - LAST_MS,
    configured: accessToken === undefined ? undefined : { accessToken, instanceUrl: baseUrl },
    refreshToken,
    renew: renewalOf(options),
  });
  let organisation: Promise<string> | undefined;

  function tenant(): Promise<string> {
    organisation ??= findTenant().catch((error: unknown) => {
      organisation = undefined;
      throw error;
    });
    return organisation;
  }

  async function findTenant(): Promise<string> {
    if (settings.tenantId !== undefined) return settings.tenantId;
    const { accessToken: first } = await tokens.current();
    // The token at hand may have ended: the list is asked for once more with a new one.
    const reached =
      (await listOrganisations(first)) ??
      (await listOrganisations((await tokens.renewed(first)).accessToken));
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

  async function accessOf({ accessToken: token }: Tokens): Promise<Access> {
    return xeroAccess(baseUrl, token, await tenant());
  }

  return {
    system: 'xero',
    async access() {
      // Finding the organisation may have renewed the token.
      await tenant();
      return accessOf(await tokens.current());
    },
    renew: async (refused) => accessOf(await tokens.renewed(tokenOf(refused))),
  };
}

/** Names the tokens that grow from these settings. */
export function xeroGrant(settings: XeroSettings): string {
  return grantOf([settings.baseUrl, tokenUrlOf(settings), settings.clientId, settings.refreshToken]);
}

function renewalOf({ settings, http }: XeroConnectionOptions): RenewableTokensOptions['renew'] {
  const { baseUrl = XERO_ENDPOINTS.baseUrl, clientId, clientSecret, refreshToken } = settings;
  const here = (signedIn: XeroTokens) => ({ ...signedIn, instanceUrl: baseUrl });
  const client = { tokenUrl: tokenUrlOf(settings), ...(clientSecret === undefined ? {} : { clientSecret }) };
  if (clientId !== undefined && refreshToken !== undefined)
    return async (token = refreshToken) =>
      here(await refreshXero({ ...client, clientId, refreshToken: token }, http));
  if (clientId !== undefined && clientSecret !== undefined)
    return async () => here(await signInXeroClient({ ...client, clientId }, http));
  return undefined;
}

function tokenUrlOf({ tokenUrl = XERO_ENDPOINTS.tokenUrl }: XeroSettings): string {
  return tokenUrl;
}

function tokenOf({ headers }: Access): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '');
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

/** The call that asked for the access has not been made. */
function passing(what: string): NoAnswerError {
  return new NoAnswerError(`The list of organisations of xero ${what}`, 'no', { system: 'xero' });
}

function ended(message: string): StackbridgeError {
  return new StackbridgeError('SIGN_IN_EXPIRED', message, { system: 'xero' });
}
