import type { Meter } from './meter.ts';
import { PHASE_LABELS, type PhaseLabels } from './phase-label.ts';
import { progressBars } from './progress-bars.ts';
import { progressLines } from './progress-lines.ts';
import type { Terminal } from './terminal.ts';

/** Progress on show. Disposing takes it away. */
export interface ShownProgress extends Disposable {
  /** Takes the bars away while something is printed: the two would write over each other. */
  aside(print: () => void): void;
}

/** Shows what the meter counts: bars on a screen, lines elsewhere, nothing when quiet. */
export function showProgress(
  meter: Meter,
  terminal: Terminal,
  labels: PhaseLabels = PHASE_LABELS,
): ShownProgress {
  if (terminal.quiet) return { aside: (print) => print(), [Symbol.dispose]() {} };
  const isScreen = process.stderr.isTTY === true;
  let bars = show();

  function show(): Disposable | undefined {
    const shown = isScreen ? progressBars(terminal, labels) : undefined;
    meter.showOn(shown ?? progressLines(terminal, labels));
    return shown;
  }
  return {
    aside(print) {
      bars?.[Symbol.dispose]();
      print();
      bars = show();
    },
    [Symbol.dispose]() {
      meter.showOn(undefined);
      bars?.[Symbol.dispose]();
    },
  };
}
