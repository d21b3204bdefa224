import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import { layOutAudience } from '../people/audience-fields.ts';
import { UnreadableBody } from '../server.ts';
import type { Answer, Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import { type Account, answerId, createAccount, openAccount } from './account.ts';
import { apiRoutes, textOf } from './api.ts';
import type { ApiCall, ApiRoute } from './api-route.ts';
import { API_KEY, admit, issueToken, OAUTH_CLIENT, serveOauth } from './auth.ts';
import { batchResults } from './batches.ts';
import { ConnectionLimit } from './connection-limit.ts';
import { deskOf, personActions } from './desk.ts';
import { Problem, problemAnswer, problemOf, tooManyConnections, unreadableJson } from './problem.ts';
import type { Query } from './query.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

/** The simulated Mailchimp Marketing API 3.0, its login host, and the people at its screens. */
export interface Mailchimp extends Simulator {
  readonly name: 'mailchimp';
  /** The account's API key, good for Basic (any user name) and Bearer. */
  readonly apiKey: string;
  /** The registered OAuth application. */
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; issueToken(): string };
  /** What is behind the API, for seeding and for people's edits. */
  readonly account: Account;
}

export interface MailchimpOptions {
  /**
   * Whether the audiences have the fields, interests and tags that an administrator has prepared for the sync, as
   * the simulated Salesforce has its custom fields. Default false: as Mailchimp makes new audiences.
   */
  prepared?: boolean;
}

export function createMailchimp(world: World, { prepared = false }: MailchimpOptions = {}): Mailchimp {
  const account = createAccount(world);
  const layOut = (): void => {
    if (!prepared) return;
    for (const audience of account.audiences.values()) layOutAudience(account, audience);
  };
  layOut();
  return {
    name: 'mailchimp',
    apiKey: API_KEY,
    oauth: { ...OAUTH_CLIENT, issueToken: () => issueToken(account) },
    account,
    register: (scope) => serve(scope, account),
    failure: (status) => failureAnswer(account, status),
    throttled: ({ retryAfterS, bare }) => throttledAnswer(account, retryAfterS, bare ?? false),
    // Neither keys nor tokens expire.
    expireTokens: () => undefined,
    revoke: () => {
      account.isRevoked = true;
    },
    desk: deskOf(account),
    actions: personActions(account),
    reset: () => {
      openAccount(account);
      layOut();
    },
    snapshot: () => takeSnapshot(account),
    restore: (snapshot) => restoreSnapshot(account, snapshot),
  };
}

function serve(scope: FastifyInstance, account: Account): void {
  const limit = new ConnectionLimit();
  serveErrors(scope, account);
  serveOauth(scope, account);

  scope.get<{ Params: { file: string }; Querystring: { signature?: string } }>(
    '/batch-results/:file',
    { config: { operation: 'batches.results' } },
    async (request, reply) => {
      const id = request.params.file.replace(/\.tar\.gz$/, '');
      const results = await batchResults(account, id, request.query.signature ?? '');
      return reply.header('content-type', 'application/gzip').send(results);
    },
  );

  scope.register(
    async (api) => {
      api.addHook('onRequest', async (request, reply) => {
        await limit.enter(reply.raw);
        admit(account, request);
      });
      for (const route of apiRoutes(account)) serveRoute(api, account, route);
    },
    { prefix: '/3.0' },
  );
}

function serveRoute(api: FastifyInstance, account: Account, route: ApiRoute): void {
  api.route<{ Params: Record<string, string>; Querystring: Record<string, string | string[] | undefined> }>({
    method: route.method,
    url: route.path,
    config: { operation: route.operation },
    handler: (request, reply) => {
      const { params, body, fault } = request;
      const call: ApiCall = { account, params, query: joined(request.query), body, fault };
      const answer = (): FastifyReply => {
        const result = route.handle(call);
        reply
          .header('content-type', 'application/json; charset=utf-8')
          .header('x-request-id', answerId(account));
        return result === undefined ? reply.code(204).send() : reply.send(textOf(result));
      };
      return route.before === undefined ? answer() : route.before(call).then(answer);
    },
  });
}

/** A parameter that is given several times means the same as its values with commas between them. */
function joined(query: Readonly<Record<string, string | string[] | undefined>>): Query {
  const plain: Record<string, string | undefined> = {};
  for (const name in query) {
    const value = query[name];
    plain[name] = Array.isArray(value) ? value.join() : value;
  }
  return plain;
}

function serveErrors(scope: FastifyInstance, account: Account): void {
  scope.setNotFoundHandler((_request, reply) => sendAnswer(reply, failureAnswer(account, 404)));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof Problem) return sendAnswer(reply, problemAnswer(error, answerId(account)));
    if (error instanceof UnreadableBody)
      return sendAnswer(reply, problemAnswer(unreadableJson(), answerId(account)));
    return sendUnexpected(account, error, request, reply);
  });
}

function sendUnexpected(
  account: Account,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  request.log.error(error);
  const status = isRefusal(error) ? error.statusCode : 500;
  return sendAnswer(reply, failureAnswer(account, status));
}

/** The server's own refusals, such as an unknown content type. */
function isRefusal(error: unknown): error is { statusCode: number } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}

/** 403 and 503 come from the edge in front of the API, which knows no JSON. */
function failureAnswer(account: Account, status: number): Answer {
  if (status === 403) return { status, body: '' };
  if (status === 503) {
    const page =
      '<html><head><title>Request Blocked</title></head><body><h1>Request Blocked</h1></body></html>';
    return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
  }
  return problemAnswer(problemOf(status), answerId(account));
}

/** Mailchimp itself never says when to come back; `retryAfterS` is for rehearsing proxies that do. */
function throttledAnswer(account: Account, retryAfterS: number | undefined, bare: boolean): Answer {
  const wait: Record<string, string> =
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  if (bare) return { status: 429, headers: wait, body: '' };
  const answer = problemAnswer(tooManyConnections(), answerId(account));
  return { ...answer, headers: { ...answer.headers, ...wait } };
}
