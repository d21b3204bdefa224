import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import { jsonAnswer } from './json-answer.ts';

export const MAILCHIMP_DISPLAY_NAME = 'Mailchimp';

/**
 * One login host for all data centres. The redirect of a local development set-up must name 127.0.0.1, not localhost.
 * Tokens have no scopes and never expire; they end when the user disconnects the application or changes the password.
 */
export const MAILCHIMP_ENDPOINTS = {
  authorizationUrl: 'https://login.mailchimp.com/oauth2/authorize',
  tokenUrl: 'https://login.mailchimp.com/oauth2/token',
  metadataUrl: 'https://login.mailchimp.com/oauth2/metadata',
} as const;

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
  metadataUrl: string = MAILCHIMP_ENDPOINTS.metadataUrl,
): HttpRequest {
  return { method: 'GET', url: metadataUrl, headers: { authorization: `OAuth ${accessToken}` } };
}

const metadata = z.object({ api_endpoint: z.url() });

/** The API's base URL; undefined when the login host did not accept the token, or named a host that is not Mailchimp's. */
export function mailchimpBaseUrlOfMetadata(answer: HttpResponse): string | undefined {
  const endpoint = URL.parse(jsonAnswer(answer, metadata)?.api_endpoint ?? '');
  const trusted = endpoint?.protocol === 'https:' && endpoint.hostname.endsWith('.api.mailchimp.com');
  return trusted ? `${endpoint.origin}/3.0` : undefined;
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
