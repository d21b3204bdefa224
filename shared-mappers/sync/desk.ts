import type { Parked } from '../model/parked.ts';
import type { Side } from '../model/side.ts';
import type { QueuedOperation } from '../ports/scratch.ts';
import type { SyncJob, SyncPorts } from './job.ts';
import type { LeaseGuard } from './lease-guard.ts';
import type { Outcome } from './show-outcomes.ts';
import type { Tally } from './tally.ts';

/** What a run keeps at hand while it plans and writes. */
export interface Desk {
  readonly runId: string;
  readonly job: SyncJob;
  readonly ports: SyncPorts;
  readonly tally: Tally;
  /** What is parked for this recipe, by subject. An unread side of such a subject is not at its base. */
  readonly parked: ReadonlyMap<string, readonly Parked[]>;
}

/** A desk with the lease to write. */
export interface WritingDesk extends Desk {
  readonly guard: LeaseGuard;
  /** Subjects that this run's plan leaves parked, whatever else of them is written. */
  readonly stillParked: ReadonlySet<string>;
  /** Records written, by system. */
  readonly writes: Record<string, number>;
  /** Fields that go to both sides and have been written on one of them: `<subject> <rule name>`. */
  readonly halfWritten: Set<string>;
  /** Subjects of which a write was refused or stayed unanswered in this run. */
  readonly refused: Set<string>;
  /** Creates that met an existing record, and writes to records that are gone: looked at again before the run ends. */
  readonly again: QueuedOperation[];
  /** Records that this run has created, and the ones on the other side that they were made from. */
  readonly created: { readonly side: Side; readonly id: string; readonly operation: QueuedOperation }[];
  /** Refusals for good that the recipe wants shown on the left. */
  readonly outcomes: Outcome[];
}
