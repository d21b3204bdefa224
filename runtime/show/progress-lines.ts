import type { Phase, Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import type { PhaseLabels } from './phase-label.ts';
import type { Terminal } from './terminal.ts';
import { counted, displayName, duration } from './words.ts';

/** Waits shorter than this are not worth a line. */
const LONG_WAIT_MS = 2000;

/** Progress where nobody watches a screen: one line when a phase ends, and one for every long wait. */
export function progressLines(terminal: Terminal, labels: PhaseLabels): Progress {
  const records = new Map<Phase, number>();
  return {
    begin: (phase) => void records.set(phase, 0),
    advance: (phase, more) => void records.set(phase, (records.get(phase) ?? 0) + more),
    end(phase) {
      terminal.note(`${labels[phase].label}: ${counted(records.get(phase) ?? 0, 'record')}`);
    },
    call() {},
    waiting(system, ms, why) {
      if (ms >= LONG_WAIT_MS) terminal.note(`Waiting ${duration(ms)} for ${displayName(system)}: ${why}`);
    },
  };
}
