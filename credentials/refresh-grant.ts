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
  readonly request: (asking: Asking) => Promise<Response>;
  readonly read: (
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    answer: Response,
  ) => Promise<oauth.TokenEndpointResponse>;
}

async function granted(
  grant: TokenClient,
  http: Http,
  { request, read }: GrantType,
): Promise<oauth.TokenEndpointResponse> {
  const server = { issuer: new URL(grant.tokenUrl).origin, token_endpoint: grant.tokenUrl };
  const client = { client_id: grant.clientId };
  const options = {
    [oauth.customFetch]: fetchThrough(http),
    [oauth.allowInsecureRequests]: isLoopback(grant.tokenUrl),
  };
  const answer = await sent(grant, request({ server, client, proof: proofOf(grant), options }));
  if (answer.status >= 500 || answer.status === 429)
    throw new NoAnswerError(`${named(grant)} answered HTTP ${answer.status}`, 'no', { system: grant.system });
  try {
    return await read(server, client, answer);
  } catch (error) {
    throw refusal(grant, answer.status, error);
  }
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

function fetchThrough(http: Http): TokenFetch {
  return async (url, { method, headers, body }) => {
    const answer = await http.send({ method, url, headers, body: body.toString() });
    return new Response(answer.status === 204 || answer.status === 304 ? null : withoutIdToken(answer.body), {
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
