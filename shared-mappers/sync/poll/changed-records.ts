import type { Instant } from '../../model/instant.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';

export interface ChangedRecords {
  /** Each once, as it was read last. */
  readonly records: readonly SourceRecord[];
  /** The server's time from before the reading, where it tells. */
  readonly serverTime: Instant | undefined;
}

/**
 * Reads what has changed since then.
 *
 * @param isEnough told of how many are read after each page, for those who want examples only; default: read all
 */
export async function readChangedRecords(
  connector: Pick<Connector, 'readChanges'>,
  since: Instant,
  columns: readonly string[],
  isEnough: (read: number) => boolean = () => false,
): Promise<ChangedRecords> {
  const found = new Map<string, SourceRecord>();
  let serverTime: Instant | undefined;
  for await (const page of connector.readChanges(since, columns)) {
    serverTime ??= page.serverTime;
    // A later page may hold a record again, with newer values.
    for (const record of page.records) found.set(record.id, record);
    if (isEnough(found.size)) break;
  }
  return { records: [...found.values()], serverTime };
}

/** Changes with every change of the record. */
export function changeKey({ id, state, modifiedAt }: SourceRecord): string {
  return `${id}-${state}-${modifiedAt}`;
}
