import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { serveConsent } from '../consent-page.ts';
import type { Account } from './account.ts';
import { freshId } from './account.ts';
import { invalidKey } from './problem.ts';

/** The account's key; the part after the dash names the data centre. */
export const API_KEY = '0123456789abcdef0123456789abcdef-us1';
/** The registered OAuth application. */
export const OAUTH_CLIENT = { clientId: '715000000001', clientSecret: 'sandbox-mailchimp-secret' } as const;

const TokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  redirect_uri: z.string(),
  code: z.string(),
});

const AuthorizeQuery = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  state: z.string().optional(),
});

/** Lets a call of the API in by key (Basic, any user name) or by OAuth token (Bearer). @throws Problem 401 */
export function admit(account: Account, request: FastifyRequest): void {
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ');
  if (!account.isRevoked && isKnown(account, scheme.toLowerCase(), credentials)) return;
  throw invalidKey();
}

/** Issues a token as a finished OAuth sign-in does. It never expires. */
export function issueToken(account: Account): string {
  const token = freshId(account, 'token', 32);
  account.tokens.add(token);
  return token;
}

function issueCode(account: Account, redirectUri: string): string {
  const code = freshId(account, 'code', 32);
  account.codes.set(code, redirectUri);
  return code;
}

/** A development set-up is sent back to 127.0.0.1: the name localhost is refused. */
function isAllowedRedirect(uri: string): boolean {
  return new URL(uri).hostname !== 'localhost';
}

/** The login host: authorize, token, metadata. */
export function serveOauth(scope: FastifyInstance, account: Account): void {
  serveConsent(scope, '/oauth2/authorize', 'oauth.authorize', (input) => {
    const query = AuthorizeQuery.safeParse(input);
    if (
      !query.success ||
      query.data.client_id !== OAUTH_CLIENT.clientId ||
      !isAllowedRedirect(query.data.redirect_uri)
    )
      return { status: 400, error: { error: 'invalid_request' } };
    const { redirect_uri: redirectUri, state } = query.data;
    return {
      redirectUri,
      state,
      // There are no scopes to choose from.
      page: { vendor: 'Mailchimp', user: 'owner@sandbox.test', scopes: [] },
      accept: () => ({ code: issueCode(account, redirectUri) }),
    };
  });

  scope.post('/oauth2/token', { config: { operation: 'oauth.token' } }, (request, reply) => {
    const body = TokenRequest.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: 'invalid_request' });
    const { grant_type, client_id, client_secret, code, redirect_uri } = body.data;
    if (grant_type !== 'authorization_code') return reply.code(400).send({ error: 'unsupported_grant_type' });
    if (client_id !== OAUTH_CLIENT.clientId || client_secret !== OAUTH_CLIENT.clientSecret) {
      return reply.code(401).send({ error: 'invalid_client' });
    }
    const sentTo = account.codes.get(code);
    account.codes.delete(code);
    if (sentTo !== redirect_uri) return reply.code(400).send({ error: 'invalid_grant' });
    return { access_token: issueToken(account), expires_in: 0, scope: null };
  });

  scope.get('/oauth2/metadata', { config: { operation: 'oauth.metadata' } }, (request, reply) => {
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    const isToken = ['oauth', 'bearer'].includes(scheme.toLowerCase()) && account.tokens.has(token);
    if (account.isRevoked || !isToken) return reply.code(401).send({ error: 'invalid_token' });
    return {
      dc: 'us1',
      role: 'owner',
      accountname: 'Stackbridge Sandbox',
      user_id: 131_656_250,
      login: {
        email: 'owner@sandbox.test',
        avatar: null,
        login_id: 131_656_250,
        login_name: 'sandbox',
        login_email: 'owner@sandbox.test',
      },
      login_url: `${account.world.origin}/mailchimp`,
      api_endpoint: `${account.world.origin}/mailchimp`,
    };
  });
}

function isKnown(account: Account, scheme: string, credentials: string): boolean {
  if (scheme === 'bearer') return credentials === API_KEY || account.tokens.has(credentials);
  if (scheme !== 'basic') return false;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const secret = pair.slice(pair.indexOf(':') + 1);
  return secret === API_KEY || account.tokens.has(secret);
}
