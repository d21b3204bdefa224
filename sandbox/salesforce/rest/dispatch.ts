import type { Answer } from '../../simulator.ts';
import { errorAnswer, notFound, SalesforceError } from '../errors.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';

/** Carries a call out; a vendor error becomes its answer. */
export function answerCall(endpoint: Endpoint, call: ApiCall): Answer {
  try {
    return endpoint.handle(call);
  } catch (error) {
    if (error instanceof SalesforceError) return errorAnswer(error);
    throw error;
  }
}

/** Finds the endpoint for a call made inside a composite call, where no HTTP router stands in front. */
export function dispatch(
  endpoints: readonly Endpoint[],
  call: Omit<ApiCall, 'params' | 'query' | 'version'>,
  url: string,
): Answer {
  const [, version, path = '/', search = ''] =
    /^\/?(?:services\/data\/)?v(\d+\.\d)(\/[^?]*)?\??(.*)$/.exec(url) ?? [];
  if (version === undefined) return errorAnswer(notFound());
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
  const query = Object.fromEntries(new URLSearchParams(search));
  for (const endpoint of endpoints) {
    if (endpoint.method !== call.method) continue;
    const params = matchPath(endpoint.path, segments);
    if (params !== undefined) return answerCall(endpoint, { ...call, version, params, query });
  }
  return errorAnswer(notFound());
}

/** JSON data of an answer, whichever way it is held. */
export function answerData({ body }: Answer): unknown {
  return typeof body === 'string' ? JSON.parse(body) : (body ?? null);
}

function matchPath(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = template.split('/').filter((part) => part !== '');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}
