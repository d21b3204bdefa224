import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { isJsonObject, parseJsonBody } from '../../http/json-body.ts';
import { readAhead } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { type Instant, toIsoSeconds } from '../../model/instant.ts';
import type { JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import { membersPath } from './member-path.ts';
import { fieldsOf, toSourceRecord } from './record.ts';
import { withAllTags } from './tags.ts';

export interface Listing {
  readonly audienceId: string;
  readonly columns: readonly string[];
  /** Without it a listing leaves archived members out. */
  readonly status?: 'archived';
  /** Only members changed at or after this moment. */
  readonly since?: Instant;
}

export interface ListingPage {
  readonly records: readonly SourceRecord[];
  /** Members in the whole listing as of this page. */
  readonly total: number;
  readonly serverTime: Instant | undefined;
}

/** A page, and where the next one begins; undefined after the last. */
interface Step extends ListingPage {
  readonly next: Place | undefined;
}

/** The last row read: the next page must begin with it. */
interface Place {
  readonly anchor: SourceRecord;
  /** Its position in the listing when it was read. */
  readonly index: number;
  /** Ids of the page that it ended. */
  readonly recent: ReadonlySet<string>;
  /** Times the rows have shifted so far. */
  readonly shifts: number;
}

/** The largest `count` that the API takes. */
export const PAGE_SIZE = 1000;
/** How far a page is moved back to find rows already read, at first; doubled until some are found. */
const STEP_BACK = PAGE_SIZE / 2;
/** A listing that shifts more often than that is not read to its end by trying again. */
const MOST_SHIFTS = 100;

/**
 * Every member of a listing, oldest change first.
 *
 * Mailchimp pages by offset over a set that people keep changing. A member that changes moves to the end, and all
 * rows behind it move up by one: the next page would begin one row late. So each page begins with the last row of the
 * page before; where it does not, the rows have moved, and the page is moved back until it begins with a row already
 * read. Members may come twice that way, none is skipped.
 *
 * @throws StackbridgeError `LISTING_INCOMPLETE` when fewer rows come than the answer announces
 */
export function readListing(client: SystemClient, listing: Listing): AsyncGenerator<ListingPage> {
  return readAhead<Step>(
    async () => firstStep(await requestPage(client, listing, 0)),
    ({ next }) => (next === undefined ? undefined : () => nextStep(client, listing, next)),
  );
}

interface RowPage extends ListingPage {
  readonly offset: number;
}

function firstStep(page: RowPage): Step {
  if (page.total > 0 && page.records.length === 0) throw incomplete(page);
  return stepTo(page, page.records, 0);
}

async function nextStep(client: SystemClient, listing: Listing, place: Place): Promise<Step> {
  const page = await requestPage(client, listing, place.index);
  // Nothing but the anchor, although more is announced: asking again would go on for ever.
  if (page.records.length < 2 && page.total > place.index + page.records.length) throw incomplete(page);
  if (page.records[0]?.id !== place.anchor.id) return recover(client, listing, place);
  return stepTo(page, page.records.slice(1), place.shifts);
}

async function recover(client: SystemClient, listing: Listing, place: Place): Promise<Step> {
  const shifts = place.shifts + 1;
  client.log.debug('listing shifted', { system: 'mailchimp', shifts });
  for (let back = STEP_BACK; ; back *= 2) {
    const offset = Math.max(0, place.index - back);
    const page = await requestPage(client, listing, offset);
    const [first] = page.records;
    const isShort = page.records.length < 2 && page.total > offset + page.records.length;
    if (isShort || shifts > MOST_SHIFTS) throw incomplete(page);
    if (first !== undefined && (offset === 0 || isRead(first, place)))
      return stepTo(page, page.records, shifts);
    // Everything read so far is gone from the listing within seconds: that is no edit, but a faulty answer.
    if (offset === 0) throw incomplete(page);
  }
}

/** Rows before the anchor were all read, in the order of their change. */
function isRead(row: SourceRecord, { anchor, recent }: Place): boolean {
  return row.modifiedAt < anchor.modifiedAt || (row.modifiedAt === anchor.modifiedAt && recent.has(row.id));
}

function stepTo(page: RowPage, records: readonly SourceRecord[], shifts: number): Step {
  const { total, serverTime, offset } = page;
  const end = offset + page.records.length;
  const anchor = page.records.at(-1);
  const isLast = anchor === undefined || end >= total;
  const next = isLast
    ? undefined
    : { anchor, index: end - 1, recent: new Set(page.records.map(({ id }) => id)), shifts };
  return { records, total, serverTime, next };
}

async function requestPage(client: SystemClient, listing: Listing, offset: number): Promise<RowPage> {
  const path = `${membersPath(listing.audienceId)}?${queryOf(listing, offset)}`;
  const answer = await client.send({ method: 'GET', path }, { repeatable: true });
  const body = parseJsonBody(answer.body, 'mailchimp');
  if (!isJsonObject(body) || !Array.isArray(body.members) || typeof body.total_items !== 'number') {
    throw new StackbridgeError('SERVER_ERROR', 'Mailchimp answered a listing without members and a total', {
      system: 'mailchimp',
    });
  }
  const rows = body.members.map(readRow);
  const hasTags = listing.columns.includes('tags');
  const records = hasTags
    ? await Promise.all(rows.map((row) => withAllTags(client, listing.audienceId, row)))
    : rows;
  return { records, total: body.total_items, serverTime: answer.serverTime, offset };
}

function queryOf({ columns, status, since }: Listing, offset: number): string {
  const fields = [...fieldsOf(columns).map((field) => `members.${field}`), 'total_items'].join();
  const order = 'sort_field=last_changed&sort_dir=ASC';
  const page = `count=${PAGE_SIZE}&offset=${offset}&${order}&fields=${encodeURIComponent(fields)}`;
  const filter = status === undefined ? '' : `&status=${status}`;
  // "changed after": a second earlier, so that the moment itself is in.
  const changed = since === undefined ? '' : `&since_last_changed=${toIsoSeconds(since - 1000)}`;
  return `${page}${filter}${changed}`;
}

function incomplete({ offset, records, total }: RowPage): StackbridgeError {
  return new StackbridgeError(
    'LISTING_INCOMPLETE',
    `Mailchimp's list of members is incomplete: ${offset + records.length} of ${total} rows came`,
    { system: 'mailchimp' },
  );
}

function readRow(row: JsonValue): SourceRecord {
  const record = toSourceRecord(row);
  if (record !== undefined) return record;
  throw new StackbridgeError('SERVER_ERROR', 'Mailchimp listed a member without a contact id', {
    system: 'mailchimp',
  });
}
