import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';

/** Counts what a run costs, and passes on what it does to whoever shows it. */
export interface Meter extends Progress {
  /** API calls sent so far, by system. */
  calls(): Readonly<Record<string, number>>;
  /** Milliseconds spent waiting for a system's limits so far, by system. */
  waited(): Readonly<Record<string, number>>;
  /** Whoever shows progress from now on; undefined for nobody. */
  showOn(progress: Progress | undefined): void;
}

export function createMeter(): Meter {
  const calls: Partial<Record<SystemName, number>> = {};
  const waited: Partial<Record<SystemName, number>> = {};
  let shown: Progress | undefined;
  return {
    calls: () => ({ ...calls }),
    waited: () => ({ ...waited }),
    showOn(progress) {
      shown = progress;
    },
    begin: (phase, total) => shown?.begin(phase, total),
    advance: (phase, records) => shown?.advance(phase, records),
    end: (phase) => shown?.end(phase),
    call(system) {
      calls[system] = (calls[system] ?? 0) + 1;
      shown?.call(system);
    },
    waiting(system, ms, why) {
      waited[system] = (waited[system] ?? 0) + ms;
      shown?.waiting(system, ms, why);
    },
  };
}
