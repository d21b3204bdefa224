import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import { jsonAnswer } from './json-answer.ts';
import { type RefreshGrant, refreshByGrant } from './refresh-grant.ts';

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
  /** With `access_type=offline` and `prompt=consent`, or there is no refresh token. */
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
  // Canada's servers have a domain of their own.
  const domain = dataCentre === 'ca' ? 'zohocloud.ca' : `zoho.${dataCentre}`;
  const accounts = `https://accounts.${domain}/oauth/v2`;
  return {
    authorizationUrl: `${accounts}/auth`,
    tokenUrl: `${accounts}/token`,
    revocationUrl: `${accounts}/token/revoke`,
    projectsUrl: `https://projectsapi.${domain}`,
    projectsWebUrl: `https://projects.${domain}`,
    booksUrl: `https://www.zohoapis.${dataCentre}`,
  };
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

const tokenAnswer = z.object({ access_token: z.string().min(1), api_domain: z.url().optional() });

/** "10 access token requests in 10 minutes" for one refresh token. */
const TOKEN_WINDOW_MS = 10 * 60_000;

/**
 * @throws what credentials/refresh-grant.ts `refreshByGrant` throws; `RATE_LIMITED` says how long to wait, since each
 * further request would prolong it
 */
export async function refreshZoho(grant: Omit<RefreshGrant, 'system'>, http: Http): Promise<ZohoTokens> {
  const answer = tokenAnswer.safeParse(await trade(grant, http));
  if (!answer.success)
    throw new StackbridgeError(
      'CONNECTIONS_INVALID',
      `The token endpoint of Zoho (${new URL(grant.tokenUrl).host}) answered in an unknown shape`,
      { system: 'zoho-projects' },
    );
  const { access_token: accessToken, api_domain: apiDomain } = answer.data;
  return { accessToken, ...(apiDomain === undefined ? {} : { apiDomain }) };
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

/** The names of the account's portals; undefined when the answer proves nothing. */
export function zohoAccountName(answer: HttpResponse): string | undefined {
  const read = jsonAnswer(answer, portals);
  if (read === undefined) return undefined;
  const list = Array.isArray(read) ? read : read.portals;
  const names = list.flatMap(({ portal_name, name }) => name ?? portal_name ?? []);
  return names.length === 0 ? undefined : names.join(', ');
}
