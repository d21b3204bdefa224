import { z } from 'zod';
import { parseExactBody } from '../../http/exact-json.ts';
import { readAhead } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { unknownShape } from './shape.ts';

const PAGE_SIZE = 200;

export interface Listing<Row> {
  /** `/expenses` */
  readonly resource: string;
  /** Under which the rows stand: `expenses`. */
  readonly key: string;
  readonly row: z.ZodType<Row>;
  readonly idOf: (row: Row) => string;
  /** The order that is asked for: `sort_column=date&sort_order=D`. */
  readonly query?: string;
  /**
   * Whether a page is the last that matters; asked only where the page says that it is sorted as `query` wants.
   * Default: none is.
   */
  readonly isEnough?: (rows: readonly Row[]) => boolean;
}

const Around = z.object({
  page_context: z
    .object({
      has_more_page: z
        .union([z.boolean(), z.string().transform((text) => text === 'true')])
        .optional()
        .catch(undefined),
      sort_column: z.string().optional().catch(undefined),
      sort_order: z.string().optional().catch(undefined),
    })
    .optional(),
});

interface RowPage<Row> {
  readonly number: number;
  readonly fresh: readonly Row[];
  readonly isLast: boolean;
}

/**
 * Reads a listing page by page, each row once: rows shift to the next page when somebody adds one. Where a page does
 * not say whether there are more, one without a new row is the last.
 */
export async function* readListing<Row>(
  client: SystemClient,
  organisation: string,
  { resource, key, row, idOf, query, isEnough }: Listing<Row>,
): AsyncGenerator<readonly Row[]> {
  const known = new Set<string>();
  const rowsSchema = z.array(row);

  async function page(number: number): Promise<RowPage<Row>> {
    const search = `${query === undefined ? '' : `&${query}`}&page=${number}&per_page=${PAGE_SIZE}`;
    const path = `${booksPath(resource, organisation)}${search}`;
    const { body: text } = await client.send({ method: 'GET', path }, { repeatable: true });
    const body = text.trim() === '' ? {} : parseExactBody(text, 'zoho-books');
    const { [key]: found = [] } = z.record(z.string(), z.unknown()).catch({}).parse(body);
    const read = rowsSchema.safeParse(found);
    if (!read.success) throw unknownShape(key, read.error);
    const context = Around.safeParse(body).data?.page_context;
    const fresh = read.data.filter((item) => !known.has(idOf(item)));
    for (const item of fresh) known.add(idOf(item));
    const sort = `sort_column=${context?.sort_column}&sort_order=${context?.sort_order}`;
    const isEnd = context?.has_more_page === false || fresh.length === 0;
    const isLast = isEnd || (sort === query && isEnough?.(read.data) === true);
    return { number, fresh, isLast };
  }

  const pages = readAhead(
    () => page(1),
    ({ number, isLast }) => (isLast ? undefined : () => page(number + 1)),
  );
  for await (const { fresh } of pages) if (fresh.length > 0) yield fresh;
}

/** Below the API's root; every call names the organisation. */
export function booksPath(resource: string, organisation: string): string {
  return `/books/v3${resource}?organization_id=${encodeURIComponent(organisation)}`;
}
