import type { FastifyInstance } from 'fastify';
import { sendAnswer } from '../fault-injection.ts';
import type { Answer, Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import { accountingApi } from './accounting/accounting-api.ts';
import type { Books } from './books/books.ts';
import { deskOf } from './desk/desk.ts';
import { personActions } from './desk/person-actions.ts';
import { payrollApi, payrollAuApi, payrollSettingsApi } from './payroll/payroll-apis.ts';
import { projectsApi } from './projects/projects-api.ts';
import { serveApi } from './serve-api.ts';
import { serveIdentity } from './serve-identity.ts';
import type { Auth } from './sign-in/auth.ts';
import { Site, type XeroOptions } from './site.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';
import { notFound, Refusal, unauthorized } from './wire/refusal.ts';

/** The simulated Xero: sign-in, the Accounting, Projects and Payroll APIs, and the people at its screens. */
export interface Xero extends Simulator {
  readonly name: 'xero';
  readonly auth: Auth;
  /** The organisations' ids, in the order they were connected. */
  readonly tenantIds: readonly string[];
  /** What an organisation keeps, for seeding and for people's edits. Default the first. @throws RangeError */
  books(tenantId?: string): Books;
}

export function createXero(world: World, options: XeroOptions = {}): Xero {
  const site = new Site(world, options);
  return {
    name: 'xero',
    auth: site.auth,
    get tenantIds() {
      return [...site.books.keys()];
    },
    books: (tenantId) => site.organisation(tenantId),
    register: (scope) => serve(scope, site),
    failure: (status) => failureAnswer(site, status),
    throttled: ({ retryAfterS, bare }) => {
      const answer = site.limits.answer('minute', retryAfterS);
      if (bare !== true) return answer;
      const { 'x-rate-limit-problem': _problem, ...headers } = answer.headers ?? {};
      return { ...answer, headers };
    },
    expireTokens: () => site.auth.expireAccessTokens(),
    revoke: () => site.auth.revokeGrant(),
    desk: deskOf(site),
    actions: personActions(site),
    reset: () => site.open(),
    snapshot: () => takeSnapshot(site),
    restore: (snapshot) => restoreSnapshot(site, snapshot),
  };
}

function serve(scope: FastifyInstance, site: Site): void {
  // Bodies stay as they came: an attachment may be JSON, and must come back byte for byte.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  scope.setNotFoundHandler((_request, reply) => sendAnswer(reply, notFound().answer));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) return sendAnswer(reply, error.answer);
    request.log.error(error);
    return sendAnswer(reply, failureAnswer(site, 500));
  });
  serveIdentity(scope, site);
  for (const api of [accountingApi, projectsApi, payrollAuApi, payrollApi, payrollSettingsApi]) {
    serveApi(scope, site, api);
  }
}

/** The vendor's own error for a status. */
function failureAnswer(site: Site, status: number): Answer {
  if (status === 401) return unauthorized('AuthenticationUnsuccessful', site.answers.next()).answer;
  if (status === 403) return unauthorized('AuthorizationUnsuccessful', site.answers.next(), 403).answer;
  if (status === 404) return notFound().answer;
  if (status === 503) {
    const body = '<html><body><h1>The Xero API is currently offline for maintenance</h1></body></html>';
    return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
  }
  const Detail =
    'An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.';
  const body = {
    Type: null,
    Title: 'An error occurred',
    Status: status,
    Detail,
    Instance: site.answers.next(),
    Extensions: {},
  };
  return { status, body };
}
