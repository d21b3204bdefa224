import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseExactBody } from '../../http/exact-json.ts';
import { readAhead } from '../../http/paging.ts';
import type { SystemAnswer, SystemClient } from '../../http/system-client.ts';

/** "≤ 200 commonly": a portal that gives fewer is asked more often. */
const PAGE_SIZE = 200;

/** One listing: where it is and how its rows are read. */
export interface Listing<Row> {
  readonly path: string;
  /** Without paging: `view_type=customdate&…`. */
  readonly query?: string;
  /** The rows of one answer's body. */
  readonly rowsOf: (body: unknown) => readonly Row[];
  readonly idOf: (row: Row) => string;
  /**
   * Asked once a page: whether nothing can be missing any more.
   *
   * @param fresh its rows that no page before has brought
   * @param saysEnd it says that it is the last, and is not full. Default: that alone decides
   */
  readonly isWhole?: (fresh: readonly Row[], saysEnd: boolean) => boolean;
}

/** What one answer has brought. */
interface RowPage<Row> {
  /** Rows that no page before has brought. */
  readonly fresh: readonly Row[];
  readonly isLast: boolean;
}

/**
 * Reads a listing to its end, each row once.
 *
 * @param first the first page's answer, where it has been asked for already
 */
export async function* readListing<Row>(
  client: SystemClient,
  listing: Listing<Row>,
  first?: SystemAnswer,
): AsyncGenerator<readonly Row[]> {
  const next = pagesOf(client, listing, first);
  const pages = readAhead(next, ({ isLast }) => (isLast ? undefined : next));
  for await (const { fresh } of pages) if (fresh.length > 0) yield fresh;
}

/**
 * The pages of a listing, one a call. What a page says about itself is believed only where two things agree: some portals
 * have a next page for ever, some give fewer rows than asked for, and rows come again on the next page. So the last page is
 * one without a new row; or one that says there is no next one and holds fewer rows than, as it says, a page does.
 */
export function pagesOf<Row>(
  client: SystemClient,
  listing: Listing<Row>,
  first?: SystemAnswer,
): () => Promise<RowPage<Row>> {
  const known = new Set<string>();
  let number = 0;
  return async () => {
    number += 1;
    const answer = number === 1 && first !== undefined ? first : await askPage(client, listing, number);
    const body = bodyOf(answer);
    const rows = listing.rowsOf(body);
    const fresh: Row[] = [];
    for (const row of rows) {
      const id = listing.idOf(row);
      if (known.has(id)) continue;
      known.add(id);
      fresh.push(row);
    }
    const saysEnd = isShortEnd(body, rows.length);
    const isWhole = listing.isWhole === undefined ? saysEnd : listing.isWhole(fresh, saysEnd);
    return { fresh, isLast: isWhole || fresh.length === 0 };
  };
}

const PageInfo = z.object({
  per_page: z.coerce.number(),
  has_next_page: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
});
/** Milestones have it in an array. */
const Paged = z.object({
  page_info: z.union([PageInfo, z.array(PageInfo).length(1)]).transform((info) => [info].flat()),
});

/** It says that no page follows, and it is not full by its own account of how many rows a page has. */
function isShortEnd(body: unknown, count: number): boolean {
  const [info] = Paged.safeParse(body).data?.page_info ?? [];
  return info !== undefined && !info.has_next_page && count < info.per_page && info.per_page <= PAGE_SIZE;
}

/** Asks for one page of a listing. */
export function askPage(
  client: SystemClient,
  { path, query }: Pick<Listing<unknown>, 'path' | 'query'>,
  number: number,
): Promise<SystemAnswer> {
  const paging = `page=${number}&per_page=${PAGE_SIZE}`;
  const search = query === undefined ? paging : `${query}&${paging}`;
  return client.send({ method: 'GET', path: `${path}?${search}` }, { repeatable: true });
}

/** Nothing to list may be 204, or 200 without a byte. */
export function bodyOf({ status, body }: SystemAnswer): unknown {
  return status === 204 || body.trim() === '' ? [] : parseExactBody(body, 'zoho-projects');
}

/**
 * Reads rows that are wrapped under one of the keys, or bare.
 *
 * @throws StackbridgeError `SERVER_ERROR` for another shape
 */
export function rowsUnder<Row>(schema: z.ZodType<Row>, ...keys: readonly string[]): (body: unknown) => Row[] {
  const rows = z.array(schema);
  return (body) => {
    const wrapped = z.record(z.string(), z.unknown()).safeParse(body).data;
    const key = wrapped === undefined ? undefined : keys.find((name) => wrapped[name] !== undefined);
    const found = key === undefined ? (Array.isArray(body) ? body : undefined) : (wrapped?.[key] ?? []);
    // A listing without rows may leave its key out.
    const read = rows.safeParse(found ?? (wrapped?.page_info === undefined ? undefined : []));
    if (read.success) return read.data;
    throw unknownShape(keys[0] ?? '', read.error);
  };
}

export function unknownShape(what: string, error: z.ZodError): StackbridgeError {
  const where = [what, ...(error.issues[0]?.path ?? [])].join('.');
  return new StackbridgeError('SERVER_ERROR', `Zoho Projects answered in an unknown shape (at "${where}")`, {
    system: 'zoho-projects',
    cause: error,
  });
}
