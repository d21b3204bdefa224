import type { Answer, RequestFault } from '../simulator.ts';
import type { Books } from './books/books.ts';
import type { Grant } from './sign-in/auth.ts';
import type { ScopeNeed } from './sign-in/scopes.ts';
import { postDataInvalid } from './wire/refusal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call that has got past sign-in and limits. */
export interface XeroCall {
  readonly books: Books;
  readonly grant: Grant;
  readonly method: Method;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** How the answer is distorted, if it is. */
  readonly fault: RequestFault | null;
}

export interface XeroEndpoint {
  readonly method: Method;
  /** Below the API's base, parameters as `:name`. */
  readonly path: string;
  /** How calls are counted and fault rules find them. */
  readonly operation: string;
  /** One of them is needed; `.read` is enough to read. */
  readonly scopes: ScopeNeed;
  /** @throws Refusal */
  handle(call: XeroCall): Answer;
}

/** A parameter of the path. */
export function param(call: XeroCall, name: string): string {
  return call.params[name] ?? '';
}

/** The body as JSON. @throws Refusal when it is none */
export function jsonBody(call: XeroCall): unknown {
  if (call.body.length === 0) return undefined;
  try {
    return JSON.parse(call.body.toString('utf8'));
  } catch (error) {
    throw postDataInvalid(
      `JSON for post data was invalid,${error instanceof Error ? error.message : 'not JSON'}`,
    );
  }
}

/** Whether a parameter of the query says true. */
export function flag(call: XeroCall, name: string): boolean {
  return call.query[name]?.toLowerCase() === 'true';
}

/** The values of a parameter that takes several, separated by commas. */
export function listOf(call: XeroCall, name: string): readonly string[] | undefined {
  const text = call.query[name];
  if (text === undefined || text === '') return undefined;
  return text.split(',').map((part) => part.trim());
}

/** The part of `rows` that a fault lets through. */
export function distorted<T>(call: Pick<XeroCall, 'fault'>, rows: readonly T[]): readonly T[] {
  if (call.fault?.kind === 'empty') return [];
  if (call.fault?.kind === 'truncate') return rows.slice(0, Math.max(0, rows.length - call.fault.rows));
  return rows;
}
