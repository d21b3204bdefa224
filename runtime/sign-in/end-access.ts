import { SALESFORCE_LOGIN_HOSTS, salesforceEndpoints } from '@stackbridge/credentials/salesforce.ts';
import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { revokeToken, type TokenClient } from '@stackbridge/credentials/token-endpoint.ts';
import { xeroIdentityEndpoints } from '@stackbridge/credentials/xero.ts';
import { zohoEndpoints } from '@stackbridge/credentials/zoho.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { KeptConnection } from '../connections/kept-connections.ts';
import { salesforceGrant } from '../connections/salesforce-connection.ts';
import { SYSTEM_SETTINGS } from '../connections/settings.ts';
import type { TokenKeeper } from '../connections/token-keeper.ts';
import { xeroGrant } from '../connections/xero-connection.ts';
import { zohoGrant } from '../connections/zoho-connection.ts';

type Revocable = TokenClient & { readonly revocationUrl: string };

/** What a sign-in has grown into. */
interface Growth {
  readonly grant: string;
  /** Where its refresh token is ended; absent where it has none. */
  readonly client?: Revocable;
  readonly refreshToken?: string;
}

/**
 * Ends at the system what a sign-in was given, and forgets its tokens. A key, and an application that signs in by
 * itself, are ended at the system's own pages only.
 *
 * @returns whether the system has ended it
 * @throws NoAnswerError where the system is away
 */
export async function endAccess(
  system: SignInSystem,
  { settings }: KeptConnection,
  tokens: TokenKeeper,
  http: Http,
): Promise<boolean> {
  const growth = growthOf(system, settings);
  if (growth === undefined) return false;
  const { grant, client, refreshToken: first } = growth;
  const refreshToken = (await tokens.read(system, grant))?.refreshToken ?? first;
  const isEnded =
    client !== undefined && refreshToken !== undefined && (await isRevoked(client, refreshToken, http));
  tokens.forget(system, grant);
  return isEnded;
}

/** Forgets the tokens of a sign-in that another one takes the place of. */
export function forgetTokensOf(
  system: SignInSystem,
  { settings }: KeptConnection,
  tokens: TokenKeeper,
): void {
  const growth = growthOf(system, settings);
  if (growth !== undefined) tokens.forget(system, growth.grant);
}

async function isRevoked(client: Revocable, refreshToken: string, http: Http): Promise<boolean> {
  try {
    await revokeToken(client, refreshToken, http);
    return true;
  } catch (error) {
    // An application that the system knows no more has no access either; the sign-in goes in any case.
    if (error instanceof StackbridgeError && error.code === 'CONNECTIONS_INVALID') return false;
    throw error;
  }
}

function growthOf(system: SignInSystem, kept: Readonly<Record<string, string>>): Growth | undefined {
  if (system === 'mailchimp') return undefined;
  if (system === 'salesforce') {
    const settings = SYSTEM_SETTINGS.salesforce.parse(kept);
    const loginHost = SALESFORCE_LOGIN_HOSTS[settings.environment ?? 'production'];
    const { tokenUrl, revocationUrl } = salesforceEndpoints(
      settings.tokenUrl?.replace(/\/services\/oauth2\/token$/, '') ?? loginHost,
    );
    return {
      grant: salesforceGrant(settings),
      ...revocable({ ...settings, system, tokenUrl, revocationUrl }),
    };
  }
  if (system === 'xero') {
    const settings = SYSTEM_SETTINGS.xero.parse(kept);
    const host = settings.tokenUrl?.replace(/\/connect\/token$/, '');
    const { tokenUrl, revocationUrl } = xeroIdentityEndpoints(host);
    const client = { ...settings, system, tokenUrl, revocationUrl, secretIn: 'header' } as const;
    return { grant: xeroGrant(settings), ...revocable(client) };
  }
  const settings = SYSTEM_SETTINGS.zoho.parse(kept);
  const tokenUrl = settings.tokenUrl ?? zohoEndpoints(settings.dataCentre ?? 'com').tokenUrl;
  const client = {
    ...settings,
    system: 'zoho-projects',
    tokenUrl,
    revocationUrl: `${tokenUrl}/revoke`,
  } as const;
  return { grant: zohoGrant(settings), ...revocable(client) };
}

function revocable({
  system,
  tokenUrl,
  revocationUrl,
  clientId,
  clientSecret,
  refreshToken,
  secretIn,
}: Partial<TokenClient> &
  Pick<Revocable, 'system' | 'tokenUrl' | 'revocationUrl'> & { readonly refreshToken?: string }): Omit<
  Growth,
  'grant'
> {
  if (clientId === undefined || refreshToken === undefined) return {};
  const client = {
    system,
    tokenUrl,
    revocationUrl,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(secretIn === undefined ? {} : { secretIn }),
  };
  return { client, refreshToken };
}
