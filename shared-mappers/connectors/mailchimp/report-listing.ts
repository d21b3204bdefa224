import type { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { Instant } from '../../model/instant.ts';

export interface ReportListing<Row> {
  /** Without its query. */
  readonly path: string;
  /** `since=…`; empty for none. */
  readonly filter: string;
  /** Dotted names of what is read: the answers are several times larger. */
  readonly fields: readonly string[];
  readonly shape: z.ZodType<{ readonly rows: readonly Row[]; readonly total_items: number }>;
  /** What it lists, for messages. */
  readonly what: string;
  /** Rows that the report's own counts say there are at least. */
  readonly atLeast?: number;
}

export interface ReportPage<Row> {
  readonly rows: readonly Row[];
  readonly serverTime: Instant | undefined;
}

/** The largest `count` that the API takes. */
const PAGE_SIZE = 1000;
/** A report whose people keep vanishing is not read to its end by beginning again. */
const MOST_STARTS = 5;

/**
 * Every row of a report. People deleted for good vanish from it while it is paged, and all rows behind them move up by
 * one: the total tells, and the listing begins again. Rows may come twice that way, none is skipped.
 *
 * @throws StackbridgeError `LISTING_INCOMPLETE` when fewer rows come than the answer announces
 */
export async function* readReport<Row>(
  client: SystemClient,
  listing: ReportListing<Row>,
): AsyncGenerator<ReportPage<Row>> {
  for (let start = 1; start <= MOST_STARTS; start++) {
    let received = 0;
    let total: number | undefined;
    for (;;) {
      const page = await requestPage(client, listing, received);
      total ??= page.total;
      if (page.total !== total) break;
      received += page.rows.length;
      if (total < (listing.atLeast ?? 0)) throw incomplete(listing, total, listing.atLeast ?? 0);
      if (page.rows.length === 0 && received < total) throw incomplete(listing, received, total);
      yield page;
      if (received >= total) return;
    }
    client.log.debug('report shifted', { system: 'mailchimp', start });
  }
  throw new StackbridgeError('LISTING_INCOMPLETE', `Mailchimp's list of ${listing.what} keeps moving`, {
    system: 'mailchimp',
  });
}

async function requestPage<Row>(
  client: SystemClient,
  { path, filter, fields, shape }: ReportListing<Row>,
  offset: number,
): Promise<ReportPage<Row> & { readonly total: number }> {
  const query = [
    `count=${PAGE_SIZE}`,
    `offset=${offset}`,
    ...(filter === '' ? [] : [filter]),
    `fields=${encodeURIComponent([...fields, 'total_items'].join())}`,
  ].join('&');
  const answer = await client.send({ method: 'GET', path: `${path}?${query}` }, { repeatable: true });
  const { rows, total_items: total } = parseBodyAs(shape, answer.body, 'mailchimp');
  return { rows, total, serverTime: answer.serverTime };
}

function incomplete<Row>({ what }: ReportListing<Row>, came: number, announced: number): StackbridgeError {
  return new StackbridgeError(
    'LISTING_INCOMPLETE',
    `Mailchimp's list of ${what} is incomplete: ${came} of ${announced} rows came`,
    { system: 'mailchimp' },
  );
}
