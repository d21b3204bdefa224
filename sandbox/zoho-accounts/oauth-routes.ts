import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { serveConsent } from '../consent-page.ts';
import type { AccountsState } from './zoho-accounts.ts';

/** The registered OAuth client. */
export const OAUTH_CLIENT = {
  clientId: '1000.SANDBOXZOHOCLIENT0000000000000000',
  clientSecret: 'sandbox-zoho-secret',
} as const;

/** Data centres by the short name that the redirect's `location` says. */
export const DATA_CENTRES = ['us', 'eu', 'in', 'au', 'jp', 'ca', 'sa', 'uk', 'cn'] as const;
export type DataCentre = (typeof DATA_CENTRES)[number];

const AuthorizeQuery = z.object({
  response_type: z.literal('code'),
  client_id: z.literal(OAUTH_CLIENT.clientId),
  scope: z.string().min(1),
  redirect_uri: z.url(),
  access_type: z.enum(['online', 'offline']).default('online'),
  prompt: z.string().optional(),
  state: z.string().optional(),
});

const TokenRequest = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  redirect_uri: z.string().default(''),
  code: z.string().default(''),
  refresh_token: z.string().default(''),
});

/** More than ten access tokens in ten minutes; comes with HTTP 200 like every refusal. */
export const TOO_MANY_TOKENS = {
  error: 'Access Denied',
  error_description: 'You have made too many requests continuously. Please try again after some time.',
};

/**
 * The accounts server. One data centre lives at the root; another home is served under its short name, and the root
 * then sends people there, as accounts.zoho.com does for a user of Europe.
 */
export function serveOauth(scope: FastifyInstance, state: AccountsState): void {
  scope.get('/oauth/serverinfo', { config: { operation: 'oauth.serverinfo' } }, () => ({
    result: 'success',
    locations: Object.fromEntries(DATA_CENTRES.map((name) => [name, serverOf(state, name)])),
  }));
  servePlace(scope, state, '', () => 'us');
  servePlace(scope, state, '/:dc', (params) => params.dc ?? 'us');
}

type Params = Record<string, string | undefined>;

function servePlace(
  scope: FastifyInstance,
  state: AccountsState,
  prefix: string,
  centreOf: (params: Params) => string,
): void {
  serveConsent(scope, `${prefix}/oauth/v2/auth`, 'oauth.authorize', (input) => {
    const query = AuthorizeQuery.safeParse(input);
    if (!query.success) return { status: 400, error: { error: 'invalid_request' } };
    const { scope: asked, redirect_uri: redirectUri, access_type, prompt, state: theirs } = query.data;
    const scopes = asked.split(',');
    return {
      redirectUri,
      state: theirs,
      page: { vendor: 'Zoho', user: 'ada@sandbox.test', scopes },
      accept: () => {
        const isOffline = access_type === 'offline' && (prompt === 'consent' || !state.hasConsented);
        state.hasConsented = true;
        return {
          code: state.grants.consent(scopes, redirectUri, isOffline),
          location: state.centre,
          'accounts-server': serverOf(state, state.centre),
        };
      },
    };
  });
  scope.post<{ Params: Params }>(
    `${prefix}/oauth/v2/token`,
    { config: { operation: 'oauth.token' } },
    ({ params, body, query }, reply) =>
      answerToken(state, centreOf(params), { ...Object(query), ...Object(body) }, reply),
  );
  scope.post<{ Params: Params }>(
    `${prefix}/oauth/v2/token/revoke`,
    { config: { operation: 'oauth.revoke' } },
    ({ body, query }, reply) => {
      const { token } = z
        .object({ token: z.string().default('') })
        .parse({ ...Object(query), ...Object(body) });
      return state.grants.withdraw(token)
        ? reply.send({ status: 'success' })
        : reply.code(400).send({ error: 'invalid_token' });
    },
  );
}

/** Whatever is wrong is said with HTTP 200. */
function answerToken(
  state: AccountsState,
  centre: string,
  input: unknown,
  reply: FastifyReply,
): FastifyReply {
  const { grant_type, client_id, client_secret, redirect_uri, code, refresh_token } =
    TokenRequest.parse(input);
  if (client_id !== OAUTH_CLIENT.clientId) return reply.send({ error: 'invalid_client' });
  if (client_secret !== OAUTH_CLIENT.clientSecret) return reply.send({ error: 'invalid_client_secret' });
  // A data centre knows only its own users' codes and tokens.
  if (centre !== state.centre) return reply.send({ error: 'invalid_code' });
  if (grant_type !== 'authorization_code' && grant_type !== 'refresh_token') {
    return reply.send({ error: 'unsupported_grant_type' });
  }
  const issue =
    grant_type === 'refresh_token'
      ? state.grants.refresh(refresh_token)
      : state.grants.exchange(code, redirect_uri);
  if ('refused' in issue)
    return reply.send(issue.refused === 'too-many' ? TOO_MANY_TOKENS : { error: issue.refused });
  return reply.send({
    access_token: issue.token,
    ...(issue.refreshToken === undefined ? {} : { refresh_token: issue.refreshToken }),
    scope: issue.scopes.join(' '),
    // Right for Books, not for Projects: its host follows from the data centre.
    api_domain: `${state.world.origin}/zoho-books`,
    token_type: 'Bearer',
    expires_in: 3600,
  });
}

function serverOf(state: AccountsState, centre: DataCentre): string {
  const root = `${state.world.origin}/zoho-accounts`;
  return centre === 'us' ? root : `${root}/${centre}`;
}
