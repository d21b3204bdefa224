import { ERROR_CODES, type ErrorCode } from '../../../errors/codes.ts';
import type { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import type { HeldDocument, LineSource } from '../../../model/billing/document.ts';
import type { BillingAnswer } from '../../../plan/billing/decision.ts';
import type { PlannedSubject } from '../../billing/billing-job.ts';
import { troublesOf } from '../../billing/remember-billing.ts';
import type { BillingStore } from './billing-store.ts';
import type { DocumentLedger } from './document-ledger.ts';

/** Why somebody has to look at a subject. */
export interface BillingIssueTold {
  readonly kind: 'conflict' | 'failure';
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string;
  /** What an answer has to name. */
  readonly documentNumber?: string;
  readonly answers: readonly BillingAnswer[];
  /** Of the difference: an answer that names it counts for nothing else. */
  readonly key?: string;
  /** What would still have to be billed, or taken back where it is negative; by source. */
  readonly difference: readonly LineSource[];
}

/** What one execution came to for one milestone, expense, invoice or log. */
export interface BillingOutcome {
  /** `stale`: its documents were held against later work already, as only work that was handed over can be. */
  readonly outcome: 'planned' | 'applied' | 'unchanged' | 'stale' | 'excluded' | 'conflict' | 'failed';
  /** Its id. */
  readonly subject: string;
  /** `Website: Design`. */
  readonly title: string;
  /** Why nothing of it is due. */
  readonly because?: string;
  /** What was to be written; absent where nothing was. */
  readonly write?: {
    readonly action: 'create' | 'update' | 'delete';
    readonly written: boolean;
    readonly preview: ReturnType<PlannedSubject['preview']>;
  };
  /** Its documents in the accounts, as they are now; none for time. */
  readonly documents: readonly HeldDocument[];
  readonly issues: readonly BillingIssueTold[];
}

interface Facts {
  readonly store: BillingStore;
  readonly ledger: DocumentLedger;
  /** Nothing was to be written. */
  readonly isPreview: boolean;
  /** What ended the execution before everything was written. */
  readonly stopped: StackbridgeError | undefined;
}

export function billingOutcome(one: PlannedSubject, facts: Facts): BillingOutcome {
  const { subject, plan, because, preview } = one;
  const { store, ledger, isPreview } = facts;
  const written = store.audit.some((entry) => entry.subject === subject.id);
  const issues = issuesOf(one, written, facts);
  const action = plan.write?.action;
  return {
    outcome: verdict(one, issues, isPreview),
    subject: subject.id,
    title: subject.title,
    ...(because === undefined ? {} : { because }),
    ...(action === undefined ? {} : { write: { action, written, preview: preview() } }),
    documents: ledger.documentsOf(subject.id),
    issues,
  };
}

function issuesOf(one: PlannedSubject, written: boolean, facts: Facts): BillingIssueTold[] {
  const { plan, followUps = [], subject } = one;
  const { store, ledger, isPreview, stopped } = facts;
  const told = troublesOf(one).map(({ kind, code, message, documentNumber, key }) => {
    const proposal = plan.proposals.find((asked) => asked.key === key && asked.code === code);
    return {
      ...issueOf(kind, code, message),
      ...(documentNumber === undefined ? {} : { documentNumber }),
      ...(key === undefined ? {} : { key }),
      answers: proposal?.answers ?? [],
      difference: proposal?.difference ?? [],
    };
  });
  if (isPreview) return told;
  const known = new Set(told.map(({ code }) => code));
  const met = store
    .rows(subject.id)
    .filter(({ kind, code }) => kind !== 'terminal' && !known.has(code))
    .map(({ kind, code, message }) => issueOf(kind === 'conflict' ? kind : 'failure', code, message));
  const unwritten = ledger.unwrittenOf(subject.id);
  const isUnreached =
    (plan.write !== undefined && !written) || (plan.write === undefined && followUps.length > 0);
  return [
    ...told,
    ...met,
    ...(unwritten === undefined ? [] : [issueOf('failure', unwritten.code, unwritten.message)]),
    ...(stopped !== undefined && isUnreached && met.length === 0
      ? [issueOf('failure', stopped.code, stopped.message)]
      : []),
  ];
}

function issueOf(kind: BillingIssueTold['kind'], code: ErrorCode, message: string): BillingIssueTold {
  return { kind, code, message, next: ERROR_CODES[code].next, answers: [], difference: [] };
}

function verdict(
  { plan, followUps = [] }: PlannedSubject,
  issues: readonly BillingIssueTold[],
  isPreview: boolean,
): BillingOutcome['outcome'] {
  if (issues.some(({ kind }) => kind === 'failure')) return 'failed';
  if (issues.length > 0) return 'conflict';
  if (plan.outcome === 'excluded' || plan.outcome === 'stale') return plan.outcome;
  if (plan.write === undefined && followUps.length === 0) return 'unchanged';
  return isPreview ? 'planned' : 'applied';
}
