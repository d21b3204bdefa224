import type { Meter } from './meter.ts';
import { progressBars } from './progress-bars.ts';
import { progressLines } from './progress-lines.ts';
import type { Terminal } from './terminal.ts';

/** Shows what the meter counts until disposed of: bars on a screen, lines elsewhere, nothing when quiet. */
export function showProgress(meter: Meter, terminal: Terminal): Disposable {
  if (terminal.quiet) return { [Symbol.dispose]() {} };
  const bars = process.stderr.isTTY === true ? progressBars(terminal) : undefined;
  meter.showOn(bars ?? progressLines(terminal));
  return {
    [Symbol.dispose]() {
      meter.showOn(undefined);
      bars?.[Symbol.dispose]();
    },
  };
}
