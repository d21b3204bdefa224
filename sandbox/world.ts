import { generateMersenne53Randomizer } from '@faker-js/faker';
import { CallLog } from './calls.ts';
import { type ClockMode, SandboxClock } from './clock.ts';
import { Faults } from './faults.ts';

/** What all simulators of one sandbox share. */
export interface World {
  readonly seed: number;
  readonly clock: SandboxClock;
  /** The next number of the seeded sequence, 0 <= n < 1. */
  random(): number;
  readonly faults: Faults;
  readonly calls: CallLog;
}

export interface WorldOptions {
  /** Default 1. */
  seed?: number;
  /** Default 'fixed'. */
  clock?: ClockMode;
  /** ISO instant at which the clock starts. */
  now?: string;
}

export function createWorld({ seed = 1, clock = 'fixed', now }: WorldOptions = {}): World {
  const randomizer = generateMersenne53Randomizer(seed);
  return {
    seed,
    clock: new SandboxClock(clock, now),
    random: () => randomizer.next(),
    faults: new Faults(),
    calls: new CallLog(),
  };
}
