import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, duration, moment } from './words.ts';

/** Runs, one a row. */
export function printRuns(runs: readonly RunSummary[], terminal: Terminal): void {
  const { paint } = terminal;
  const rows = runs.map(({ runId, recipe, startedAt, finishedAt, counts, writes, calls, stoppedBy }) => [
    runId,
    recipe,
    moment(startedAt),
    duration(finishedAt - startedAt),
    count(counts.applied),
    count(counts.conflicts),
    count(counts.failed),
    count(sum(writes)),
    count(sum(calls)),
    stoppedBy === undefined ? '' : paint.red(stoppedBy),
  ]);
  terminal.print(
    table(
      [
        { title: 'run' },
        { title: 'recipe' },
        { title: 'started (UTC)' },
        { title: 'took', align: 'right' },
        { title: 'applied', align: 'right' },
        { title: 'conflicts', align: 'right' },
        { title: 'failed', align: 'right' },
        { title: 'writes', align: 'right' },
        { title: 'calls', align: 'right' },
        { title: '' },
      ],
      rows,
      paint.dim,
    ),
  );
}

function sum(numbers: Readonly<Record<string, number>>): number {
  return Object.values(numbers).reduce((total, n) => total + n, 0);
}
