import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { Decision, ParkedQuery } from '@stackbridge/shared-mappers/ports/store.ts';
import type { AuditQuery } from './audit.ts';
import type { RunQuery } from './runs.ts';

/** What people ask of the store and tell it between runs. None of it needs a lease. */
export interface StoreQueries {
  /** Newest first. */
  runs(query: RunQuery): Promise<RunSummary[]>;
  run(runId: string): Promise<RunSummary | undefined>;
  /** Newest first. */
  audit(query: AuditQuery): Promise<AuditEntry[]>;
  auditEntry(id: string): Promise<AuditEntry | undefined>;
  /** How many subjects are parked, by kind, over one recipe or all. */
  countParked(recipe?: string): Promise<Readonly<Record<Parked['kind'], number>>>;
  /** Forgets what is parked for a subject until a run finds it again; returns how many entries. */
  discardParked(parked: Pick<Parked, 'scope' | 'recipe' | 'subject' | 'kind'>): Promise<number>;
  /** Makes matching failures due now; returns how many. */
  retryNow(query: ParkedQuery, now: Instant): Promise<number>;
  /** Replaces an earlier decision on the same field. */
  decide(decision: Decision): Promise<void>;
  /** Takes an answer back that no run has obeyed yet. */
  withdrawDecision(decision: Pick<Decision, 'scope' | 'subject' | 'field'>): Promise<void>;
  /** How many subjects of a billing recipe the ledger knows. */
  countBilled(scope: string, recipe: string): Promise<number>;
  /** How many events a recipe for campaign activity knows to stand in the CRM; those too old to count are forgotten. */
  countDelivered(recipe: string): Promise<number>;
  leaseHolder(
    scope: string,
    now: Instant,
  ): Promise<{ readonly heldBy: string; readonly until: Instant } | undefined>;
  /** Drops audit entries and runs from before a moment. Links, bases and what is parked stay. */
  prune(before: Instant): Promise<{ readonly auditedWrites: number; readonly runs: number }>;
}
