import type { Instant } from '../../model/instant.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';
import { type Part, partOf } from './part-of-listing.ts';

export interface OldestWanted {
  /** Modified at or after it; 0: from the very first on. */
  readonly from: Instant;
  /** Modified before it. */
  readonly until: Instant;
  /** About so many. */
  readonly most: number;
}

/** Live records that have not changed for long, a part at a time. Reads no more pages than the part takes. */
export async function readOldest(
  connector: Pick<Connector, 'readAll' | 'readChanges'>,
  columns: readonly string[],
  { from, until, most }: OldestWanted,
): Promise<Part<SourceRecord>> {
  const found = new Map<string, SourceRecord>();
  // Either comes oldest change first.
  const pages = from === 0 ? connector.readAll(columns) : connector.readChanges(from, columns);
  for await (const { records } of pages) {
    const live = records.filter(({ state }) => state === 'live');
    for (const record of live) if (record.modifiedAt < until) found.set(record.id, record);
    const moments = new Set([...found.values()].map(({ modifiedAt }) => modifiedAt));
    if (live.some(({ modifiedAt }) => modifiedAt >= until) || (found.size > most && moments.size > 1)) break;
  }
  return partOf([...found.values()], from, most);
}
