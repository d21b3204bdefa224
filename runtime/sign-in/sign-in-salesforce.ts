import { createPrivateKey } from 'node:crypto';
import {
  isTrustedInstance,
  SALESFORCE_LOGIN_HOSTS,
  type SalesforceTokens,
  salesforceAccess,
  salesforceConsentPage,
  salesforceEndpoints,
  signInSalesforceServer,
  takeSalesforceConsent,
} from '@stackbridge/credentials/salesforce.ts';
import { UsageError } from '../commands/usage-error.ts';
import { accountNameAt, type SignedIn, type SignInPorts, unusable } from './sign-in.ts';

/** Which login host; a My Domain, or whatever speaks for one, wins over the environment. */
export interface SalesforcePlace {
  readonly environment: keyof typeof SALESFORCE_LOGIN_HOSTS;
  readonly loginUrl: string | undefined;
}

/** A user of the organisation consents. @param clientSecret absent for applications that need none */
export async function signInToSalesforce(
  place: SalesforcePlace,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string | undefined },
  ports: SignInPorts,
): Promise<SignedIn> {
  const page = salesforceConsentPage(loginHostOf(place));
  const { attempt, answer } = await ports.askUser(page, clientId);
  const tokens = await takeSalesforceConsent(attempt, answer, clientSecret, ports.http);
  if (tokens.refreshToken === undefined)
    throw unusable(
      'Salesforce gave no refresh token: add the scope "refresh_token" to the application',
      'salesforce',
    );
  const { refreshToken, accessToken } = tokens;
  return {
    method: 'consent',
    account: await accountOf(tokens, place, ports),
    settings: {
      ...settingsOf(place),
      clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      baseUrl: tokens.instanceUrl,
      refreshToken,
      accessToken,
    },
  };
}

/** An application signs in as a user who has let it in beforehand. @param pem the private key, in any form of PEM */
export async function signInSalesforceByKey(
  place: SalesforcePlace,
  { clientId, username, pem }: Readonly<Record<'clientId' | 'username' | 'pem', string>>,
  ports: SignInPorts,
): Promise<SignedIn> {
  const privateKey = asPkcs8(pem);
  const { tokenUrl } = salesforceEndpoints(loginHostOf(place));
  const audience = SALESFORCE_LOGIN_HOSTS[place.environment];
  const server = { tokenUrl, clientId, audience, username, privateKey };
  const tokens = await signInSalesforceServer(server, ports.http, ports.clock);
  return {
    method: 'jwt',
    account: await accountOf(tokens, place, ports),
    settings: { ...settingsOf(place), clientId, username, privateKey, baseUrl: tokens.instanceUrl },
  };
}

function loginHostOf({ environment, loginUrl }: SalesforcePlace): string {
  return loginUrl ?? SALESFORCE_LOGIN_HOSTS[environment];
}

function settingsOf({ environment, loginUrl }: SalesforcePlace): Record<string, string> {
  return {
    environment,
    ...(loginUrl === undefined ? {} : { tokenUrl: salesforceEndpoints(loginUrl).tokenUrl }),
  };
}

/** The token goes to no host but Salesforce's, or the one that the user has named. */
function accountOf(
  { instanceUrl, accessToken }: SalesforceTokens,
  { loginUrl }: SalesforcePlace,
  { http }: SignInPorts,
): Promise<string> {
  if (!isTrustedInstance(instanceUrl, loginUrl === undefined ? [] : [loginUrl]))
    throw unusable(
      `Salesforce names an instance on ${URL.parse(instanceUrl)?.host}, which is not its own`,
      'salesforce',
    );
  return accountNameAt('salesforce', salesforceAccess(instanceUrl, accessToken), http);
}

function asPkcs8(pem: string): string {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    // Told below, without a word of the key.
  }
  throw new UsageError(
    'The private key is no RSA key in PEM, or it is locked with a pass phrase',
    'Make one with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048`',
  );
}
