import type { ErrorCode } from '../../errors/codes.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange } from '../../model/billing/ledger.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingAnswer } from './decision.ts';

/** What a person is asked about an entry or a timesheet that is not ours to write. */
export type TimeConflict = Extract<
  ErrorCode,
  | 'TIME_ENTRY_CLOSED'
  | 'TIME_ENTRY_CHANGED'
  | 'TIME_ENTRY_GONE'
  | 'TIMESHEET_CLOSED'
  | 'TIMESHEET_CHANGED'
  | 'TIMESHEET_GONE'
>;

/** A difference that only a person may carry over. Parked as a conflict under its number. */
export interface TimeProposal {
  /** `ZT-<log>` or `ZPAY-<employee>-<first day>`. */
  readonly documentNumber: string;
  readonly code: TimeConflict;
  readonly message: string;
  /** Keyed fingerprint of what is wanted: an answer counts for that only. */
  readonly key: string;
  /** What would still have to be entered, or taken back; by log. */
  readonly difference: readonly LineSource[];
  readonly answers: readonly BillingAnswer[];
}

/** The ledger's part in a write. */
export interface LedgerPart {
  /** To commit before it is sent: the logs are taken from then on. */
  readonly intent: readonly LedgerChange[];
  /** To commit once it is answered, with what is then remembered of it. */
  readonly confirmation: readonly LedgerChange[];
  /** Remembered once it is answered, under the id of what is there; absent where nothing is left there. */
  readonly remembered?: DocumentMemory;
  /** To commit when it is refused. */
  readonly withdrawal: readonly LedgerChange[];
}

/** Everything decided about one time entry or timesheet. */
export interface TimePlan<Write> {
  readonly subject: string;
  /** For people: `Website: Wireframes, 2026-10-05`. */
  readonly title: string;
  readonly outcome: 'create' | 'update' | 'delete' | 'propose' | 'leave' | 'stale' | 'parked' | 'excluded';
  readonly write?: Write & LedgerPart;
  readonly proposals: readonly TimeProposal[];
  readonly issues: readonly BillingIssue[];
  /** Why nothing of it is due, or it is too late; present where it is excluded, deleted or stale. */
  readonly because?: string;
  /** Numbers of the decisions that `remember`, or the write's intent, carries out. */
  readonly decided: readonly string[];
  /** To commit without a call. */
  readonly remember: readonly LedgerChange[];
}

/** What a write has come to. */
export interface Answered {
  /** Of what is there now. */
  readonly id: string;
  /** Its fingerprint, where the accounts may have kept it otherwise than it was sent. */
  readonly print?: string;
}

/** What to commit once a write is answered. */
export function answeredChanges(
  { confirmation, remembered }: LedgerPart,
  { id, print }: Answered,
): LedgerChange[] {
  if (remembered === undefined) return [...confirmation];
  const memory: DocumentMemory = { ...remembered, documentId: id };
  const kept = print === undefined ? memory : { ...memory, fingerprint: print };
  return [...confirmation, { kind: 'document', memory: kept }];
}
