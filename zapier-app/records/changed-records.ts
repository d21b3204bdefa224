import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import { readChangedRecords } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import type { Step } from '../step.ts';
import { newestFirst } from './newest-first.ts';
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
  const isSample = step.bundle.meta.isLoadingSample === true;
  const since = sinceOf(step, lookBackMs);
  const { records } = await readChangedRecords(connector, since, columns, (read) => isSample && read > 0);
  return newestFirst(records);
}
