import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type ConsentRefused, serveConsent } from '../consent-page.ts';
import { type Auth, OauthError, USERNAME } from './auth.ts';
import type { Org } from './org.ts';

const Form = z.record(z.string(), z.string()).catch({});
const Authorize = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  state: z.string().optional(),
  scope: z.string().default('full'),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
});

/** The login host: authorise, token, revoke, introspect, and who the user is. */
export function serveOauth(scope: FastifyInstance, org: Org, auth: Auth): void {
  const guarded = async (reply: FastifyReply, answer: () => unknown): Promise<FastifyReply> => {
    try {
      return reply.send(answer());
    } catch (error) {
      if (!(error instanceof OauthError)) throw error;
      return reply.code(400).send({ error: error.error, error_description: error.message });
    }
  };

  serveConsent(scope, '/services/oauth2/authorize', 'authorize', (query) => {
    const asked = Authorize.safeParse(query);
    if (!asked.success || asked.data.client_id !== auth.clientId)
      return refused('invalid_client_id', 'client identifier invalid');
    const { redirect_uri: redirectUri, state, scope: scopes, code_challenge } = asked.data;
    if (!isAllowedRedirect(redirectUri))
      return refused('redirect_uri_mismatch', 'redirect_uri must match configuration');
    return {
      redirectUri,
      state,
      page: { vendor: 'Salesforce', user: USERNAME, scopes: scopes.split(' ') },
      accept: () => ({ code: auth.issueCode(redirectUri, code_challenge) }),
    };
  });

  scope.post('/services/oauth2/token', { config: { operation: 'token' } }, (request, reply) =>
    guarded(reply, () => {
      const basic = basicClient(request.headers.authorization);
      return auth.grant({ ...Form.parse(request.query), ...basic, ...Form.parse(request.body) });
    }),
  );

  scope.post('/services/oauth2/revoke', { config: { operation: 'revoke' } }, (request, reply) =>
    guarded(reply, () => {
      auth.revokeToken({ ...Form.parse(request.query), ...Form.parse(request.body) }.token ?? '');
      return '';
    }),
  );

  scope.post('/services/oauth2/introspect', { config: { operation: 'introspect' } }, (request, reply) => {
    const active = auth.accepts(Form.parse(request.body).token ?? '');
    return reply.send(active ? { active, client_id: auth.clientId, token_type: 'access_token' } : { active });
  });

  const identity = () => ({
    id: `${org.world.origin}/salesforce/id/${org.orgId}/${org.apiUserId}`,
    user_id: org.apiUserId,
    organization_id: org.orgId,
    username: USERNAME,
    preferred_username: USERNAME,
    display_name: 'Stackbridge Integration',
    active: true,
    urls: { rest: `${auth.instanceUrl()}/services/data/v{version}/` },
  });
  for (const path of ['/services/oauth2/userinfo', '/id/:org/:user']) {
    scope.get(path, { config: { operation: 'identity' } }, (request, reply) => {
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || !auth.accepts(token))
        return reply.code(403).type('text/plain').send('Bad_OAuth_Token');
      return reply.send(identity());
    });
  }
}

function refused(error: string, error_description: string): ConsentRefused {
  return { status: 400, error: { error, error_description } };
}

/** https; http on the user's own machine. */
function isAllowedRedirect(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}

function basicClient(header: string | undefined): Record<string, string> {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const [client_id = '', client_secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { client_id: decodeURIComponent(client_id), client_secret: decodeURIComponent(client_secret) };
}
