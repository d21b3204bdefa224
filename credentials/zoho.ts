import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import { type ConsentPage, type SignInAttempt, takeConsent } from './consent.ts';
import { jsonAnswer } from './json-answer.ts';
import { type RefreshGrant, refreshByGrant } from './token-endpoint.ts';
import { isTrustedHost } from './trusted-host.ts';

export const ZOHO_DISPLAY_NAME = 'Zoho Projects and Books';

/** Comma separated when they are asked for. A token of one product is refused by the other unless it has both. */
export const ZOHO_SCOPES: readonly string[] = [
  'ZohoProjects.portals.READ',
  'ZohoProjects.projects.READ',
  'ZohoProjects.milestones.READ',
  'ZohoProjects.tasks.READ',
  'ZohoProjects.bugs.READ',
  'ZohoProjects.timesheets.READ',
  'ZohoProjects.users.READ',
  'ZohoBooks.expenses.READ',
  'ZohoBooks.projects.READ',
  'ZohoBooks.invoices.READ',
  'ZohoBooks.settings.READ',
  'ZohoBooks.contacts.READ',
];

/** An account lives in one data centre; no other knows its tokens or its data. */
export const ZOHO_DATA_CENTRES = ['com', 'eu', 'in', 'com.au', 'jp', 'sa', 'uk', 'com.cn', 'ca'] as const;
export type ZohoDataCentre = (typeof ZOHO_DATA_CENTRES)[number];

export interface ZohoEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
  /** API of Zoho Projects; no answer of the token endpoint names it. */
  readonly projectsUrl: string;
  /** Where people open the portal. */
  readonly projectsWebUrl: string;
  /** API of Zoho Books: the token endpoint's `api_domain`. */
  readonly booksUrl: string;
}

export function zohoEndpoints(dataCentre: ZohoDataCentre): ZohoEndpoints {
  const domain = domainOf(dataCentre);
  return {
    ...zohoAccountsEndpoints(`https://accounts.${domain}`),
    projectsUrl: `https://projectsapi.${domain}`,
    projectsWebUrl: `https://projects.${domain}`,
    booksUrl: `https://www.zohoapis.${dataCentre}`,
  };
}

/** Canada's servers have a domain of their own. */
function domainOf(dataCentre: ZohoDataCentre): string {
  return dataCentre === 'ca' ? 'zohocloud.ca' : `zoho.${dataCentre}`;
}

export type ZohoAccountsEndpoints = Pick<ZohoEndpoints, 'authorizationUrl' | 'tokenUrl' | 'revocationUrl'>;

/** @param server an accounts server such as `https://accounts.zoho.eu` */
export function zohoAccountsEndpoints(server: string): ZohoAccountsEndpoints {
  const oauth = `${server.replace(/\/+$/, '')}/oauth/v2`;
  return {
    authorizationUrl: `${oauth}/auth`,
    tokenUrl: `${oauth}/token`,
    revocationUrl: `${oauth}/token/revoke`,
  };
}

/**
 * Zoho has no proof keys, and gives no refresh token without `access_type=offline` and `prompt=consent`.
 *
 * @param server where the user begins; the answer says where the account lives
 */
export function zohoConsentPage(server: string): ConsentPage {
  const { authorizationUrl, tokenUrl } = zohoAccountsEndpoints(server);
  return {
    system: 'zoho-projects',
    authorizationUrl,
    tokenUrl,
    scope: ZOHO_SCOPES.join(','),
    hasProofKeys: false,
    more: { access_type: 'offline', prompt: 'consent' },
  };
}

/** The data centre that an accounts server belongs to; undefined for a host that is not Zoho's. */
export function zohoDataCentreOfAccounts(server: string): ZohoDataCentre | undefined {
  const origin = URL.parse(server)?.origin;
  return ZOHO_DATA_CENTRES.find((dataCentre) => `https://accounts.${domainOf(dataCentre)}` === origin);
}

/** The data centre that an `api_domain` belongs to; undefined for a host that is not Zoho's. */
export function zohoDataCentreOf(apiDomain: string): ZohoDataCentre | undefined {
  const origin = URL.parse(apiDomain)?.origin;
  return ZOHO_DATA_CENTRES.find((dataCentre) => zohoEndpoints(dataCentre).booksUrl === origin);
}

/** @param baseUrl of one product; paths begin after it */
export function zohoAccess(baseUrl: string, accessToken: string): Access {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { authorization: `Zoho-oauthtoken ${accessToken}` },
  };
}

/** What a refresh yields: an hour of access. The refresh token stays the same until it is revoked. */
export interface ZohoTokens {
  readonly accessToken: string;
  /** Absent where the answer names none. */
  readonly apiDomain?: string;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  api_domain: z.url().optional(),
  refresh_token: z.string().min(1).optional(),
});

/** "10 access token requests in 10 minutes" for one refresh token. */
const TOKEN_WINDOW_MS = 10 * 60_000;

/**
 * @throws what credentials/token-endpoint.ts `refreshByGrant` throws; `RATE_LIMITED` says how long to wait, since each
 * further request would prolong it
 */
export async function refreshZoho(grant: Omit<RefreshGrant, 'system'>, http: Http): Promise<ZohoTokens> {
  return tokensOf(await trade(grant, http), grant.tokenUrl);
}

function tokensOf(body: unknown, tokenUrl: string): ZohoTokens & { readonly refreshToken?: string } {
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success)
    throw unusable(`The token endpoint of Zoho (${new URL(tokenUrl).host}) answered in an unknown shape`);
  const { access_token: accessToken, api_domain: apiDomain, refresh_token: refreshToken } = answer.data;
  return {
    accessToken,
    ...(apiDomain === undefined ? {} : { apiDomain }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

function unusable(message: string): StackbridgeError {
  return new StackbridgeError('CONNECTIONS_INVALID', message, { system: 'zoho-projects' });
}

/** What a consent yields: with the token that the next ones are had with, and where. */
export interface ZohoSignIn extends ZohoTokens {
  readonly refreshToken: string;
  /** The accounts server that knows this user. */
  readonly accountsServer: string;
}

/**
 * Trades a consent at the accounts server that the redirect names: only that one knows the code.
 *
 * @param configured the connection's own URLs
 * @throws what credentials/consent.ts `takeConsent` throws; `CONNECTIONS_INVALID` for a server that is not Zoho's, and
 * where no refresh token came
 */
export async function takeZohoConsent(
  { page, ...attempt }: SignInAttempt,
  answer: URLSearchParams,
  { clientSecret, configured }: { readonly clientSecret: string; readonly configured: readonly string[] },
  http: Http,
): Promise<ZohoSignIn> {
  const accountsServer = answer.get('accounts-server') ?? page.tokenUrl.replace(/\/oauth\/v2\/token$/, '');
  const isZohos = (): boolean => zohoDataCentreOfAccounts(accountsServer) !== undefined;
  if (!isTrustedHost(accountsServer, configured, isZohos)) {
    const host = URL.parse(accountsServer)?.host;
    throw unusable(`The redirect names ${host} as the accounts server, which is not Zoho's`);
  }
  const { tokenUrl } = zohoAccountsEndpoints(accountsServer);
  const there = { ...attempt, page: { ...page, tokenUrl } };
  const tokens = tokensOf(await takeConsent(there, answer, clientSecret, standardErrors(http)), tokenUrl);
  const { refreshToken } = tokens;
  if (refreshToken === undefined)
    throw unusable('Zoho gave no refresh token: withdraw the old consent, then sign in');
  return { ...tokens, refreshToken, accountsServer };
}

async function trade(grant: Omit<RefreshGrant, 'system'>, http: Http): Promise<unknown> {
  try {
    return await refreshByGrant({ ...grant, system: 'zoho-projects' }, standardErrors(http));
  } catch (error) {
    if (!(error instanceof StackbridgeError) || error.code !== 'RATE_LIMITED') throw error;
    throw new StackbridgeError(error.code, error.message, {
      ...error.context,
      retryAfterMs: TOKEN_WINDOW_MS,
    });
  }
}

/** Zoho refuses with HTTP 200 and with words of its own: they are put as RFC 6749 has them. */
function standardErrors(http: Http): Http {
  return {
    async send(request) {
      const answer = await http.send(request);
      const refusal = jsonAnswer({ ...answer, status: 200 }, refusalAnswer);
      if (refusal === undefined || answer.status >= 500) return answer;
      return { ...answer, status: 400, body: JSON.stringify({ error: standardError(refusal) }) };
    },
  };
}

const refusalAnswer = z.object({ error: z.string(), error_description: z.string().default('') });

function standardError({ error, error_description }: z.infer<typeof refusalAnswer>): string {
  if (/too many requests/i.test(error_description)) return 'rate_limit_exceeded';
  const code = error.toLowerCase().replaceAll(' ', '_');
  // `invalid_code` is also what a dead or foreign refresh token is called.
  if (code === 'invalid_code' || code === 'invalid_token') return 'invalid_grant';
  return code === 'invalid_client_secret' ? 'invalid_client' : code;
}

/** The cheapest call that only a valid token of Zoho Projects answers. */
export function zohoProof(projects: Access): HttpRequest {
  return { method: 'GET', url: `${projects.baseUrl}/api/v3/portals`, headers: projects.headers };
}

const portal = z.object({ portal_name: z.string().optional(), name: z.string().optional() });
const portals = z.union([z.array(portal), z.object({ portals: z.array(portal) })]);

/** The names of the account's portals, as recipes name them; undefined when the answer proves nothing. */
export function zohoPortals(answer: HttpResponse): string[] | undefined {
  const read = jsonAnswer(answer, portals);
  if (read === undefined) return undefined;
  const list = Array.isArray(read) ? read : read.portals;
  return list.flatMap(({ portal_name, name }) => name ?? portal_name ?? []);
}

/** The portals by name; undefined when the answer proves nothing. */
export function zohoAccountName(answer: HttpResponse): string | undefined {
  return zohoPortals(answer)?.join(', ') || undefined;
}

/** The cheapest call that only a valid token of Zoho Books answers. */
export function zohoBooksProof(books: Access): HttpRequest {
  return { method: 'GET', url: `${books.baseUrl}/books/v3/organizations`, headers: books.headers };
}

const organisations = z.object({ organizations: z.array(z.object({ name: z.string() })) });

/** The names of the organisations in Zoho Books, as recipes name them; undefined when the answer proves nothing. */
export function zohoOrganisations(answer: HttpResponse): string[] | undefined {
  return jsonAnswer(answer, organisations)?.organizations.map(({ name }) => name);
}
