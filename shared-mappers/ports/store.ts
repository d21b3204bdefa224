import type { AuditEntry } from '../model/audit.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import type { Link, Tombstone } from '../model/link.ts';
import type { Parked } from '../model/parked.ts';
import type { RunSummary } from '../model/run-summary.ts';
import type { Side } from '../model/side.ts';

/** A lease's fencing number: a holder whose number is no longer the newest cannot commit. */
export interface Lease {
  readonly scope: string;
  readonly token: number;
}

export type LeaseAnswer = { readonly lease: Lease } | { readonly heldBy: string; readonly until: Instant };

/** A create that has been sent, or is about to be, and whose outcome is not yet remembered. */
export interface Intent {
  readonly scope: string;
  /** The side on which a record is being created. */
  readonly side: Side;
  /** Id of the record on the other side that it is created from. */
  readonly sourceId: string;
  readonly batchId: string;
  readonly at: Instant;
}

/** One change of the sync state. A commit applies all of its changes or none. */
export type StoreChange =
  /** Inserts the link or updates it; entries of `base` are merged into the stored base, `null` removes one. */
  | {
      readonly kind: 'link';
      readonly link: Omit<Link, 'base'>;
      readonly base: Readonly<Record<string, string | null>>;
    }
  | { readonly kind: 'unlink'; readonly scope: string; readonly leftId: string }
  /** The link of `fromLeftId` continues with another left record (merge, lead conversion). */
  | {
      readonly kind: 'repoint';
      readonly scope: string;
      readonly fromLeftId: string;
      readonly toLeftId: string;
      readonly toLeftObject: string;
    }
  | {
      readonly kind: 'tombstone';
      readonly scope: string;
      readonly rightId: string;
      readonly tombstone: Tombstone;
    }
  /** Inserts or replaces by `scope`, `recipe`, `subject` and `kind`; attempts are counted up by the caller. */
  | { readonly kind: 'park'; readonly parked: Parked }
  /** Drops what is parked for the subject (all kinds unless one is named). */
  | {
      readonly kind: 'unpark';
      readonly scope: string;
      readonly recipe: string;
      readonly subject: string;
      readonly only?: Parked['kind'];
    }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'settle-intent'; readonly scope: string; readonly side: Side; readonly sourceId: string }
  | { readonly kind: 'watermark'; readonly recipe: string; readonly side: Side; readonly at: Instant }
  | {
      readonly kind: 'settle-decision';
      readonly scope: string;
      readonly subject: string;
      readonly field: string;
    }
  /** A small named document of the sync state (cached schemas, the recipe as last run). */
  | { readonly kind: 'memo'; readonly name: string; readonly value: JsonObject };

/** A person's answer to a conflict, or the undo of a losing value: obeyed at the subject's next reconciliation. */
export interface Decision {
  readonly scope: string;
  readonly subject: string;
  /** Rule name. */
  readonly field: string;
  readonly take: { readonly side: Side } | { readonly value: string };
  readonly at: Instant;
}

export interface ParkedQuery {
  readonly recipe?: string;
  readonly kind?: Parked['kind'];
  readonly subject?: string;
  /** Only those whose `retryAt` is at or before this moment. */
  readonly dueAt?: Instant;
}

/**
 * The sync state between runs. Ids are looked up in bulk: callers pass up to 2,000 at once.
 * Every method may reject with `Transient` when the database is busy or away.
 */
export interface Store {
  acquireLease(scope: string, holder: string, now: Instant, ttlMs: number): Promise<LeaseAnswer>;
  /** False when another holder has taken over. */
  renewLease(lease: Lease, now: Instant, ttlMs: number): Promise<boolean>;
  releaseLease(lease: Lease): Promise<void>;

  /** Applies all changes in one transaction. Rejects with `LeaseLost` when the lease is not the newest. */
  commit(lease: Lease, changes: readonly StoreChange[]): Promise<void>;

  linksByLeft(scope: string, leftIds: readonly string[]): Promise<Link[]>;
  /** All links of these right records, followers too. */
  linksByRight(scope: string, rightIds: readonly string[]): Promise<Link[]>;
  linksByKey(scope: string, keyHashes: readonly string[]): Promise<Link[]>;
  /** Pages through all links of a scope in the order of `leftId`. */
  links(scope: string, after: string | undefined, limit: number): Promise<Link[]>;
  /** Owners without a tombstone. */
  countLinks(scope: string): Promise<number>;

  intents(scope: string): Promise<Intent[]>;
  watermark(recipe: string, side: Side): Promise<Instant | undefined>;
  memo(name: string): Promise<JsonObject | undefined>;
  /** Outside any lease: for what is only a cache, such as described schemas. */
  saveMemo(name: string, value: JsonObject): Promise<void>;
  parked(query: ParkedQuery): Promise<Parked[]>;
  decisions(scope: string, subjects?: readonly string[]): Promise<Decision[]>;

  saveRun(run: RunSummary): Promise<void>;
}
