import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';

/** Merged into one that was merged itself, and that one once more. */
export const LONGEST_CHAIN = 3;

/**
 * Whoever was merged into a record that has been deleted since. One that had a member of its own keeps it until a person
 * has said which of the two stays; the deletion settles that, and is a change of the other record alone.
 */
export async function readMergedIntoGone(
  records: readonly SourceRecord[],
  connector: Pick<Connector, 'readMergedInto'>,
  columns: readonly string[],
): Promise<SourceRecord[]> {
  const found = new Map<string, SourceRecord>();
  let open = records.filter(({ state }) => state === 'deleted');
  for (let step = 0; step < LONGEST_CHAIN && open.length > 0; step += 1) {
    const merged = (await connector.readMergedInto?.(idsOf(open), columns)) ?? [];
    open = merged.filter(({ id }) => !found.has(id));
    for (const record of open) found.set(record.id, record);
  }
  return [...found.values()];
}

function idsOf(records: readonly SourceRecord[]): string[] {
  return [...new Set(records.map(({ id }) => id))];
}
