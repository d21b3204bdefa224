import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { ActivityHost } from './activity/activity-host.ts';
import type { BillingHost } from './billing/billing-host.ts';
import type { CutKind } from './io-kind.ts';
import type { HostName } from './played-on.ts';

/**
 * What a host can do beyond syncing. `state`: loses, saves and restores its sync state. `decisions`: people resolve,
 * undo and retry. `interrupts`: a run can be cut, or something can happen in its middle. `parked`: lists conflicts and
 *  failures. `dry-run`: plans without writing. `store`: it keeps what it knows apart, so that a sync reads and writes no
 * more than scenarios say; a host that marks the records instead is held to the end states, and to idle syncs writing
 * nothing. `warnings`: says in words what a run sets off.
 */
export type Ability = 'state' | 'decisions' | 'interrupts' | 'parked' | 'dry-run' | 'store' | 'warnings';

/** A point in a run: the `at`-th operation of a kind. */
export interface Moment {
  readonly at: number;
  readonly of: CutKind;
  readonly when: 'before' | 'after';
}

export interface SyncRequest {
  /** Name of the recipe. */
  readonly recipe: string;
  readonly allow: readonly BrakeName[];
  readonly full: boolean;
  readonly dryRun: boolean;
  /** The run is cut there with no clean-up: none of its later code runs. */
  readonly cutAt?: Moment;
  readonly meanwhile?: readonly (Moment & { readonly act: () => Promise<void> })[];
}

export type SyncOutcome =
  | { readonly kind: 'cut' }
  | {
      readonly kind: 'ended';
      readonly exit: number;
      readonly summary: Pick<RunSummary, 'counts' | 'writes' | 'calls' | 'excluded' | 'stoppedBy'>;
      readonly brakes: readonly BrakeName[];
      readonly warnings: readonly string[];
      /** What the run said when it was stopped. */
      readonly message?: string;
      /** Moments that were asked for and never came. */
      readonly missed: readonly Moment[];
    };

/** A person's answer to a conflict. */
export interface Answer {
  readonly recipe: string;
  readonly subject: Pick<Parked, 'subject' | 'scope' | 'leftId' | 'rightId'>;
  readonly field: string;
  readonly take: { readonly side: 'left' | 'right' } | { readonly value: string };
}

/** One host, signed in to the sandbox, with the recipes of one scenario. */
export interface HostSession {
  sync(request: SyncRequest): Promise<SyncOutcome>;
  /** Conflicts, failures and final words of all recipes. */
  parked(): Promise<readonly Parked[]>;
  /** What was written to these records, newest first. */
  audit(ids: readonly string[]): Promise<readonly AuditEntry[]>;
  decide(answers: readonly Answer[]): Promise<SyncOutcome>;
  /** Takes back the value that the last write to this field of these records replaced. */
  undo(who: { readonly ids: readonly string[]; readonly field: string }): Promise<SyncOutcome>;
  retry(who: { readonly ids: readonly string[] }): Promise<SyncOutcome>;
  /** A recipe was edited; its name stays. */
  changeRecipe(recipe: { readonly name: string; readonly text: string }): void;
  loseState(): Promise<void>;
  saveState(): Promise<void>;
  restoreState(): Promise<void>;
  close(): Promise<void>;
}

export interface HostSetup {
  readonly sandbox: Sandbox;
  /** Texts of the recipes, YAML, in the order in which they run. */
  readonly recipes: readonly { readonly name: string; readonly text: string }[];
  /** The sync state will be lost, saved or restored. */
  readonly keepsBackups: boolean;
}

/** Whatever carries the core's decisions out. The runner knows hosts by this interface only. */
export interface Host {
  readonly name: HostName;
  readonly abilities: ReadonlySet<Ability>;
  /**
   * It takes people in one by one as they change: but for a brake on how many come in at once, a sync ends neither in one
   * way nor by one exit code. Default: no.
   */
  readonly oneByOne?: boolean;
  prepare(setup: HostSetup): Promise<HostSession>;
  /** How it runs billing recipes. Default: it does not. */
  readonly billing?: BillingHost;
  /** How it takes campaign activity over. Default: it does not. */
  readonly activity?: ActivityHost;
  /** Ends what it holds open across scenarios. Default: it holds nothing. */
  readonly close?: () => Promise<void>;
}
