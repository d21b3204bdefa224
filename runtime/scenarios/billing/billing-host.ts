import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { IoGate } from '../io-gate.ts';
import type { BillingRun } from './billing-worker.ts';

/**
 * What a host can do beyond running a recipe. `decisions`: people answer differences. `interrupts`: a run can be cut.
 * `store`: it keeps a ledger apart, so that runs count, read and write no more than scenarios say, and two at once give
 * way to each other; a host that keeps it on the documents is held to the end states, and to settled runs writing
 * nothing.
 */
export type BillingAbility = 'decisions' | 'interrupts' | 'store';

export interface BillingRunOptions {
  readonly gate?: IoGate;
  readonly allow?: readonly BrakeName[];
}

/** One host, signed in to the sandbox, for one scenario. */
export interface BillingSession {
  /** @returns `cut` when the gate has cut it */
  run(recipe: unknown, options?: BillingRunOptions): Promise<BillingRun | 'cut'>;
  /** Everything that waits for a person. */
  parked(): Promise<readonly Parked[]>;
  decide(row: Parked, document: string, answer: BillingAnswer): Promise<void>;
  close(): Promise<void>;
}

export interface BillingHost {
  readonly abilities: ReadonlySet<BillingAbility>;
  /** Recipes that it runs, `milestone-invoice/v1`. */
  readonly recipes: ReadonlySet<string>;
  /** It takes work in piece by piece as it comes: a run ends neither in one way nor by one exit code. Default: no. */
  readonly oneByOne?: boolean;
  prepare(sandbox: Sandbox): Promise<BillingSession>;
}
