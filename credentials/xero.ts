import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import { type ConsentPage, type SignInAttempt, takeConsent } from './consent.ts';
import { jsonAnswer } from './json-answer.ts';
import { grantToClient, type RefreshGrant, refreshByGrant, type TokenClient } from './token-endpoint.ts';

export const XERO_DISPLAY_NAME = 'Xero';

/**
 * Applications made since 2 March 2026 get granular scopes only; the broad `accounting.transactions` ends on
 * 13 September 2027. `accounting.invoices` covers linked transactions, `accounting.banktransactions` spend money.
 */
export const XERO_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'accounting.invoices',
  'accounting.contacts',
  'accounting.settings.read',
  'accounting.attachments',
  'accounting.banktransactions',
];

/** Asked for besides where time entries go there. */
export const XERO_TIME_SCOPES = {
  projects: ['projects'],
  payroll: ['payroll.timesheets', 'payroll.settings.read', 'payroll.employees.read'],
} as const;

/** `baseUrl` is the host of all its APIs and of the list of connected organisations. */
export const XERO_ENDPOINTS = {
  authorizationUrl: 'https://login.xero.com/identity/connect/authorize',
  tokenUrl: 'https://identity.xero.com/connect/token',
  revocationUrl: 'https://identity.xero.com/connect/revocation',
  baseUrl: 'https://api.xero.com',
} as const;

export type XeroIdentityEndpoints = Readonly<
  Record<'authorizationUrl' | 'tokenUrl' | 'revocationUrl', string>
>;

/** @param identityHost whatever speaks for both of Xero's identity hosts; default those themselves */
export function xeroIdentityEndpoints(identityHost?: string): XeroIdentityEndpoints {
  if (identityHost === undefined) return XERO_ENDPOINTS;
  const host = identityHost.replace(/\/+$/, '');
  return {
    authorizationUrl: `${host}/connect/authorize`,
    tokenUrl: `${host}/connect/token`,
    revocationUrl: `${host}/connect/revocation`,
  };
}

/** As identity tokens name it. */
const ISSUER = 'https://identity.xero.com';

/**
 * Redirects are https, or http on the name localhost (not 127.0.0.1).
 *
 * @param identityHost as for `xeroIdentityEndpoints`
 */
export function xeroConsentPage(scopes: readonly string[] = XERO_SCOPES, identityHost?: string): ConsentPage {
  const { authorizationUrl, tokenUrl } = xeroIdentityEndpoints(identityHost);
  return {
    system: 'xero',
    authorizationUrl,
    tokenUrl,
    scope: scopes.join(' '),
    hasProofKeys: true,
    secretIn: 'header',
    ...(scopes.includes('openid') ? { identityIssuer: ISSUER } : {}),
  };
}

/** Access tokens live 30 minutes. */
export const XERO_ACCESS_MS = 30 * 60_000;

/** @param tenantId the organisation; absent only for the list of organisations */
export function xeroAccess(baseUrl: string, accessToken: string, tenantId?: string): Access {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: {
      authorization: `Bearer ${accessToken}`,
      // The default is XML.
      accept: 'application/json',
      ...(tenantId === undefined ? {} : { 'xero-tenant-id': tenantId }),
    },
  };
}

/** What a sign-in or a refresh yields. */
export interface XeroTokens {
  readonly accessToken: string;
  /**
   * Replaces the one that was sent, which goes on working for 30 minutes, in case this answer was lost. Absent for a
   * custom connection.
   */
  readonly refreshToken?: string;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
});

/** @throws what credentials/token-endpoint.ts `refreshByGrant` throws. */
export async function refreshXero(
  grant: Omit<RefreshGrant, 'system' | 'secretIn'>,
  http: Http,
): Promise<XeroTokens> {
  return tokensOf(await refreshByGrant({ ...grant, ...HEADER_CLIENT }, http), grant.tokenUrl);
}

/** @throws what credentials/consent.ts `takeConsent` throws. */
export async function takeXeroConsent(
  attempt: SignInAttempt,
  answer: URLSearchParams,
  clientSecret: string | undefined,
  http: Http,
): Promise<XeroTokens> {
  return tokensOf(await takeConsent(attempt, answer, clientSecret, http), attempt.page.tokenUrl);
}

/** Signs a custom connection in: an application of one organisation, without a user. Throws as `refreshXero`. */
export async function signInXeroClient(
  client: Omit<TokenClient, 'system' | 'secretIn'>,
  http: Http,
): Promise<XeroTokens> {
  return tokensOf(await grantToClient({ ...client, ...HEADER_CLIENT }, http), client.tokenUrl);
}

const HEADER_CLIENT = { system: 'xero', secretIn: 'header' } as const;

function tokensOf(answer: unknown, tokenUrl: string): XeroTokens {
  const read = tokenAnswer.safeParse(answer);
  if (!read.success)
    throw new StackbridgeError(
      'CONNECTIONS_INVALID',
      `The token endpoint of xero (${new URL(tokenUrl).host}) answered in an unknown shape`,
      { system: 'xero' },
    );
  const { access_token: accessToken, refresh_token: refreshToken } = read.data;
  return { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
}

/** An organisation that the sign-in reaches. */
export interface XeroOrganisation {
  readonly tenantId: string;
  readonly name: string;
}

/** Asks which organisations an access token reaches; costs nothing of their limits. */
export function xeroConnectionsRequest(baseUrl: string, accessToken: string): HttpRequest {
  const access = xeroAccess(baseUrl, accessToken);
  return { method: 'GET', url: `${access.baseUrl}/connections`, headers: access.headers };
}

const connections = z.array(
  z.object({ tenantId: z.string(), tenantType: z.string(), tenantName: z.string().nullish() }),
);

/** Undefined when the answer proves nothing. Practices, which are tenants too, have no accounts. */
export function xeroOrganisations(answer: HttpResponse): XeroOrganisation[] | undefined {
  return jsonAnswer(answer, connections)
    ?.filter(({ tenantType }) => tenantType === 'ORGANISATION')
    .map(({ tenantId, tenantName }) => ({ tenantId, name: tenantName ?? tenantId }));
}

/** The cheapest call that only a valid sign-in to a connected organisation answers. */
export function xeroProof(access: Access): HttpRequest {
  return { method: 'GET', url: `${access.baseUrl}/api.xro/2.0/Organisation`, headers: access.headers };
}

const organisations = z.object({ Organisations: z.array(z.object({ Name: z.string() })).min(1) });

/** The organisation's name; undefined when the answer proves nothing. */
export function xeroAccountName(answer: HttpResponse): string | undefined {
  return jsonAnswer(answer, organisations)?.Organisations[0]?.Name;
}
