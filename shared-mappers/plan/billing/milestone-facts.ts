import type { AccountMap } from '../../mapping/account-map.ts';
import type { ChartOfAccounts } from '../../model/billing/chart.ts';
import type { HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense, Milestone, Project, TimeLog } from '../../model/billing/project-work.ts';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import type { Instant } from '../../model/instant.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingDecision } from './decision.ts';
import type { InvoiceOptions } from './invoice-options.ts';

/** What a milestone comes to today, as `assignWork` deals it out: each source belongs to one milestone. */
export interface MilestoneWork {
  readonly project: Project;
  readonly milestone: Milestone;
  readonly logs: readonly TimeLog[];
  readonly expenses: readonly Expense[];
}

/** What the ledger and the accounts know about one subject. */
export interface BillingState {
  /** Of the subject's sources and of its documents; any recipe, purpose and state. */
  readonly entries: readonly LedgerEntry[];
  readonly memories: readonly DocumentMemory[];
  /** Looked up by every number of `numbersToLookUp`; a number without a document is one that is not there. */
  readonly held: readonly HeldDocument[];
  readonly decisions: readonly BillingDecision[];
}

/** What all documents of a run share. */
export interface BillingContext {
  readonly scope: string;
  readonly recipe: string;
  readonly map: AccountMap;
  readonly chart: ChartOfAccounts;
  readonly key: FingerprintKey;
  /** The organisation's calendar day. */
  readonly today: CalendarDate;
  readonly now: Instant;
  /** When the work was read, where another step handed it over. Default: in this run. */
  readonly asOf?: Instant;
}

export interface InvoiceContext extends BillingContext {
  readonly options: InvoiceOptions;
}

/** Who is billed: the contact found, or why there is none. */
export type BilledContact = { readonly id: string } | { readonly issue: BillingIssue };
