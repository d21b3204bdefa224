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
  /** Where the sandbox is served, e.g. `http://127.0.0.1:4711`, no slash at the end; set once it listens. */
  origin: string;
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
    origin: 'http://127.0.0.1',
  };
}
