import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseExactBodyAs } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { withQuery } from './api.ts';

/** One page of a listing. `pagination` is only there where a page was asked for, and not in every API. */
const Pagination = z.object({ pageCount: count(), itemCount: count() }).partial();
type Pagination = z.infer<typeof Pagination>;

export interface Listing<Row> {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower-case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Property of the answer that holds the rows: `Invoices`, `items`. */
  readonly rows: string;
  readonly row: z.ZodType<Row>;
  readonly idOf: (row: Row) => string;
  /** Rows a page; absent where the API does not take `pageSize` and gives 100. */
  readonly pageSize?: number;
}

/** What the API gives where no size can be asked for. */
const FIXED_PAGE_SIZE = 100;
/** Keeps a listing that never ends from running for ever. */
const MOST_PAGES = 10_000;

/**
 * Reads all rows of a paged listing, each once.
 *
 * @param goOn told the count of pages once the first is read; false ends the reading with undefined
 * @throws StackbridgeError `LISTING_INCOMPLETE` where fewer rows came than the listing says it has
 */
export async function readListing<Row>(
  client: SystemClient,
  listing: Listing<Row>,
  goOn: (pageCount: number) => boolean = () => true,
): Promise<Row[] | undefined> {
  const { path, query, headers, rows, row, idOf, pageSize } = listing;
  const found = new Map<string, Row>();
  let pagination: Pagination = {};
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const size = pageSize === undefined ? {} : { pageSize: String(pageSize) };
    const request = {
      method: 'GET',
      path: withQuery(path, { ...query, page: String(page), ...size }),
      ...(headers === undefined ? {} : { headers }),
    } as const;
    const answer = await client.send(request, { repeatable: true });
    const read = parseExactBodyAs(pageOf(rows, row), answer.body, 'xero');
    pagination = read.pagination ?? {};
    for (const each of read.rows) found.set(idOf(each), each);
    if (page === 1 && !goOn(pagination.pageCount ?? 1)) return undefined;
    const isLast =
      pagination.pageCount === undefined
        ? read.rows.length < (pageSize ?? FIXED_PAGE_SIZE)
        : page >= pagination.pageCount;
    if (isLast || read.rows.length === 0) break;
  }
  const { itemCount = 0 } = pagination;
  if (found.size >= itemCount) return [...found.values()];
  throw new StackbridgeError(
    'LISTING_INCOMPLETE',
    `Xero listed ${found.size} of ${itemCount} (${rows.toLowerCase()})`,
    { system: 'xero' },
  );
}

/** Reads a listing that comes whole in one answer. */
export async function readWhole<Row>(
  client: SystemClient,
  path: string,
  rows: string,
  row: z.ZodType<Row>,
): Promise<Row[]> {
  const answer = await client.send({ method: 'GET', path }, { repeatable: true });
  return parseExactBodyAs(pageOf(rows, row), answer.body, 'xero').rows;
}

function pageOf<Row>(
  name: string,
  row: z.ZodType<Row>,
): z.ZodType<{ rows: Row[]; pagination?: Pagination | undefined }> {
  const whole = z.looseObject({ pagination: Pagination.nullish() });
  return whole.transform(({ pagination, ...rest }, context) => {
    // A listing without rows may leave them out.
    const read = z.array(row).nullish().safeParse(rest[name]);
    if (read.success) return { rows: read.data ?? [], ...(pagination ? { pagination } : {}) };
    for (const { path, message } of read.error.issues)
      context.issues.push({ code: 'custom', message, path: [name, ...path], input: undefined });
    return z.NEVER;
  });
}

function count(): z.ZodType<number> {
  return z.string().regex(/^\d+$/).transform(Number);
}
