import { distorted, type XeroCall } from '../endpoint.ts';
import { readInstant } from '../wire/wire-time.ts';
import type { Columns } from './columns.ts';
import { orderOf } from './order.ts';
import { whereOf } from './where.ts';

const USUAL_PAGE = 100;
const LARGEST_PAGE = 1000;

/** `pagination` of an answer. */
export interface PageInfo {
  page: number;
  pageSize: number;
  pageCount: number;
  itemCount: number;
}

export interface Listing<T> {
  readonly rows: readonly T[];
  /** Only where a page was asked for; without, lists leave details out. */
  readonly pagination?: PageInfo;
}

interface Stamped {
  readonly updatedMs: number;
}

/** The rows that `where`, `order` and If-Modified-Since leave. @throws Refusal QueryParseException */
export function selected<T>(call: XeroCall, rows: Iterable<T>, columns: Columns<T>): T[] {
  const { where, order } = call.query;
  let found = [...rows];
  if (where !== undefined && where.trim() !== '') found = found.filter(whereOf(where, columns));
  if (order !== undefined && order.trim() !== '') found.sort(orderOf(order, columns));
  return found;
}

/** The rows changed after If-Modified-Since. */
export function modifiedSince<T extends Stamped>(call: XeroCall, rows: readonly T[]): readonly T[] {
  const header = call.headers['if-modified-since'];
  const sinceMs = header === undefined ? undefined : readInstant(header);
  return sinceMs === undefined ? rows : rows.filter(({ updatedMs }) => updatedMs > sinceMs);
}

/** The page asked for, 100 rows unless `pageSize` says otherwise, 1,000 at most; everything when none was asked for. */
export function paged<T>(call: XeroCall, rows: readonly T[]): Listing<T> {
  const page = wholeOf(call.query.page);
  if (call.fault?.kind === 'empty')
    return page === undefined
      ? { rows: [] }
      : { rows: [], pagination: { page, pageSize: USUAL_PAGE, pageCount: 0, itemCount: 0 } };
  if (page === undefined) return { rows: distorted(call, rows) };
  const pageSize = Math.min(LARGEST_PAGE, wholeOf(call.query.pageSize) ?? USUAL_PAGE);
  const start = (page - 1) * pageSize;
  return {
    rows: distorted(call, rows.slice(start, start + pageSize)),
    pagination: { page, pageSize, pageCount: Math.ceil(rows.length / pageSize), itemCount: rows.length },
  };
}

function wholeOf(text: string | undefined): number | undefined {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) && number >= 1 ? number : undefined;
}
