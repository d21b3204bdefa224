import type { DocumentPlan } from '../../plan/billing/document-plan.ts';
import { previewOf } from '../../plan/billing/invoice-preview.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { PlannedSubject } from './billing-job.ts';
import type { Customers } from './customers.ts';
import type { DocumentSource } from './document-source.ts';
import type { StateOf } from './ledger-facts.ts';

export interface PlannedDocument extends PlannedSubject {
  readonly subject: DocumentSource;
  readonly plan: DocumentPlan;
}

/** Everything decided about documents before any is written. */
export interface PlannedDocuments {
  readonly planned: readonly PlannedDocument[];
  readonly context: BillingContext;
  readonly customers: Customers;
  readonly stateOf: StateOf;
}

export function plannedDocument(
  subject: DocumentSource,
  plan: DocumentPlan,
  { chart }: BillingContext,
): PlannedDocument {
  const { write } = plan;
  const reasons = new Set(plan.leftOut.map(({ because }) => because));
  const [reason] = reasons.size === 1 ? reasons : [];
  const because = subject.waits ?? reason;
  return {
    subject,
    plan,
    ...(because === undefined ? {} : { because }),
    preview: () =>
      write === undefined ? undefined : previewOf(write.document, chart, subject.party.name ?? ''),
  };
}
