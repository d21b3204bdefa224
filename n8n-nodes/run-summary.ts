import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { Brake } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { IDataObject } from 'n8n-workflow';

/** What an execution came to as a whole, as an item. */
export function runSummary({
  summary,
  brakes,
}: {
  readonly summary: RunSummary;
  readonly brakes: readonly Brake[];
}): IDataObject {
  const { counts, writes, calls, excluded, stoppedBy } = summary;
  return {
    outcome: 'summary',
    counts: { ...counts },
    writes: { ...writes },
    calls: { ...calls },
    excluded: { ...excluded },
    brakes: brakes.map(({ name }) => name),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
}
