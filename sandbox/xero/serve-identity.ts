import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { serveConsent } from '../consent-page.ts';
import { admitted } from './serve-api.ts';
import { CUSTOM_APP, OauthError, type TokenRequest, WEB_APP } from './sign-in/auth.ts';
import { showConnection } from './sign-in/connections.ts';
import { identityKeySet } from './sign-in/identity-key.ts';
import type { Site } from './site.ts';
import { notFound, Refusal } from './wire/refusal.ts';

const Authorize = z.object({
  response_type: z.literal('code'),
  client_id: z.literal(WEB_APP.clientId),
  redirect_uri: z.url(),
  scope: z.string(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
});

/** The login host under `/identity` (authorise, token, revoke) and `/connections`. */
export function serveIdentity(scope: FastifyInstance, site: Site): void {
  serveConsent(scope, '/identity/connect/authorize', 'identity.authorize', (query) => {
    const asked = Authorize.safeParse(query);
    if (!asked.success || !isAllowedRedirect(asked.data.redirect_uri))
      return { status: 400, error: { error: 'unauthorized_client' } };
    const { redirect_uri: redirectUri, scope: scopes, state, nonce, code_challenge } = asked.data;
    return {
      redirectUri,
      state,
      page: {
        vendor: 'Xero',
        user: 'ada@sandbox.test',
        scopes: scopes.split(' '),
        tenants: [...site.books.values()].map(({ organisation: { id, name } }) => ({ id, name })),
      },
      accept: (tenantId) => {
        try {
          const code = site.auth.issueCode({
            redirectUri,
            scopes: scopes.split(' '),
            challenge: code_challenge,
            nonce,
          });
          if (tenantId !== undefined) site.connect(tenantId);
          return { code };
        } catch (error) {
          if (!(error instanceof OauthError)) throw error;
          return { error: error.code };
        }
      },
    };
  });

  scope.post('/identity/connect/token', { config: { operation: 'identity.token' } }, (request, reply) => {
    try {
      const basic = basicClient(request.headers.authorization);
      return reply.send(site.auth.grant({ ...formOf(request.body), ...basic }));
    } catch (error) {
      if (!(error instanceof OauthError)) throw error;
      return oauthError(reply, error.code);
    }
  });

  scope.post(
    '/identity/connect/revocation',
    { config: { operation: 'identity.revoke' } },
    (request, reply) => {
      const form = { ...formOf(request.body), ...basicClient(request.headers.authorization) };
      if (form.client_id !== WEB_APP.clientId && form.client_id !== CUSTOM_APP.clientId) {
        return oauthError(reply, 'invalid_client');
      }
      site.auth.revokeToken(form.token ?? '');
      return reply.code(200).send('');
    },
  );

  scope.get(
    '/identity/.well-known/openid-configuration',
    { config: { operation: 'identity.discovery' } },
    () => {
      const base = `${site.world.origin}/xero/identity`;
      return {
        issuer: 'https://identity.xero.com',
        authorization_endpoint: `${base}/connect/authorize`,
        token_endpoint: `${base}/connect/token`,
        revocation_endpoint: `${base}/connect/revocation`,
        response_types_supported: ['code', 'id_token', 'code id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        jwks_uri: `${base}/.well-known/openid-configuration/jwks`,
      };
    },
  );

  scope.get(
    '/identity/.well-known/openid-configuration/jwks',
    { config: { operation: 'identity.keys' } },
    () => identityKeySet(),
  );

  serveConnections(scope, site);
}

function serveConnections(scope: FastifyInstance, site: Site): void {
  scope.get<{ Querystring: { authEventId?: string } }>(
    '/connections',
    { config: { operation: 'connections.list' } },
    (request, reply) =>
      guarded(reply, () => {
        admitted(site, request);
        const { authEventId = site.auth.authEventId } = request.query;
        const shown = authEventId === site.auth.authEventId ? site.connections : [];
        return reply.send(
          shown.map((connection) => {
            const { organisation } = site.organisation(connection.tenantId);
            return showConnection(connection, organisation, site.auth.authEventId);
          }),
        );
      }),
  );
  scope.delete<{ Params: { id: string } }>(
    '/connections/:id',
    { config: { operation: 'connections.delete' } },
    (request, reply) =>
      guarded(reply, () => {
        admitted(site, request);
        if (!site.disconnect(request.params.id)) throw notFound();
        return reply.code(204).send();
      }),
  );
}

function guarded(reply: FastifyReply, answer: () => FastifyReply): FastifyReply {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return reply
      .code(error.answer.status)
      .headers(error.answer.headers ?? {})
      .send(error.answer.body);
  }
}

function oauthError(reply: FastifyReply, code: string): FastifyReply {
  return reply.code(400).send({ error: code });
}

/** https, or http on the name localhost; the address 127.0.0.1 is refused. */
function isAllowedRedirect(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
}

function formOf(body: unknown): TokenRequest {
  return Buffer.isBuffer(body) ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {};
}

function basicClient(header: string | undefined): TokenRequest {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const [client_id = '', client_secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { client_id: decodeURIComponent(client_id), client_secret: decodeURIComponent(client_secret) };
}
