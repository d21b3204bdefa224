import { type Account, answerId } from './account.ts';
import type { ApiCall, ApiResult, ApiRoute } from './api-route.ts';
import { batchRoutes } from './batch-routes.ts';
import type { Operation, OperationResult } from './batches.ts';
import { campaignRoutes } from './campaign-routes.ts';
import { interestRoutes } from './interest-routes.ts';
import { listRoutes } from './list-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { mergeFieldRoutes } from './merge-field-routes.ts';
import { notFound, Problem, problemAnswer, unreadableJson } from './problem.ts';
import { reportRoutes } from './report-routes.ts';
import { rootRoutes } from './root-routes.ts';
import { segmentRoutes } from './segment-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Every route of the API below `/3.0`. */
export function apiRoutes(account: Account): readonly ApiRoute[] {
  const routes: ApiRoute[] = [
    ...rootRoutes,
    ...listRoutes,
    ...memberRoutes,
    ...mergeFieldRoutes,
    ...interestRoutes,
    ...segmentRoutes,
    ...campaignRoutes,
    ...reportRoutes,
    ...webhookRoutes,
  ];
  const find = routeFinder(routes);
  routes.push(...batchRoutes((operation) => runOperation(account, operation, find)));
  return routes;
}

type FindRoute = (
  method: string,
  path: string,
) => { route: ApiRoute; params: Record<string, string> } | undefined;

/** Carries out one operation of a batch as a call of its own, without a connection and uncounted. */
function runOperation(account: Account, operation: Operation, find: FindRoute): OperationResult {
  const operation_id = operation.operation_id ?? null;
  try {
    const [path = '', search = ''] = operation.path.split('?');
    const found = find(operation.method, path.replace(/^\/?(?:3\.0\/)?/, '/'));
    if (found === undefined) throw notFound();
    const query: Record<string, string> = Object.fromEntries(new URLSearchParams(search));
    for (const [name, value] of Object.entries(operation.params ?? {})) query[name] = String(value);
    const call: ApiCall = { account, params: found.params, query, body: parsed(operation.body), fault: null };
    const result = found.route.handle(call);
    return { status_code: result === undefined ? 204 : 200, operation_id, response: textOf(result) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const answer = problemAnswer(error, answerId(account));
    return { status_code: answer.status, operation_id, response: String(answer.body) };
  }
}

/** The text of a result as it goes over the wire. */
export function textOf(result: ApiResult): string {
  if (result === undefined) return '';
  return typeof result === 'string' ? result : JSON.stringify(result);
}

function parsed(body: string | undefined): unknown {
  if (body === undefined || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw unreadableJson();
  }
}

function routeFinder(routes: readonly ApiRoute[]): FindRoute {
  const patterns = routes.map((route) => {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    return { route, names, shape: new RegExp(`^${route.path.replaceAll(/:\w+/g, '([^/]+)')}/?$`) };
  });
  return (method, path) => {
    for (const { route, names, shape } of patterns) {
      if (route.method !== method) continue;
      const match = shape.exec(path);
      if (match === null) continue;
      const params = Object.fromEntries(
        names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]),
      );
      return { route, params };
    }
    return undefined;
  };
}
