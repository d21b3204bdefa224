import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import { type ConsentPage, type SignInAttempt, takeConsent } from './consent.ts';
import { jsonAnswer } from './json-answer.ts';
import { isTrustedHost } from './trusted-host.ts';

export const MAILCHIMP_DISPLAY_NAME = 'Mailchimp';

export interface MailchimpEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly metadataUrl: string;
}

/** One login host for all data centres. */
export function mailchimpEndpoints(loginHost = 'https://login.mailchimp.com'): MailchimpEndpoints {
  const oauth2 = `${loginHost.replace(/\/+$/, '')}/oauth2`;
  return {
    authorizationUrl: `${oauth2}/authorize`,
    tokenUrl: `${oauth2}/token`,
    metadataUrl: `${oauth2}/metadata`,
  };
}

/**
 * Mailchimp has no scopes and no proof keys. The redirect of a local development set-up must name 127.0.0.1, not
 * localhost.
 */
export function mailchimpConsentPage(loginHost?: string): ConsentPage {
  const { authorizationUrl, tokenUrl } = mailchimpEndpoints(loginHost);
  return { system: 'mailchimp', authorizationUrl, tokenUrl, hasProofKeys: false };
}

/**
 * Trades a consent for an access token, which never expires: it ends when the user disconnects the application or
 * changes the password.
 *
 * @throws what credentials/consent.ts `takeConsent` throws.
 */
export async function takeMailchimpConsent(
  attempt: SignInAttempt,
  answer: URLSearchParams,
  clientSecret: string,
  http: Http,
): Promise<string> {
  const { access_token } = await takeConsent(attempt, answer, clientSecret, standardAnswers(http));
  return access_token;
}

const tokenAnswer = z.object({ access_token: z.string().min(1) });

/** The answer lacks the token's type and has no scope and no lifetime, which it says as `null` and `0`. */
function standardAnswers(http: Http): Http {
  return {
    async send(request) {
      const answer = await http.send(request);
      const tokens = jsonAnswer(answer, tokenAnswer);
      return tokens === undefined
        ? answer
        : { ...answer, body: JSON.stringify({ ...tokens, token_type: 'bearer' }) };
    },
  };
}

/** An API key names its data centre after the dash: `…-us19`. Undefined where it names none. */
export function mailchimpBaseUrlOfKey(apiKey: string): string | undefined {
  const dataCentre = /-([a-z]{2,4}\d{1,4})$/.exec(apiKey)?.[1];
  return dataCentre === undefined ? undefined : `https://${dataCentre}.api.mailchimp.com/3.0`;
}

export type MailchimpSecret = { readonly apiKey: string } | { readonly accessToken: string };

/** A key travels by Basic authorization with any user name, a token by Bearer. */
export function mailchimpAccess(baseUrl: string, secret: MailchimpSecret): Access {
  const authorization =
    'apiKey' in secret ? `Basic ${btoa(`stackbridge:${secret.apiKey}`)}` : `Bearer ${secret.accessToken}`;
  return { baseUrl: baseUrl.replace(/\/+$/, ''), headers: { authorization } };
}

/** Asks which data centre a token belongs to. The login host wants the word `OAuth`, the API wants `Bearer`. */
export function mailchimpMetadataRequest(
  accessToken: string,
  { metadataUrl }: Pick<MailchimpEndpoints, 'metadataUrl'> = mailchimpEndpoints(),
): HttpRequest {
  return { method: 'GET', url: metadataUrl, headers: { authorization: `OAuth ${accessToken}` } };
}

const metadata = z.object({ api_endpoint: z.url() });

/**
 * The API's base URL; undefined when the login host did not accept the token, or named a host that is not Mailchimp's.
 *
 * @param configured the connection's own URLs
 */
export function mailchimpBaseUrlOfMetadata(
  answer: HttpResponse,
  configured: readonly string[] = [],
): string | undefined {
  const endpoint = jsonAnswer(answer, metadata)?.api_endpoint ?? '';
  const isTrusted = isTrustedHost(endpoint, configured, (host) => host.endsWith('.api.mailchimp.com'));
  return isTrusted ? `${endpoint.replace(/\/+$/, '')}/3.0` : undefined;
}

/** The cheapest call that only a valid key answers and that names the account. */
export function mailchimpProof(access: Access): HttpRequest {
  return {
    method: 'GET',
    url: `${access.baseUrl}/?fields=account_name,login_name`,
    headers: access.headers,
  };
}

const accountRoot = z.object({ account_name: z.string() });

/** The account's name; undefined when the answer proves nothing. */
export function mailchimpAccountName(answer: HttpResponse): string | undefined {
  return jsonAnswer(answer, accountRoot)?.account_name;
}
