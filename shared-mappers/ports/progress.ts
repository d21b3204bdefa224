import type { SystemName } from '../model/side.ts';

export type Phase = 'describe' | 'read-left' | 'read-right' | 'match' | 'plan' | 'write-left' | 'write-right';

/** Told what a run is doing; a host shows it or drops it. */
export interface Progress {
  /** @param total records expected, where the system says so. */
  begin(phase: Phase, total?: number): void;
  advance(phase: Phase, records: number): void;
  end(phase: Phase): void;
  /** One API call has been sent. */
  call(system: SystemName): void;
  /** The run waits for a system's limit. */
  waiting(system: SystemName, ms: number, why: string): void;
}
