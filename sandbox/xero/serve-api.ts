import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import type { Answer } from '../simulator.ts';
import type { Books } from './books/books.ts';
import type { XeroCall, XeroEndpoint } from './endpoint.ts';
import { LONGEST_KEY } from './limits/idempotency-keys.ts';
import type { Grant } from './sign-in/auth.ts';
import { allows } from './sign-in/scopes.ts';
import type { Site } from './site.ts';
import { badRequest, Refusal, unauthorized, wrongTenant } from './wire/refusal.ts';
import { toXml } from './wire/xml.ts';

/** One of Xero's APIs: where it is and how it answers. */
export interface XeroApi {
  readonly prefix: string;
  readonly endpoints: readonly XeroEndpoint[];
  /** Whether it answers in XML unless asked for JSON. */
  readonly speaksXml: boolean;
  /** @throws Refusal when the organisation does not have this API */
  admit?(site: Site, books: Books): void;
}

/** Xero's ceiling for one request. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

type Call = FastifyRequest<{
  Params: Record<string, string>;
  Querystring: Record<string, string | string[] | undefined>;
}>;

export function serveApi(scope: FastifyInstance, site: Site, api: XeroApi): void {
  for (const endpoint of api.endpoints) {
    scope.route<{
      Params: Record<string, string>;
      Querystring: Record<string, string | string[] | undefined>;
    }>({
      method: endpoint.method,
      url: `${api.prefix}${endpoint.path}`,
      config: { operation: endpoint.operation },
      handler: async (request, reply) => {
        try {
          return await answer(site, api, endpoint, request, reply);
        } catch (error) {
          if (error instanceof Refusal) return send(api, request, reply, error.answer);
          throw error;
        }
      },
    });
  }
}

async function answer(
  site: Site,
  api: XeroApi,
  endpoint: XeroEndpoint,
  request: Call,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const grant = admitted(site, request);
  const books = site.reachable(header(request, 'xero-tenant-id') ?? '', grant.clientId);
  if (books === undefined) throw wrongTenant(site.answers.next());
  if (!allows(grant.scopes, endpoint.scopes, endpoint.method !== 'GET')) {
    throw unauthorized('AuthorizationUnsuccessful', site.answers.next());
  }
  const left = site.limits.enter(books.organisation.id, grant.clientId, reply.raw);
  reply.headers(left);
  // On loopback each call would otherwise be answered before the next is read, and no five ever be under way.
  await setImmediate();
  api.admit?.(site, books);
  const call = callOf(books, grant, endpoint, request);
  if (call.body.length > LARGEST_BODY_BYTES) {
    throw new Refusal('Too large', { status: 413, body: 'Request Entity Too Large' });
  }
  return send(api, request, reply, once(site, endpoint, call, request.url));
}

/** Carries the call out, or repeats the answer that its Idempotency-Key has got already. */
function once(site: Site, endpoint: XeroEndpoint, call: XeroCall, url: string): Answer {
  const key = call.headers['idempotency-key'];
  if (key === undefined || key === '' || !['POST', 'PUT', 'PATCH'].includes(call.method))
    return carryOut(endpoint, call);
  if (key.length > LONGEST_KEY) {
    throw badRequest(
      `Idempotency Key: the key is longer than ${LONGEST_KEY} characters.`,
      site.answers.next(),
    );
  }
  if (site.settings.idempotencyDown) {
    throw new Refusal('Idempotency store', {
      status: 500,
      body: {
        Title: 'An error occurred',
        Status: 500,
        Detail:
          'An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.',
      },
    });
  }
  const request = { token: call.grant.token, key, method: call.method, url, body: call.body };
  const kept = site.keys.find(request);
  if (kept === 'other') {
    throw badRequest(`Idempotency Key: ${key} is used with a different request.`, site.answers.next());
  }
  if (kept !== undefined) return kept;
  const fresh = carryOut(endpoint, call);
  site.keys.keep(request, fresh);
  return fresh;
}

function carryOut(endpoint: XeroEndpoint, call: XeroCall): Answer {
  try {
    return endpoint.handle(call);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** @throws Refusal 401 without a token in force */
export function admitted(site: Site, request: FastifyRequest): Grant {
  const token = /^Bearer (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const grant = token === undefined ? undefined : site.auth.find(token);
  if (grant === undefined) throw unauthorized('AuthenticationUnsuccessful', site.answers.next());
  if (grant.expiresMs > site.world.clock.now()) return grant;
  const detail = `TokenExpired: token expired at ${expiry(grant.expiresMs)}`;
  const body = { Title: 'Unauthorized', Status: 401, Detail: detail, Instance: site.answers.next() };
  throw new Refusal(detail, { status: 401, body });
}

/** `01/23/2020 18:21:16` */
function expiry(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${time}`;
}

function callOf(books: Books, grant: Grant, endpoint: XeroEndpoint, request: Call): XeroCall {
  const query: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.query))
    query[name] = Array.isArray(value) ? value.join() : value;
  const headers: Record<string, string | undefined> = {};
  for (const name of Object.keys(request.headers)) headers[name] = header(request, name);
  const body = Buffer.isBuffer(request.body) ? request.body : EMPTY;
  return {
    books,
    grant,
    method: endpoint.method,
    params: request.params,
    query,
    headers,
    body,
    fault: request.fault,
  };
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function send(api: XeroApi, request: FastifyRequest, reply: FastifyReply, given: Answer): FastifyReply {
  if (typeof given.body !== 'object' || given.body === null || Buffer.isBuffer(given.body))
    return sendAnswer(reply, given);
  const wantsXml = api.speaksXml && !/json/i.test(header(request, 'accept') ?? '');
  const [type, body] = wantsXml
    ? ['text/xml', toXml(given.body)]
    : ['application/json', JSON.stringify(given.body)];
  return sendAnswer(reply, {
    ...given,
    headers: { 'content-type': `${type}; charset=utf-8`, ...given.headers },
    body,
  });
}
