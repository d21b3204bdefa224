import type { AccountMap } from '../../mapping/account-map.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { LedgerChange } from '../../model/billing/ledger.ts';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import type { Parked } from '../../model/parked.ts';
import type { BillingIssue } from '../../plan/billing/billing-issue.ts';
import type { LeftOut, Proposal } from '../../plan/billing/document-plan.ts';
import type { InvoicePreview } from '../../plan/billing/invoice-preview.ts';
import type { MapFault } from '../../plan/billing/map-fault.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { TimeProposal } from '../../plan/billing/time-plan.ts';
import type { TimeEntryPreview, TimesheetPreview } from '../../plan/billing/time-preview.ts';
import type { Brake } from '../../plan/brakes.ts';
import type { AccountingTarget } from '../../ports/accounting-target.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Random } from '../../ports/random.ts';
import type { StopSignal } from '../../ports/stop-signal.ts';
import type { Store } from '../../ports/store.ts';
import type { LeaseGuard } from '../lease-guard.ts';
import type { BillingTally } from './billing-tally.ts';

export type SourceRef = Pick<LineSource, 'kind' | 'id'>;
export type SourceSystem = 'zoho-projects' | 'zoho-books';

/** One thing that is billed and parked as a whole: a milestone, an expense, an invoice of the books, a time log. */
export interface BillingSubject {
  readonly id: string;
  /** `Website: Design`, for people. */
  readonly title: string;
}

/** What every kind of plan says about its subject. Ledger changes that a write needs are its own matter. */
export interface SubjectPlan {
  readonly outcome: 'create' | 'update' | 'delete' | 'propose' | 'leave' | 'stale' | 'parked' | 'excluded';
  /** Absent where nothing is to be written. */
  readonly write?: { readonly action: 'create' | 'update' | 'delete' };
  readonly proposals: readonly (Proposal | TimeProposal)[];
  readonly issues: readonly BillingIssue[];
  /** To commit without any call. */
  readonly remember: readonly LedgerChange[];
  /** Decisions that `remember`, or the intent of the write, carries out. */
  readonly decided: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** What is decided about one subject, in the form that every run, preview and list of troubles goes by. */
export interface PlannedSubject {
  readonly subject: BillingSubject;
  readonly plan: SubjectPlan;
  /** Why nothing of it is due, where its outcome is `excluded`. */
  readonly because?: string;
  /** What else is to be done for its document, in this run or a later one. Default: nothing. */
  readonly followUps?: readonly { readonly words: string }[];
  /** What would be written; undefined where nothing would be. */
  readonly preview: () => InvoicePreview | TimeEntryPreview | TimesheetPreview | undefined;
}

/** What a job has at hand while it reads and plans. */
export interface PlanningDesk {
  readonly ports: BillingPorts;
  readonly context: BillingContext;
  /** Whether this subject is to be looked at in this run. */
  readonly isWanted: (subjectId: string) => boolean;
  /** Whether what was left alone before is looked at as well. Default: false. */
  readonly looksAtAll?: boolean;
}

/** What a job writes with, under the organisation's lease. */
export interface WritingDesk {
  readonly ports: BillingPorts;
  readonly context: BillingContext;
  readonly runId: string;
  readonly guard: LeaseGuard;
  readonly tally: BillingTally;
  /** What was parked before, by subject. */
  readonly parked: ReadonlyMap<string, readonly Parked[]>;
  /** Records written so far. */
  readonly writes: { xero: number };
}

/** What there is to bill, as it stands today. */
export interface FoundWork {
  /** What the account map has to know for it. */
  readonly needs: MapNeeds;
  /** What else of the map or the recipe does not hold against the accounts. Default: nothing. */
  readonly faults?: readonly MapFault[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
  /** Looks up what the ledger and the accounts say of it, and decides. Writes nothing. */
  plan(): Promise<BillingPlan>;
}

export interface BillingPlan {
  readonly planned: readonly PlannedSubject[];
  /** What a person has to let through before anything is written. Default: nothing. */
  readonly brakes?: readonly Brake[];
  /** What it makes, for previews in words. Default: documents. */
  readonly makes?: 'documents' | 'time';
  /** Carries the writes out, and settles each of them in the tally. What needs no call is remembered before. */
  write(desk: WritingDesk): Promise<void>;
}

/** A billing recipe made ready: `read`, `plan`, `write` are its own, the run around them is everybody's. */
export interface BillingJob {
  /** Its name. */
  readonly recipe: string;
  readonly map: AccountMap;
  /** Systems the work is read from. */
  readonly sources: readonly SourceSystem[];
  read(desk: PlanningDesk): Promise<FoundWork>;
}

/** The effects of a billing run. */
export interface BillingPorts {
  readonly target: AccountingTarget;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly key: FingerprintKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly progress: Progress;
  readonly log: Log;
  readonly stop: StopSignal;
  /** API calls sent so far, by system. */
  readonly calls: () => Readonly<Record<string, number>>;
}
