import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { Step } from '../step.ts';
import { newestFirst } from './record-item.ts';
import { sinceOf } from './since.ts';

/**
 * Everything that changed within the time looked back on, newest first. There is no watermark: Zapier keeps nothing
 * between two polls, and shows a Zap each change once.
 *
 * While the editor loads an example one page of the last month is enough.
 */
export async function changedRecords(
  step: Step,
  connector: Connector,
  columns: readonly string[],
  lookBackMs: number,
): Promise<SourceRecord[]> {
  const found = new Map<string, SourceRecord>();
  for await (const { records } of connector.readChanges(sinceOf(step, lookBackMs), columns)) {
    // A later page may hold a record again, with newer values.
    for (const record of records) found.set(record.id, record);
    if (step.bundle.meta.isLoadingSample === true && found.size > 0) break;
  }
  return newestFirst([...found.values()]);
}
