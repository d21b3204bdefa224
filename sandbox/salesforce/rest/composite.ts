import type { Answer } from '../../simulator.ts';
import { SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import { isJsonObject } from '../record-input.ts';
import { answerData, dispatch } from './dispatch.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';

/** Vendor limits. */
const MAX_SUBREQUESTS = 25;
const MAX_QUERIES_AND_COLLECTIONS = 5;
const MAX_GRAPHS = 75;
const MAX_GRAPH_NODES = 500;

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
}

interface Subresponse {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/** Several calls in one, counted as one. */
export function compositeEndpoints(org: Org, endpoints: () => readonly Endpoint[]): Endpoint[] {
  const perform = (call: ApiCall, { method, url, body }: Omit<Subrequest, 'referenceId'>): Answer =>
    dispatch(endpoints(), { method: method.toUpperCase(), headers: call.headers, body, fault: null }, url);

  /** Runs subrequests in turn, each able to refer to answers before it. */
  const runAll = (call: ApiCall, requests: readonly Subrequest[], allOrNone: boolean): Subresponse[] => {
    const responses: Subresponse[] = [];
    const bodies = new Map<string, unknown>();
    const runOne = (request: Subrequest): Subresponse => {
      const url = resolveText(request.url, bodies);
      const answer = perform(call, { ...request, url, body: resolveRefs(request.body, bodies) });
      const body = answerData(answer);
      bodies.set(request.referenceId, body);
      return {
        body,
        httpHeaders: headersOf(answer),
        httpStatusCode: answer.status,
        referenceId: request.referenceId,
      };
    };
    const work = (): boolean => {
      for (const request of requests) {
        responses.push(runOne(request));
        if (allOrNone && isFailure(responses.at(-1))) return false;
      }
      return true;
    };
    if (!allOrNone) {
      work();
      return responses;
    }
    org.transaction(work);
    const failed = responses.findIndex(isFailure);
    if (failed < 0) return responses;
    return requests.map((request, i) => (i === failed ? responses[i] : undefined) ?? halted(request));
  };

  const composite = (call: ApiCall): Answer => {
    const body = isJsonObject(call.body) ? call.body : {};
    const requests = readSubrequests(body.compositeRequest, MAX_SUBREQUESTS);
    const heavy = requests.filter(({ url }) => /\/(query|queryAll|composite\/sobjects)\b/.test(url)).length;
    if (heavy > MAX_QUERIES_AND_COLLECTIONS)
      throw tooMany(MAX_QUERIES_AND_COLLECTIONS, 'query and collection subrequests');
    return { status: 200, body: { compositeResponse: runAll(call, requests, body.allOrNone === true) } };
  };

  const graph = (call: ApiCall): Answer => {
    const graphs = isJsonObject(call.body) && Array.isArray(call.body.graphs) ? call.body.graphs : [];
    if (graphs.length > MAX_GRAPHS) throw tooMany(MAX_GRAPHS, 'graphs');
    let nodes = 0;
    const read = graphs.map((entry: unknown) => {
      const { graphId, compositeRequest } = isJsonObject(entry) ? entry : {};
      const requests = readSubrequests(compositeRequest, MAX_GRAPH_NODES);
      nodes += requests.length;
      return { graphId: String(graphId ?? ''), requests };
    });
    if (nodes > MAX_GRAPH_NODES) throw tooMany(MAX_GRAPH_NODES, 'nodes');
    const answers = read.map(({ graphId, requests }) => {
      const compositeResponse = runAll(call, requests, true);
      const isSuccessful = !compositeResponse.some(isFailure);
      return { graphId, graphResponse: { compositeResponse }, isSuccessful };
    });
    return { status: 200, body: { graphs: answers } };
  };

  const batch = (call: ApiCall): Answer => {
    const body = isJsonObject(call.body) ? call.body : {};
    const requests = Array.isArray(body.batchRequests) ? body.batchRequests : [];
    if (requests.length > MAX_SUBREQUESTS) throw tooMany(MAX_SUBREQUESTS, 'subrequests');
    let halt = false;
    const results = requests.map((raw: unknown) => {
      if (halt) return { statusCode: 412, result: [haltedError()] };
      const request = isJsonObject(raw) ? raw : {};
      const { method, url, richInput } = request;
      const answer = perform(call, { method: String(method), url: String(url), body: richInput });
      if (answer.status >= 400 && body.haltOnError === true) halt = true;
      return { statusCode: answer.status, result: answerData(answer) };
    });
    return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
  };

  return [
    { method: 'POST', path: '/composite', operation: 'composite', handle: composite },
    { method: 'POST', path: '/composite/graph', operation: 'composite-graph', handle: graph },
    { method: 'POST', path: '/composite/batch', operation: 'composite-batch', handle: batch },
  ];
}

function readSubrequests(list: unknown, max: number): Subrequest[] {
  if (!Array.isArray(list)) throw new SalesforceError('JSON_PARSER_ERROR', 'compositeRequest is required');
  if (list.length > max) throw tooMany(max, 'subrequests');
  return list.map((raw: unknown) => {
    const { method, url, referenceId, body } = isJsonObject(raw) ? raw : {};
    return { method: String(method), url: String(url), referenceId: String(referenceId ?? ''), body };
  });
}

/** Replaces `@{ref.path}` by what an earlier answer holds there. */
function resolveText(text: string, bodies: ReadonlyMap<string, unknown>): string {
  return text.replaceAll(/@\{([^}]+)\}/g, (whole, path: string) => {
    const [ref = '', ...keys] = path.split(/[.[\]]+/).filter((key) => key !== '');
    if (!bodies.has(ref))
      throw new SalesforceError('PROCESSING_HALTED', `Invalid reference specified. No value for ${whole}`);
    let at = bodies.get(ref);
    for (const key of keys) at = Array.isArray(at) ? at[Number(key)] : isJsonObject(at) ? at[key] : undefined;
    return String(at ?? '');
  });
}

function resolveRefs(value: unknown, bodies: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, bodies);
  if (Array.isArray(value)) return value.map((item) => resolveRefs(item, bodies));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveRefs(item, bodies)]));
}

function headersOf({ headers }: Answer): Record<string, string> {
  return headers?.location === undefined ? {} : { Location: headers.location };
}

function isFailure(response: Subresponse | undefined): boolean {
  return response !== undefined && response.httpStatusCode >= 400;
}

function haltedError() {
  return {
    errorCode: 'PROCESSING_HALTED',
    message: 'The transaction was rolled back since another operation in the same transaction failed.',
  };
}

function halted({ referenceId }: Subrequest): Subresponse {
  return { body: [haltedError()], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

function tooMany(max: number, what: string): SalesforceError {
  return new SalesforceError('LIMIT_EXCEEDED', `The limit of ${max} ${what} has been exceeded.`);
}
