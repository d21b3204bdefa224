import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { StopSignal } from '@stackbridge/shared-mappers/ports/stop-signal.ts';

/** Zapier ends a step after 30 seconds, whatever it is doing: what is under way by then would be lost without a word. */
const STEP_MS = 25_000;

/** The end of a step, as a stop signal: between two calls the core ends with `STOPPED`, which Zapier replays. */
export interface Deadline extends StopSignal {
  /** Milliseconds left; never negative. */
  leftMs(): number;
}

export function startDeadline(clock: Clock, stepMs: number = STEP_MS): Deadline {
  const end = clock.now() + stepMs;
  const leftMs = (): number => Math.max(0, end - clock.now());
  return {
    leftMs,
    get requested() {
      return leftMs() === 0;
    },
  };
}
