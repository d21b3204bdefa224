import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Phase, Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { PhaseLabels } from './phase-label.ts';
import type { Terminal } from './terminal.ts';
import { count, duration } from './words.ts';

interface Bar {
  readonly drawn: SingleBar;
  done: number;
  total: number | undefined;
}

/** Progress on a screen: a bar for each phase, with records, calls and waiting time. Disposing takes them away. */
export function progressBars(terminal: Terminal, labels: PhaseLabels): Progress & Disposable {
  const paint = terminal.paintNote;
  const bars = new MultiBar({
    stream: process.stderr,
    format: `  {label} ${paint.cyan('{bar}')} {count}${paint.dim('{calls}')}${paint.yellow('{wait}')}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    emptyOnZero: true,
    // Ctrl-C is the session's: it ends the run between batches.
    gracefulExit: false,
  });
  const shown = new Map<Phase, Bar>();
  const calls = new Map<SystemName, number>();
  const waits = new Map<SystemName, string>();
  terminal.divert((text) => bars.log(text));

  function redraw(phase: Phase): void {
    const bar = shown.get(phase);
    if (bar === undefined) return;
    const { label, system } = labels[phase];
    const sent = system === undefined ? undefined : (calls.get(system) ?? 0);
    // Without a known total the bar stands half way until the phase ends.
    bar.drawn.setTotal(bar.total ?? Math.max(1, bar.done * 2));
    bar.drawn.update(bar.done, {
      label: label.padEnd(18),
      count: bar.total === undefined ? count(bar.done) : `${count(bar.done)} / ${count(bar.total)}`,
      calls: sent === undefined ? '' : `  ${count(sent)} calls`,
      wait: system === undefined ? '' : (waits.get(system) ?? ''),
    });
  }
  function redrawSystem(system: SystemName): void {
    for (const phase of shown.keys()) if (labels[phase].system === system) redraw(phase);
  }

  return {
    begin(phase, total) {
      const bar = shown.get(phase);
      if (bar === undefined) {
        const drawn = bars.create(total ?? 1, 0, { label: '', count: '', calls: '', wait: '' });
        shown.set(phase, { drawn, done: 0, total });
      } else {
        // A phase may come again in the same run, for what a write turned out to need.
        bar.total = total === undefined ? undefined : bar.done + total;
      }
      redraw(phase);
    },
    advance(phase, records) {
      const bar = shown.get(phase);
      if (bar !== undefined) bar.done += records;
      redraw(phase);
    },
    end(phase) {
      const bar = shown.get(phase);
      if (bar !== undefined) bar.total = bar.done;
      redraw(phase);
    },
    call(system) {
      calls.set(system, (calls.get(system) ?? 0) + 1);
      waits.delete(system);
      redrawSystem(system);
    },
    waiting(system, ms, why) {
      waits.set(system, `  waiting ${duration(ms)}: ${why}`);
      redrawSystem(system);
    },
    [Symbol.dispose]() {
      bars.stop();
      terminal.divert(undefined);
    },
  };
}
