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
}

interface RowPage<Row> {
  readonly number: number;
  /** Those that no page before has brought. */
  readonly fresh: readonly Row[];
}

/**
 * Reads a listing to its end, each row once. What pages say about themselves is not believed: some portals have a
 * next page for ever, some give fewer rows than asked for, and rows come again on the next page. Only a page without
 * a new row is the end.
 *
 * @param first the first page's answer, where it has been asked for already
 */
export async function* readListing<Row>(
  client: SystemClient,
  listing: Listing<Row>,
  first?: SystemAnswer,
): AsyncGenerator<readonly Row[]> {
  const known = new Set<string>();

  async function page(number: number): Promise<RowPage<Row>> {
    const answer = number === 1 && first !== undefined ? first : await askPage(client, listing, number);
    const fresh: Row[] = [];
    for (const row of listing.rowsOf(bodyOf(answer))) {
      const id = listing.idOf(row);
      if (known.has(id)) continue;
      known.add(id);
      fresh.push(row);
    }
    return { number, fresh };
  }

  const pages = readAhead(
    () => page(1),
    ({ number, fresh }) => (fresh.length === 0 ? undefined : () => page(number + 1)),
  );
  for await (const { fresh } of pages) if (fresh.length > 0) yield fresh;
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
