import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import { UnreadableBody } from '../server.ts';
import type { Answer } from '../simulator.ts';
import type { Standing } from '../zoho-accounts/grants.ts';
import { itemRoutes } from './item-routes.ts';
import { oldApiRoutes } from './old-api-routes.ts';
import { phaseRoutes } from './phase-routes.ts';
import type { Portal } from './portal.ts';
import { projectRoutes } from './project-routes.ts';
import {
  badToken,
  forbidden,
  moduleOff,
  notFound,
  OldRefusal,
  oldRefusalAnswer,
  Refusal,
  refusalAnswer,
  refusalOf,
  unknownPath,
  unreadableInput,
} from './refusal.ts';
import type { Route } from './route.ts';
import { timeLogReads } from './time-log-reads.ts';
import { timeLogWrites } from './time-log-writes.ts';

const ROUTES: readonly Route[] = [
  ...projectRoutes,
  ...phaseRoutes,
  ...itemRoutes,
  ...timeLogReads,
  ...timeLogWrites,
  ...oldApiRoutes,
];

const RIGHT_OF = { GET: 'READ', POST: 'CREATE', PATCH: 'UPDATE', DELETE: 'DELETE' } as const;

/** Both APIs of the portal. @param standingOf what a token may do */
export function serveApi(
  scope: FastifyInstance,
  portal: Portal,
  standingOf: (token: string) => Standing,
): void {
  for (const route of ROUTES) {
    scope.route<{
      Params: Record<string, string>;
      Querystring: Record<string, string | string[] | undefined>;
    }>({
      method: route.method,
      url: route.path,
      config: { operation: route.operation },
      handler: (request, reply) => {
        refuseTrailingSlash(route, pathOf(request));
        refuseOtherContent(route, request);
        admit(route, request, standingOf, portal.settings.badToken);
        reply.headers(portal.throttle.enter(`${route.method} ${route.path}`, portal.settings.throttle));
        const { params, body, fault } = request;
        refuseOtherPortal(portal, params.portal);
        refuseModuleOff(portal, route);
        const answer = route.handle({ portal, params, query: single(request.query), body, fault });
        return send(reply, answer, portal.settings.ids === 'numbers' || isOld(route));
      },
    });
  }
  scope.setNotFoundHandler((request, reply) => sendRefusal(request, reply, portal, unknownPath()));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) return sendRefusal(request, reply, portal, error);
    if (error instanceof OldRefusal) return sendAnswer(reply, oldRefusalAnswer(error));
    if (error instanceof UnreadableBody) return sendRefusal(request, reply, portal, unreadableInput());
    request.log.error(error);
    // What the server refuses by itself is an unknown content type.
    const isRefused = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
    return sendRefusal(request, reply, portal, isRefused ? unreadableInput() : refusalOf(500));
  });
}

/** Nothing of the new API ends in a slash; of the old one only the approval does not. */
function refuseTrailingSlash(route: Route, path: string): void {
  if (!path.endsWith('/')) return;
  if (path.includes('/api/v3/')) throw unknownPath();
  if (route.operation === 'old.logs.approve') throw new OldRefusal(400, 6891, 'The URL is invalid');
}

/** The new API takes JSON, the old one forms. */
function refuseOtherContent(route: Route, request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? '';
  if (request.body === undefined || type.includes(isOld(route) ? 'x-www-form-urlencoded' : 'json')) return;
  throw isOld(route)
    ? new OldRefusal(400, 6832, 'Input Parameter Does not Match the Pattern Specified')
    : unreadableInput();
}

function admit(
  route: Route,
  request: FastifyRequest,
  standingOf: (token: string) => Standing,
  badTokenStatus: 400 | 401,
): void {
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
  const standing = ['zoho-oauthtoken', 'bearer'].includes(scheme.toLowerCase())
    ? standingOf(token)
    : 'unknown';
  if (standing === 'unknown' || !standing.some((scope) => scope.startsWith('ZohoProjects.'))) {
    throw badToken(badTokenStatus);
  }
  const area = `ZohoProjects.${route.area}`;
  if (!standing.includes(`${area}.ALL`) && !standing.includes(`${area}.${RIGHT_OF[route.method]}`)) {
    throw forbidden('The scope of the token does not cover this operation.');
  }
}

function refuseOtherPortal(portal: Portal, asked: string | undefined): void {
  if (asked !== undefined && asked !== portal.id && asked !== portal.name) throw notFound('portal');
}

function refuseModuleOff({ settings }: Portal, { area }: Route): void {
  if (area === 'timesheets' && settings.modulesOff.includes('timesheets')) throw moduleOff('Timesheet');
}

/** Of a parameter given several times the last counts. */
function single(
  query: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  const plain: Record<string, string | undefined> = {};
  for (const name in query) {
    const value = query[name];
    plain[name] = Array.isArray(value) ? value.at(-1) : value;
  }
  return plain;
}

function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  portal: Portal,
  refusal: Refusal,
): FastifyReply {
  return sendAnswer(reply, refusalAnswer(refusal, portal.settings, request.method, pathOf(request)));
}

/** The path as the vendor's host has it. */
function pathOf({ url }: FastifyRequest): string {
  return (url.split('?', 1)[0] ?? '').replace(/^\/zoho-projects/, '');
}

function isOld({ path }: Route): boolean {
  return path.startsWith('/restapi/');
}

/** An id as text, under the names that ids have. */
const ID_TEXT = /("(?:id|zpuid|zuid)":)"(\d+)"/g;

function send(reply: FastifyReply, answer: Answer, hasNumericIds: boolean): FastifyReply {
  reply.code(answer.status);
  if (answer.headers !== undefined) reply.headers(answer.headers);
  if (answer.body === undefined || answer.body === '') return reply.send(answer.body);
  const text = JSON.stringify(answer.body);
  reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(hasNumericIds ? text.replace(ID_TEXT, '$1$2') : text);
}
