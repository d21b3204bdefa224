import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { isJsonObject, parseJsonBody } from '../../http/json-body.ts';
import { readAhead } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { Instant } from '../../model/instant.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { Page } from '../../ports/connector.ts';
import { API, CALL_OPTIONS, pathOnInstance } from './api.ts';
import type { PersonObject } from './identity.ts';
import { toSourceRecord } from './record.ts';
import { type Query, toSoql } from './soql.ts';

export interface Listing {
  /** `query` leaves deleted records out, `queryAll` reads the recycle bin too. */
  readonly endpoint: 'query' | 'queryAll';
  readonly object: PersonObject;
  readonly query: Query;
  /** What `values` of the records hold. */
  readonly names: readonly string[];
  /**
   * The query for the rest once the locator has expired (they live about two days): everything from the last
   * modification time seen. Absent for listings in no order.
   */
  readonly resume?: (from: Instant) => Query;
}

/**
 * Every record of a query, page by page (2,000 rows each, as many as Salesforce gives), counted against the total
 * that the answer announces: fewer is `LISTING_INCOMPLETE`.
 */
export async function* readListing(client: SystemClient, listing: Listing): AsyncGenerator<Page> {
  let expected: number | undefined;
  let newest: Instant | undefined;
  let query: Query | undefined = listing.query;

  while (query !== undefined) {
    const path = `${API}/${listing.endpoint}?q=${encodeURIComponent(toSoql(query))}`;
    query = undefined;
    let received = 0;
    let total = 0;
    for await (const page of chain(client, path)) {
      if (page === 'locator expired') {
        query = received === 0 || newest === undefined ? undefined : listing.resume?.(newest);
        if (query === undefined) break;
        client.log.info('listing restarted', { system: 'salesforce', received });
        total = received;
        break;
      }
      received += page.rows.length;
      total = page.total;
      const records = page.rows.map((row) => readRow(row, listing));
      newest = records.at(-1)?.modifiedAt ?? newest;
      const isFirst = expected === undefined;
      expected ??= page.total;
      yield {
        records,
        expected,
        ...(isFirst && page.serverTime !== undefined ? { serverTime: page.serverTime } : {}),
      };
    }
    if (received < total) throw incomplete(listing, `${received} of ${total} rows came`);
  }
}

/** Rows of a query as they are, page by page, for objects that are no people. */
export async function* queryRows(client: SystemClient, query: Query): AsyncGenerator<readonly JsonObject[]> {
  const path = `${API}/query?q=${encodeURIComponent(toSoql(query))}`;
  let received = 0;
  let total = 0;
  for await (const page of chain(client, path)) {
    if (page === 'locator expired') break;
    received += page.rows.length;
    total = page.total;
    yield page.rows.filter(isJsonObject);
  }
  if (received < total) throw incomplete(query, `${received} of ${total} rows came`);
}

interface RowPage {
  readonly rows: readonly JsonValue[];
  readonly total: number;
  readonly nextPath: string | undefined;
  readonly serverTime: Instant | undefined;
}

/** The chain of locators is sequential: page n+1 is asked for while page n is worked on. */
function chain(client: SystemClient, path: string): AsyncGenerator<RowPage | 'locator expired'> {
  return readAhead(
    () => requestPage(client, path),
    (page) => {
      const nextPath = page === 'locator expired' ? undefined : page.nextPath;
      return nextPath === undefined ? undefined : () => requestPage(client, nextPath);
    },
  );
}

async function requestPage(client: SystemClient, path: string): Promise<RowPage | 'locator expired'> {
  const answer = await client.send({ method: 'GET', path, headers: CALL_OPTIONS }, { repeatable: true });
  // Whatever else is no success has been thrown, see errors.ts.
  if (answer.status === 400) return 'locator expired';
  const body = parseJsonBody(answer.body, 'salesforce');
  if (!isJsonObject(body) || !Array.isArray(body.records) || typeof body.totalSize !== 'number') {
    throw new StackbridgeError('SERVER_ERROR', 'Salesforce answered a query without records and a total', {
      system: 'salesforce',
    });
  }
  return {
    rows: body.records,
    total: body.totalSize,
    nextPath: typeof body.nextRecordsUrl === 'string' ? pathOnInstance(body.nextRecordsUrl) : undefined,
    serverTime: answer.serverTime,
  };
}

function readRow(row: JsonValue, listing: Listing) {
  const record = toSourceRecord(row, listing.object, listing.names);
  if (record === undefined) throw incomplete(listing, 'a row has no Id or no SystemModstamp');
  return record;
}

function incomplete({ object }: Pick<Query, 'object'>, what: string): StackbridgeError {
  return new StackbridgeError(
    'LISTING_INCOMPLETE',
    `Salesforce's list of ${object}s is incomplete: ${what}`,
    {
      system: 'salesforce',
    },
  );
}
