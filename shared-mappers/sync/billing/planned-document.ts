import type { DocumentPlan } from '../../plan/billing/document-plan.ts';
import type { FollowUp } from '../../plan/billing/follow-ups.ts';
import { historyNote } from '../../plan/billing/history-note.ts';
import { previewOf } from '../../plan/billing/invoice-preview.ts';
import type { Party } from '../../plan/billing/match-contact.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { PlannedSubject } from './billing-job.ts';
import type { Customers } from './customers.ts';
import type { DocumentSource } from './document-source.ts';
import type { StateOf } from './ledger-facts.ts';

export interface PlannedDocument extends PlannedSubject {
  readonly subject: DocumentSource;
  readonly plan: DocumentPlan;
  readonly followUps: readonly FollowUp[];
}

/** What documents are planned from. */
export interface DocumentFacts {
  readonly context: BillingContext;
  readonly customers: Customers;
  readonly stateOf: StateOf;
  /** What is written is noted in its history. */
  readonly historyNotes: boolean;
}

/** Everything decided about documents before any is written. */
export interface PlannedDocuments extends DocumentFacts {
  readonly planned: readonly PlannedDocument[];
}

const NOBODY: Party = { id: undefined, name: undefined };

export function plannedDocument(
  subject: DocumentSource,
  { customers, stateOf, context, historyNotes }: DocumentFacts,
): PlannedDocument {
  const { party, rebillTo = NOBODY } = subject;
  const state = stateOf(subject);
  const plan = subject.plan(customers.of(party).contact, state, context);
  const customer = customers.of(rebillTo).contact;
  const followUps = [
    ...(subject.followUps?.(customer, plan, state, context) ?? []),
    ...(historyNotes ? historyNote(plan, subject.title, context.recipe) : []),
  ];
  const { write } = plan;
  const reasons = new Set(plan.leftOut.map(({ because }) => because));
  const [reason] = reasons.size === 1 ? reasons : [];
  const because = subject.waits ?? reason;
  return {
    subject,
    plan,
    followUps,
    ...(because === undefined ? {} : { because }),
    preview: () =>
      write === undefined ? undefined : previewOf(write.document, context.chart, party.name ?? ''),
  };
}
