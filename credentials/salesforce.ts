import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { type ConsentPage, type SignInAttempt, takeConsent } from './consent.ts';
import { jsonAnswer } from './json-answer.ts';
import { grantByAssertion, type RefreshGrant, refreshByGrant, type TokenClient } from './token-endpoint.ts';
import { isTrustedHost } from './trusted-host.ts';

export const SALESFORCE_DISPLAY_NAME = 'Salesforce';

/**
 * `api` reads and writes records; `refresh_token` outlives the session, which an organisation may end after 15 minutes;
 * `id` tells who has signed in.
 */
export const SALESFORCE_SCOPES: readonly string[] = ['api', 'refresh_token', 'id'];

/** `production` also serves Developer organisations; `sandbox` is Salesforce's own kind of test organisation. */
export const SALESFORCE_LOGIN_HOSTS = {
  production: 'https://login.salesforce.com',
  sandbox: 'https://test.salesforce.com',
} as const;

export interface SalesforceEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
}

/** @param loginHost one of the login hosts, or a My Domain such as `https://acme.my.salesforce.com`. */
export function salesforceEndpoints(loginHost: string): SalesforceEndpoints {
  const host = loginHost.replace(/\/+$/, '');
  return {
    authorizationUrl: `${host}/services/oauth2/authorize`,
    tokenUrl: `${host}/services/oauth2/token`,
    revocationUrl: `${host}/services/oauth2/revoke`,
  };
}

/** @param loginHost as for `salesforceEndpoints` */
export function salesforceConsentPage(loginHost: string): ConsentPage {
  const { authorizationUrl, tokenUrl } = salesforceEndpoints(loginHost);
  const scope = SALESFORCE_SCOPES.join(' ');
  return { system: 'salesforce', authorizationUrl, tokenUrl, scope, hasProofKeys: true };
}

export function salesforceAccess(instanceUrl: string, accessToken: string): Access {
  return {
    baseUrl: instanceUrl.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${accessToken}` },
  };
}

/** What a sign-in or a refresh yields. There is no lifetime: it is the organisation's setting, and a 401 tells its end. */
export interface SalesforceTokens {
  readonly accessToken: string;
  /** Where every call goes from now on; a refresh may move it. */
  readonly instanceUrl: string;
  /** Present when the organisation rotates refresh tokens: the one that was sent is dead. */
  readonly refreshToken?: string;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.url(),
  refresh_token: z.string().min(1).optional(),
});

/** @throws what credentials/token-endpoint.ts `refreshByGrant` throws. */
export async function refreshSalesforce(
  grant: Omit<RefreshGrant, 'system'>,
  http: Http,
): Promise<SalesforceTokens> {
  return tokensOf(await refreshByGrant({ ...grant, system: 'salesforce' }, http), grant.tokenUrl);
}

/** @throws what credentials/consent.ts `takeConsent` throws. */
export async function takeSalesforceConsent(
  attempt: SignInAttempt,
  answer: URLSearchParams,
  clientSecret: string | undefined,
  http: Http,
): Promise<SalesforceTokens> {
  return tokensOf(await takeConsent(attempt, answer, clientSecret, http), attempt.page.tokenUrl);
}

/** An application that signs in by itself as a user who has been let in beforehand. */
export interface SalesforceServer extends Omit<TokenClient, 'system' | 'clientSecret' | 'secretIn'> {
  /** The login host that the assertion is meant for, also where `tokenUrl` is a My Domain. */
  readonly audience: string;
  readonly username: string;
  /** PKCS #8 PEM; its certificate is uploaded to the application. */
  readonly privateKey: string;
}

/** Salesforce refuses assertions that end more than five minutes from now. */
const ASSERTION_MS = 3 * 60_000;

/**
 * Signs in by JWT bearer. There is never a refresh token: one signs in again.
 *
 * @throws what credentials/token-endpoint.ts `refreshByGrant` throws.
 */
export async function signInSalesforceServer(
  { audience, username, privateKey, ...client }: SalesforceServer,
  http: Http,
  clock: Clock,
): Promise<SalesforceTokens> {
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(client.clientId)
    .setSubject(username)
    .setAudience(audience)
    .setExpirationTime(Math.floor((clock.now() + ASSERTION_MS) / 1000))
    .sign(await importPKCS8(privateKey, 'RS256'));
  return tokensOf(
    await grantByAssertion({ ...client, system: 'salesforce' }, assertion, http),
    client.tokenUrl,
  );
}

function tokensOf(body: unknown, tokenUrl: string): SalesforceTokens {
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success)
    throw new StackbridgeError(
      'CONNECTIONS_INVALID',
      `The token endpoint of salesforce (${new URL(tokenUrl).host}) names no instance_url`,
      { system: 'salesforce' },
    );
  const { access_token, instance_url, refresh_token } = answer.data;
  return {
    accessToken: access_token,
    instanceUrl: instance_url.replace(/\/+$/, ''),
    ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
  };
}

/**
 * Whether the access token may be sent to that instance: to a host of Salesforce over TLS, or to a host that the
 * connection itself names.
 *
 * @param configured the connection's own URLs.
 */
export function isTrustedInstance(instanceUrl: string, configured: readonly string[]): boolean {
  return isTrustedHost(instanceUrl, configured, (host) => /\.(salesforce|force)\.com$/.test(host));
}

/** The cheapest call that only a valid sign-in answers. */
export function salesforceProof(access: Access): HttpRequest {
  return { method: 'GET', url: `${access.baseUrl}/services/oauth2/userinfo`, headers: access.headers };
}

const userInfo = z.object({ preferred_username: z.string(), organization_id: z.string() });

/** `user@acme.example (00D…)`; undefined when the answer proves nothing. */
export function salesforceAccountName(answer: HttpResponse): string | undefined {
  const info = jsonAnswer(answer, userInfo);
  return info === undefined ? undefined : `${info.preferred_username} (${info.organization_id})`;
}
