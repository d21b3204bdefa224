import type { Answer, RequestFault } from '../simulator.ts';
import type { Books } from './books.ts';
import { invalidValue } from './refusal.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** One call of the API. */
export interface Call {
  books: Books;
  params: Readonly<Record<string, string>>;
  query: Query;
  body: unknown;
  /** How the answer to this call is distorted, if it is. */
  fault: RequestFault | null;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/zoho-books/books/v3`, parameters as `:name`. */
  path: string;
  operation: string;
  /** Part of the product that a scope names: `ZohoBooks.expenses.READ`. */
  area: 'expenses' | 'projects' | 'invoices' | 'settings' | 'contacts';
  /** Whether the organisation need not be named. Default false. */
  isAboveOrganisations?: boolean;
  /** @throws BooksRefusal */
  handle(call: Call): Answer;
}

const OK = { code: 0, message: 'success' };
/** Rows a page holds, unless fewer are asked for. */
const MOST_PER_PAGE = 200;

/** A parameter of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** An answer in the books' envelope. */
export function success(body: object, message = OK.message, status = 200): Answer {
  return { status, body: { ...OK, message, ...body } };
}

/** One page of the rows. @throws BooksRefusal on what is no number */
export function listing<T>(call: Call, key: string, rows: readonly T[], show: (row: T) => object): Answer {
  const page = wholeNumber(call.query, 'page', 1);
  const perPage = Math.min(wholeNumber(call.query, 'per_page', MOST_PER_PAGE), MOST_PER_PAGE);
  const asked = rows.slice((page - 1) * perPage, page * perPage);
  const hasMore = call.fault?.kind !== 'empty' && page * perPage < rows.length;
  const { sort_column, sort_order } = call.query;
  return success({
    [key]: afterFault(call, asked).map(show),
    page_context: {
      page,
      per_page: perPage,
      has_more_page: hasMore,
      applied_filter: call.query.filter_by ?? 'Status.All',
      sort_column: sort_column ?? 'created_time',
      sort_order: sort_order ?? 'D',
    },
  });
}

function afterFault<T>({ fault }: Call, rows: readonly T[]): readonly T[] {
  if (fault?.kind === 'empty') return [];
  return fault?.kind === 'truncate' ? rows.slice(0, Math.max(0, rows.length - fault.rows)) : rows;
}

function wholeNumber(query: Query, name: string, standard: number): number {
  const text = query[name];
  if (text === undefined) return standard;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw invalidValue(name);
  return number;
}
