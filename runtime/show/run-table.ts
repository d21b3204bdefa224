import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { printExcluded } from './plan-preview.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, counted, displayName, duration } from './words.ts';

/** What a run did: people by outcome, records written, calls, time. */
export function printRun(
  summary: RunSummary,
  waitedMs: Readonly<Record<string, number>>,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const { counts, writes, calls } = summary;
  const took = duration(summary.finishedAt - summary.startedAt);
  terminal.print(`${paint.bold(summary.recipe)}  run ${summary.runId}  ${paint.dim(took)}`);
  const outcomes: readonly (readonly [string, number, (text: string) => string])[] = [
    ['applied', counts.applied, paint.green],
    ['unchanged', counts.unchanged, paint.dim],
    ['excluded', counts.excluded, paint.dim],
    ['conflicts', counts.conflicts, paint.yellow],
    ['failed', counts.failed, paint.red],
    ['not reached', summary.pending ?? 0, paint.yellow],
  ];
  const shown = outcomes.filter(([name, n]) => n > 0 || name !== 'not reached');
  terminal.print(
    table(
      shown.map(([name]) => ({ title: name, align: 'right' })),
      [shown.map(([, n, color]) => (n === 0 ? '0' : color(count(n))))],
      paint.dim,
    ),
  );
  const costs = Object.keys({ ...calls, ...writes }).map((system) => {
    const waited = waitedMs[system] ?? 0;
    return [
      displayName(system),
      counted(writes[system] ?? 0, 'record written', 'records written'),
      counted(calls[system] ?? 0, 'call'),
      waited === 0 ? '' : `${duration(waited)} waited`,
    ];
  });
  terminal.print(table([{}, {}, {}, {}], costs));
  printExcluded(Object.entries(summary.excluded), terminal);
}
