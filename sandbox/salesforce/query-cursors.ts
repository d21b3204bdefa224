import { SalesforceError } from './errors.ts';
import type { Org } from './org.ts';
import type { QueryResult } from './soql/run-query.ts';

const LIFE_MS = 2 * 24 * 3600 * 1000;
/** As many as the vendor lets one user hold; the oldest give way. */
const MAX_OPEN = 10;

export interface Cursor {
  id: string;
  result: QueryResult;
  batchSize: number;
  openedMs: number;
}

/** Results that are being paged through: a locator names the cursor and the offset, `0r8…-2000`. */
export class QueryCursors {
  readonly #org: Org;
  #cursors = new Map<string, Cursor>();
  #opened = 0;

  constructor(org: Org) {
    this.#org = org;
  }

  open(result: QueryResult, batchSize: number): Cursor {
    this.#opened += 1;
    const id = `0r8xx${this.#opened.toString(36).padStart(13, '0')}`;
    const cursor = { id, result, batchSize, openedMs: this.#org.world.clock.now() };
    // A result of one page is never asked for again.
    if (result.length <= batchSize) return cursor;
    this.#cursors.set(id, cursor);
    const [oldest] = this.#cursors.keys();
    if (this.#cursors.size > MAX_OPEN && oldest !== undefined) this.#cursors.delete(oldest);
    return cursor;
  }

  /** @throws SalesforceError INVALID_QUERY_LOCATOR for an unknown or expired one */
  find(locator: string): { cursor: Cursor; offset: number } {
    const [, id = '', offset = ''] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
    const cursor = this.#cursors.get(id);
    const isAlive = cursor !== undefined && this.#org.world.clock.now() - cursor.openedMs <= LIFE_MS;
    if (!isAlive || Number(offset) >= cursor.result.length) {
      throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return { cursor, offset: Number(offset) };
  }

  clear(): void {
    this.#cursors.clear();
  }
}
