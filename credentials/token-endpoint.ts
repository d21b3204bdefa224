import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import * as oauth from 'oauth4webapi';
import { isLoopback } from './loopback.ts';

/** An application at a token endpoint. */
export interface TokenClient {
  readonly system: SystemName;
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Absent for public clients. */
  readonly clientSecret?: string;
  /** How the secret travels: in the form (default), or in the `Authorization` header. */
  readonly secretIn?: 'form' | 'header';
}

/** A grant that can be turned into a new access token. */
export interface RefreshGrant extends TokenClient {
  readonly refreshToken: string;
}

/** Errors of the token endpoint that signing in again does not cure: the application is set up wrongly. */
const MISCONFIGURED =
  /^(invalid_client|invalid_client_id|unauthorized_client|unsupported_grant_type|invalid_request)$/;

/**
 * Trades a refresh token for a new answer of the token endpoint (RFC 6749, section 6).
 *
 * @throws StackbridgeError `SIGN_IN_EXPIRED` when the grant is gone, `CONNECTIONS_INVALID` when the endpoint or the
 * client is set up wrongly, `RATE_LIMITED`, and NoAnswerError with `carriedOut: 'no'` for what passes: the call
 * that needed the token has not been made and can be.
 */
export function refreshByGrant(grant: RefreshGrant, http: Http): Promise<oauth.TokenEndpointResponse> {
  return granted(grant, http, {
    request: ({ server, client, proof, options }) =>
      oauth.refreshTokenGrantRequest(server, client, proof, grant.refreshToken, options),
    read: oauth.processRefreshTokenResponse,
  });
}

/** A code that the user's consent has yielded, and what belongs to it. */
export interface CodeGrant extends TokenClient {
  /** As `oauth4webapi` has checked them. */
  readonly consent: URLSearchParams;
  readonly redirectUri: string;
  /** Where the system has proof keys (PKCE). */
  readonly verifier?: string;
  /** Where an identity token is asked for; it then has to come, with the nonce. */
  readonly nonce?: string;
  /** As identity tokens name it; default the origin of `tokenUrl`. */
  readonly issuer?: string;
}

/**
 * Trades a code for tokens (RFC 6749, section 4.1.3, and RFC 7636).
 *
 * @throws what `refreshByGrant` throws; `SIGN_IN_REFUSED` for an identity token of another sign-in.
 */
export function exchangeCode(grant: CodeGrant, http: Http): Promise<oauth.TokenEndpointResponse> {
  const { consent, redirectUri, verifier = oauth.nopkce, nonce } = grant;
  return granted(grant, http, {
    keepsIdToken: nonce !== undefined,
    request: ({ server, client, proof, options }) =>
      oauth.authorizationCodeGrantRequest(server, client, proof, consent, redirectUri, verifier, options),
    read: (server, client, answer) =>
      oauth.processAuthorizationCodeResponse(server, client, answer, {
        expectedNonce: nonce ?? oauth.expectNoNonce,
        requireIdToken: nonce !== undefined,
      }),
  });
}

/**
 * Gets an access token by a signed assertion (RFC 7523).
 *
 * @throws what `refreshByGrant` throws.
 */
export function grantByAssertion(
  client: TokenClient,
  assertion: string,
  http: Http,
): Promise<oauth.TokenEndpointResponse> {
  return granted(client, http, {
    request: ({ server, client: named, proof, options }) =>
      oauth.genericTokenEndpointRequest(server, named, proof, JWT_BEARER, { assertion }, options),
    read: oauth.processGenericTokenEndpointResponse,
  });
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Ends a token at the system (RFC 7009). What is ended already is no error.
 *
 * @throws NoAnswerError, and StackbridgeError `CONNECTIONS_INVALID` where the client is not known.
 */
export async function revokeToken(
  client: TokenClient & { readonly revocationUrl: string },
  token: string,
  http: Http,
): Promise<void> {
  const { asking, where } = askingOf(client, http);
  const { server, client: named, proof, options } = asking;
  const revoking = { ...server, revocation_endpoint: client.revocationUrl };
  const answer = await sent(client, oauth.revocationRequest(revoking, named, proof, token, options));
  if (answer.status >= 500 || answer.status === 429)
    throw new NoAnswerError(`${where} answered HTTP ${answer.status}`, 'no', { system: client.system });
  try {
    await oauth.processRevocationResponse(answer);
  } catch (error) {
    const refused = refusal(client, answer.status, error);
    if (refused.code === 'CONNECTIONS_INVALID') throw refused;
  }
}

/**
 * Gets an access token for the application itself (RFC 6749, section 4.4). Without a scope it may do all that it has
 * been allowed to.
 *
 * @throws what `refreshByGrant` throws.
 */
export function grantToClient(client: TokenClient, http: Http): Promise<oauth.TokenEndpointResponse> {
  return granted(client, http, {
    request: ({ server, client, proof, options }) =>
      oauth.clientCredentialsGrantRequest(server, client, proof, new URLSearchParams(), options),
    read: oauth.processClientCredentialsResponse,
  });
}

interface Asking {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly proof: oauth.ClientAuth;
  readonly options: oauth.TokenEndpointRequestOptions;
}

interface GrantType {
  /** Default false. */
  readonly keepsIdToken?: boolean;
  readonly request: (asking: Asking) => Promise<Response>;
  readonly read: (
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    answer: Response,
  ) => Promise<oauth.TokenEndpointResponse>;
}

async function granted(
  grant: TokenClient & { readonly issuer?: string },
  http: Http,
  { keepsIdToken = false, request, read }: GrantType,
): Promise<oauth.TokenEndpointResponse> {
  const { asking, where } = askingOf(grant, http, keepsIdToken);
  const answer = await sent(grant, request(asking));
  if (answer.status >= 500 || answer.status === 429)
    throw new NoAnswerError(`${where} answered HTTP ${answer.status}`, 'no', { system: grant.system });
  try {
    return await read(asking.server, asking.client, answer);
  } catch (error) {
    throw refusal(grant, answer.status, error);
  }
}

function askingOf(
  grant: TokenClient & { readonly issuer?: string },
  http: Http,
  keepsIdToken = false,
): { readonly asking: Asking; readonly where: string } {
  const { tokenUrl, clientId, issuer = new URL(tokenUrl).origin } = grant;
  const asking = {
    server: { issuer, token_endpoint: tokenUrl },
    client: { client_id: clientId },
    proof: proofOf(grant),
    options: {
      [oauth.customFetch]: fetchThrough(http, keepsIdToken),
      [oauth.allowInsecureRequests]: isLoopback(tokenUrl),
    },
  };
  return { asking, where: named(grant) };
}

function proofOf({ clientSecret, secretIn = 'form' }: TokenClient): oauth.ClientAuth {
  if (clientSecret === undefined) return oauth.None();
  return secretIn === 'header' ? oauth.ClientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret);
}

async function sent(grant: TokenClient, request: Promise<Response>): Promise<Response> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new NoAnswerError(`${named(grant)} did not answer`, 'no', { system: grant.system });
  }
}

type TokenFetch = (
  url: string,
  options: oauth.CustomFetchOptions<'POST', URLSearchParams>,
) => Promise<Response>;

function fetchThrough(http: Http, keepsIdToken: boolean): TokenFetch {
  return async (url, { method, headers, body }) => {
    const answer = await http.send({ method, url, headers, body: body.toString() });
    const text = keepsIdToken ? answer.body : withoutIdToken(answer.body);
    return new Response(answer.status === 204 || answer.status === 304 ? null : text, {
      status: answer.status,
      headers: { 'content-type': answer.headers['content-type'] ?? '' },
    });
  };
}

/**
 * Who signed in is not asked of an identity token: Salesforce issues one under the organisation's own domain, which
 * need not be the issuer that the token endpoint implies, and a refusal for that would lose a rotated token.
 */
function withoutIdToken(body: string): string {
  try {
    const { id_token: _, ...rest }: Record<string, unknown> = JSON.parse(body);
    return JSON.stringify(rest);
  } catch {
    return body;
  }
}

/** Only the error's code is passed on: a description may repeat what was sent. */
function refusal({ system, ...grant }: TokenClient, status: number, error: unknown): StackbridgeError {
  const where = named({ system, ...grant });
  if (error instanceof oauth.OperationProcessingError && error.code === oauth.JWT_CLAIM_COMPARISON)
    return new StackbridgeError(
      'SIGN_IN_REFUSED',
      `${where} answered with the identity token of another sign-in`,
      { system },
    );
  if (!(error instanceof oauth.ResponseBodyError))
    return new StackbridgeError(
      'CONNECTIONS_INVALID',
      `${where} answered HTTP ${status} with something that is no token answer`,
      { system },
    );
  const code = /^[a-z_]{1,60}$/.test(error.error) ? error.error : 'an unknown error';
  if (code === 'rate_limit_exceeded')
    return new StackbridgeError('RATE_LIMITED', `${where} asks to wait`, { system });
  if (MISCONFIGURED.test(code))
    return new StackbridgeError('CONNECTIONS_INVALID', `${where} refused the client: ${code}`, { system });
  return new StackbridgeError('SIGN_IN_EXPIRED', `The sign-in to ${system} is no longer valid: ${code}`, {
    system,
  });
}

function named({ system, tokenUrl }: Pick<TokenClient, 'system' | 'tokenUrl'>): string {
  return `The token endpoint of ${system} (${new URL(tokenUrl).host})`;
}
