import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import { UnreadableBody } from '../server.ts';
import type { Answer } from '../simulator.ts';
import type { ApiUsage } from './api-usage.ts';
import type { Auth } from './auth.ts';
import {
  errorAnswer,
  invalidSession,
  notFound,
  requestLimitExceeded,
  SalesforceError,
  usualError,
} from './errors.ts';
import type { Org } from './org.ts';
import { answerCall } from './rest/dispatch.ts';
import type { ApiCall, Endpoint } from './rest/endpoint.ts';
import { isKnownVersion, versionList } from './rest/metadata.ts';

/** What the API's routes stand on. */
export interface ApiServices {
  org: Org;
  auth: Auth;
  usage: ApiUsage;
  endpoints: readonly Endpoint[];
}

/** Serves `/services/data`, at the base address and under `/instances/<name>`: an org lives on one of them. */
export function serveApi(scope: FastifyInstance, services: ApiServices): void {
  scope.setNotFoundHandler((_request, reply) => sendAnswer(reply, asJson(errorAnswer(notFound()))));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof SalesforceError) return sendAnswer(reply, asJson(errorAnswer(error)));
    if (error instanceof UnreadableBody) {
      return sendAnswer(reply, asJson(errorAnswer(new SalesforceError('JSON_PARSER_ERROR', error.message))));
    }
    request.log.error(error);
    return sendAnswer(reply, asJson(errorAnswer(usualError(500))));
  });
  scope.register(async (home) => serveInstance(home, services));
  scope.register(async (instance) => serveInstance(instance, services), { prefix: '/instances/:instance' });
}

function serveInstance(scope: FastifyInstance, services: ApiServices): void {
  scope.get('/services/data', { config: { operation: 'versions' } }, (_request, reply) =>
    reply.send(versionList()),
  );
  scope.register(
    async (api) => {
      api.addHook('onRequest', async (request, reply) => {
        reply.header('sforce-limit-info', services.usage.header());
        admit(services, request);
      });
      for (const endpoint of services.endpoints) serveEndpoint(api, endpoint);
    },
    { prefix: '/services/data/:version' },
  );
}

/** @throws SalesforceError before the call is looked at any further */
function admit({ org, auth, usage }: ApiServices, request: FastifyRequest): void {
  const { authorization = '' } = request.headers;
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(authorization)?.[1];
  const params = textParams(request.params);
  const isHere = (params.instance ?? '') === org.settings.instance;
  if (!isHere || token === undefined || !auth.accepts(token)) throw invalidSession();
  if (!usage.take()) throw requestLimitExceeded();
  if (!isKnownVersion((params.version ?? '').replace(/^v/, ''))) throw notFound();
}

function serveEndpoint(api: FastifyInstance, endpoint: Endpoint): void {
  api.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { operation: endpoint.operation },
    handler: (request, reply) => sendAnswer(reply, asJson(answerCall(endpoint, callOf(request)))),
  });
}

/** Handlers write JSON as text; this says so to the client. */
function asJson(answer: Answer): Answer {
  if (answer.body === undefined) return answer;
  return { ...answer, headers: { 'content-type': 'application/json;charset=UTF-8', ...answer.headers } };
}

function callOf(request: FastifyRequest): ApiCall {
  const params = textParams(request.params);
  return {
    method: request.method,
    params,
    query: textParams(request.query),
    headers: textParams(request.headers),
    body: request.body,
    version: (params.version ?? '').replace(/^v/, ''),
    fault: request.fault,
  };
}

function textParams(given: unknown): Record<string, string> {
  const params: Record<string, string> = {};
  if (typeof given !== 'object' || given === null) return params;
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') params[name] = value;
  return params;
}
