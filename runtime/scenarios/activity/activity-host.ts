import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { IoGate } from '../io-gate.ts';
import type { ActivityRun } from './activity-worker.ts';

/**
 * What a host can do beyond running a recipe. `interrupts`: a run can be cut, or something can happen in its middle.
 * `store`: it remembers what it has delivered, so that it counts on, and that runs count and read no more than scenarios
 * say; a host that finds it again is held to the end states, and to settled runs writing nothing.
 */
export type ActivityAbility = 'interrupts' | 'store';

export interface ActivityRunOptions {
  readonly gate?: IoGate;
  readonly allow?: readonly BrakeName[];
  /** Only what has failed before. Default: false. */
  readonly retry?: boolean;
}

/** One host, signed in to the sandbox, for one scenario. */
export interface ActivitySession {
  /** @returns `cut` when the gate has cut it */
  run(recipe: unknown, options?: ActivityRunOptions): Promise<ActivityRun | 'cut'>;
  /** Everything that waits: whose, by the hash of the address, or which campaign. */
  failures(): Promise<readonly Pick<Parked, 'subject' | 'code'>[]>;
  /** Whatever it keeps of earlier runs is lost. */
  loseState(): void;
  close(): Promise<void>;
}

export interface ActivityHost {
  readonly abilities: ReadonlySet<ActivityAbility>;
  /** It takes events in one by one: no brake looks at a run as a whole, which ends neither in one way nor by one exit code. Default: no. */
  readonly oneByOne?: boolean;
  prepare(sandbox: Sandbox): Promise<ActivitySession>;
}
