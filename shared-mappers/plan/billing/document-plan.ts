import type { ErrorCode } from '../../errors/codes.ts';
import type { DesiredDocument, LineSource } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingAnswer } from './decision.ts';

/** The one write that a subject asks for. */
export type DocumentAction =
  | { readonly action: 'create'; readonly document: DesiredDocument }
  | { readonly action: 'update'; readonly id: string; readonly document: DesiredDocument };

/** A write with the ledger's part in it. */
export type PlannedWrite = DocumentAction & {
  /** To commit before the document is sent. */
  readonly intent: readonly LedgerChange[];
  /** To commit when the accounts refuse it: as if it had never been sent. */
  readonly withdrawal: readonly LedgerChange[];
  /** The document's memory while the answer is out. */
  readonly memory: DocumentMemory;
  /** Its entries as intended, and those that stood before. */
  readonly intended: readonly LedgerEntry[];
  readonly rows: readonly LedgerEntry[];
};

/** A difference that only a person may carry over. Parked as a conflict under its document's number. */
export interface Proposal {
  readonly documentNumber: string;
  readonly code: Extract<
    ErrorCode,
    | 'DOCUMENT_CLOSED'
    | 'DOCUMENT_CHANGED_BY_PERSON'
    | 'DOCUMENT_VOIDED'
    | 'DOCUMENT_EMPTY'
    | 'DOCUMENT_UNKNOWN'
    | 'EXPENSE_CHARGED'
    | 'LINK_NOT_DUE'
  >;
  readonly message: string;
  /** Keyed fingerprint of the difference. */
  readonly key: string;
  /** What would still have to be billed, or taken back; by source. */
  readonly difference: readonly LineSource[];
  readonly answers: readonly BillingAnswer[];
}

/** A source that is not billed, and why, in the words of the recipe. */
export interface LeftOut {
  readonly kind: LineSource['kind'];
  readonly id: string;
  readonly because: string;
}

/**
 * Everything decided about one subject before anything is written. `leave`: what stands in the accounts is right.
 * `stale`: it was read before the work that stands there. `propose`: a person decides. `parked`: something is to be
 * mended first. `excluded`: nothing of it is due.
 */
export interface DocumentPlan {
  readonly subject: string;
  readonly outcome: 'create' | 'update' | 'propose' | 'leave' | 'stale' | 'parked' | 'excluded';
  readonly write?: PlannedWrite;
  readonly proposals: readonly Proposal[];
  readonly issues: readonly BillingIssue[];
  /** To commit without any call: documents found again after a crash, lines freed on approval. */
  readonly remember: readonly LedgerChange[];
  /** Numbers of the decisions that this plan carries out: settled once `remember` and the write's intent are kept. */
  readonly decided: readonly string[];
  readonly leftOut: readonly LeftOut[];
}
