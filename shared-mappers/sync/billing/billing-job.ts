import type { AccountMap } from '../../mapping/account-map.ts';
import type { DocumentKind, LineSource } from '../../model/billing/document.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import type { DocumentPlan, LeftOut } from '../../plan/billing/document-plan.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import type { Party } from '../../plan/billing/match-contact.ts';
import type { BilledContact, BillingContext, BillingState } from '../../plan/billing/milestone-facts.ts';
import type { AccountingTarget } from '../../ports/accounting-target.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Random } from '../../ports/random.ts';
import type { StopSignal } from '../../ports/stop-signal.ts';
import type { Store } from '../../ports/store.ts';

export type SourceRef = Pick<LineSource, 'kind' | 'id'>;

/** One thing that documents are made of: a milestone, an expense, an invoice of the books. */
export interface BillingSubject {
  readonly id: string;
  /** `Website: Design`, for people. */
  readonly title: string;
  readonly kind: DocumentKind;
  /** Number of its first document. */
  readonly firstNumber: string;
  readonly party: Party;
  /** What it comes to today, due or not. */
  readonly sources: readonly SourceRef[];
  /** Why no first document is made of it yet: it is then looked up only where one is remembered. */
  readonly waits?: string;
  plan(contact: BilledContact, state: BillingState, context: BillingContext): DocumentPlan;
}

/** What there is to bill, as it stands today. */
export interface FoundWork {
  readonly subjects: readonly BillingSubject[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
  /** Of the sources of all subjects; any recipe, purpose and state. */
  readonly entries: readonly LedgerEntry[];
  /** What the account map has to know for it. */
  readonly needs: MapNeeds;
}

/** A billing recipe made ready. */
export interface BillingJob {
  /** Its name. */
  readonly recipe: string;
  readonly map: AccountMap;
  /** A customer that the accounts do not have may be created there. */
  readonly createsContacts: boolean;
  /** Systems the work is read from. */
  readonly sources: readonly ('zoho-projects' | 'zoho-books')[];
  /** @param entriesOf what the ledger knows of sources. @param today the organisation's day */
  read(
    entriesOf: (sources: readonly SourceRef[]) => Promise<readonly LedgerEntry[]>,
    today: CalendarDate,
  ): Promise<FoundWork>;
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
