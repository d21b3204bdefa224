import type { LedgerChange } from '../../model/billing/ledger.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { PlannedSubject, WritingDesk } from './billing-job.ts';
import { parkSubject, type Trouble } from './park-billing.ts';

/**
 * Keeps what the plan settles without a call: documents found again, freed lines, proposals and faults for people to
 * see. Decisions that a write carries out wait for its intent.
 */
export async function rememberBilling(
  planned: readonly PlannedSubject[],
  { context, ports, guard, parked }: WritingDesk,
): Promise<void> {
  const ledger: LedgerChange[] = planned.flatMap(({ plan }) => plan.remember);
  if (ledger.length > 0) {
    await guard.hold();
    await ports.ledger.commitLedger(guard.lease, ledger);
  }
  const changes: StoreChange[] = [];
  for (const one of planned) {
    const { subject, plan, followUps = [] } = one;
    if (plan.write !== undefined) continue;
    changes.push(...settledDecisions(one, context.scope));
    // What is still to be done for a document that stands says itself how it ended.
    if (followUps.length > 0) continue;
    changes.push(...parkSubject(subject, troublesOf(one), parked.get(subject.id) ?? [], context));
  }
  if (changes.length === 0) return;
  await guard.hold();
  await ports.store.commit(guard.lease, changes);
}

/** What a plan leaves to people. */
export function troublesOf({ plan }: PlannedSubject): Trouble[] {
  return [
    ...plan.issues,
    ...plan.proposals.map(({ code, message, documentNumber, key }) => ({
      kind: 'conflict' as const,
      code,
      message,
      documentNumber,
      key,
    })),
  ];
}

/** Answers that have been carried out. */
export function settledDecisions({ subject, plan }: PlannedSubject, scope: string): StoreChange[] {
  return plan.decided.map((field) => ({ kind: 'settle-decision', scope, subject: subject.id, field }));
}
