import type { RequestFault } from '../simulator.ts';
import { type Account, baseUrl } from './account.ts';
import { select } from './field-selection.ts';
import { type Page, type Query, readFields, readPage } from './query.ts';

/** One call of the API, from HTTP or from inside a batch. */
export interface ApiCall {
  account: Account;
  /** By name in the route's path. */
  params: Readonly<Record<string, string>>;
  query: Query;
  body: unknown;
  /** How the answer to this call is distorted, if it is. */
  fault: RequestFault | null;
}

/** What a route answers: finished JSON text, an object to be sent as JSON, or undefined for 204. */
export type ApiResult = string | object | undefined;

export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/3.0`, parameters as `:name`. */
  path: string;
  /** How calls are counted and fault rules find them. */
  operation: string;
  /**
   * What the API asks of somebody else before it carries out a call; operations inside a batch go without.
   * @throws Problem
   */
  before?(call: ApiCall): Promise<void>;
  /** @throws Problem */
  handle(call: ApiCall): ApiResult;
}

/** A parameter of the path. */
export function param(call: ApiCall, name: string): string {
  return call.params[name] ?? '';
}

/** The part of a listing that a call asks for, as its fault lets it through. */
export function pageOf<T>(call: ApiCall, rows: readonly T[]): { rows: readonly T[]; total: number } {
  const { count, offset }: Page = readPage(call.query);
  if (call.fault?.kind === 'empty') return { rows: [], total: 0 };
  const asked = rows.slice(offset, offset + count);
  const missing = call.fault?.kind === 'truncate' ? call.fault.rows : 0;
  return {
    rows: missing === 0 ? asked : asked.slice(0, Math.max(0, asked.length - missing)),
    total: rows.length,
  };
}

/** A listing in the API's usual form, with the fields selected. */
export function listing<T>(
  call: ApiCall,
  key: string,
  rows: readonly T[],
  show: (row: T) => object,
  around: { path: string; before?: object; after?: object },
): object {
  const page = pageOf(call, rows);
  const body = {
    ...around.before,
    [key]: page.rows.map(show),
    ...around.after,
    total_items: page.total,
    _links: [{ rel: 'self', href: `${baseUrl(call.account)}${around.path}`, method: 'GET' }],
  };
  return selected(call, body);
}

/** The body with the fields that `fields` and `exclude_fields` leave of it. */
export function selected(call: ApiCall, body: object): object {
  const chosen = select(body, readFields(call.query));
  return typeof chosen === 'object' && chosen !== null ? chosen : body;
}
