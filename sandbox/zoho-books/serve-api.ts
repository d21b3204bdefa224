import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import { UnreadableBody } from '../server.ts';
import type { Standing } from '../zoho-accounts/grants.ts';
import type { Books } from './books.ts';
import { expenseRoutes } from './expense-routes.ts';
import { recordRoutes } from './record-routes.ts';
import {
  BooksRefusal,
  badToken,
  invalidPath,
  invalidValue,
  notAuthorized,
  otherOrganisation,
  refusalAnswer,
  refusalOf,
} from './refusal.ts';
import type { Route } from './route.ts';

const RIGHT_OF = { GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' } as const;

/** The API of the books, version 3. @param standingOf what a token may do */
export function serveApi(
  scope: FastifyInstance,
  books: Books,
  standingOf: (token: string) => Standing,
): void {
  for (const route of [...expenseRoutes, ...recordRoutes]) {
    scope.route<{
      Params: Record<string, string>;
      Querystring: Record<string, string | string[] | undefined>;
    }>({
      method: route.method,
      url: `/books/v3${route.path}`,
      config: { operation: route.operation },
      handler: (request, reply) => {
        admit(route, request, standingOf);
        const query = single(request.query);
        refuseOtherOrganisation(route, books, query.organization_id);
        reply.headers(books.limit.enter(reply.raw, books.settings));
        const { params, body, fault } = request;
        return sendAnswer(reply, route.handle({ books, params, query, body, fault }));
      },
    });
  }
  scope.setNotFoundHandler((_request, reply) =>
    sendAnswer(reply, refusalAnswer(invalidPath(), books.settings.errorsAs200)),
  );
  scope.setErrorHandler((error, request, reply) => {
    const refusal = refusalFrom(error);
    if (refusal.status >= 500) request.log.error(error);
    return sendAnswer(reply, refusalAnswer(refusal, books.settings.errorsAs200));
  });
}

function refusalFrom(error: unknown): BooksRefusal {
  if (error instanceof BooksRefusal) return error;
  return error instanceof UnreadableBody ? invalidValue('JSONString') : refusalOf(500);
}

function admit(route: Route, request: FastifyRequest, standingOf: (token: string) => Standing): void {
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
  const standing = ['zoho-oauthtoken', 'bearer'].includes(scheme.toLowerCase())
    ? standingOf(token)
    : 'unknown';
  if (standing === 'unknown') throw badToken();
  const area = `ZohoBooks.${route.area}`;
  if (standing.includes('ZohoBooks.fullaccess.all') || standing.includes(`${area}.ALL`)) return;
  if (!standing.includes(`${area}.${RIGHT_OF[route.method]}`)) throw notAuthorized();
}

function refuseOtherOrganisation(route: Route, { organisation }: Books, asked: string | undefined): void {
  if (route.isAboveOrganisations !== true && asked !== organisation.id) throw otherOrganisation(asked ?? '');
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
