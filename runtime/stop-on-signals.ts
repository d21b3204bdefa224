import type { StopSignal } from '@stackbridge/shared-mappers/ports/stop-signal.ts';
import type { Terminal } from './show/terminal.ts';

export interface StopOnSignals {
  readonly stop: StopSignal;
  /** Aborted with the first signal, so that waits end. */
  readonly abort: AbortSignal;
  dispose(): void;
}

const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** The first Ctrl-C (or SIGTERM) asks a run to end after the batch in flight, the second ends the process. */
export function stopOnSignals(terminal: Terminal): StopOnSignals {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted)
      process.exit(128 + (signal === 'SIGTERM' ? NUMBERS.SIGTERM : NUMBERS.SIGINT));
    terminal.warn('Stopping after the batch in flight; once more to stop at once');
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    stop: {
      get requested() {
        return controller.signal.aborted;
      },
    },
    abort: controller.signal,
    dispose() {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}
