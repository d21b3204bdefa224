import type { DocumentPlan } from '../../plan/billing/document-plan.ts';
import type { FollowUp } from '../../plan/billing/follow-ups.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import type { Party } from '../../plan/billing/match-contact.ts';
import type { BilledContact, BillingContext, BillingState } from '../../plan/billing/milestone-facts.ts';
import type { DocumentPlace } from '../../ports/ledger.ts';
import type { BillingSubject, SourceRef } from './billing-job.ts';

/** One thing that documents are made of: a milestone, an expense, an invoice of the books. */
export interface DocumentSource extends BillingSubject, DocumentPlace {
  readonly party: Party;
  /** Of the project tool, where work may move to another subject of the same project. */
  readonly projectId?: string;
  /** What it comes to today, due or not. */
  readonly sources: readonly SourceRef[];
  /** What the account map has to know for it, beside the needs of the whole work. Default: nothing. */
  readonly needs?: MapNeeds;
  /**
   * Reads the rest, where it is only listed: asked for where it is looked at, since that costs a call. Undefined where it
   * is gone.
   */
  readonly whole?: () => Promise<DocumentSource | undefined>;
  /** It is in no listing any more: only its documents are left. Default: false. */
  readonly isGone?: boolean;
  /** Why no first document is made of it yet: it is then looked up only where one is remembered. */
  readonly waits?: string;
  /** A file that belongs on its document. */
  readonly receipt?: Receipt;
  /** The customer whom its lines are to be charged to from the accounts. */
  readonly rebillTo?: Party;
  /** All that its plan depends on besides ledger, accounts and map, as text; absent: it is looked at in every run. */
  readonly work?: () => string;
  plan(contact: BilledContact, state: BillingState, context: BillingContext): DocumentPlan;
  /** What belongs to its document once that stands. @param customer contact of `rebillTo` */
  followUps?(
    customer: BilledContact,
    plan: DocumentPlan,
    state: BillingState,
    context: BillingContext,
  ): readonly FollowUp[];
}

export interface Receipt {
  readonly fileName: string;
  /** Undefined where it is gone. */
  load(): Promise<{ readonly contentType: string; readonly base64: string } | undefined>;
}
