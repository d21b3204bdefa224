import type { LedgerChange } from '../../model/billing/ledger.ts';
import type { StoreChange } from '../../ports/store.ts';
import { parkSubject, type Trouble } from './park-billing.ts';
import type { PlannedSubject } from './plan-billing.ts';
import type { WritingDesk } from './write-documents.ts';

/**
 * Keeps what the plan settles without a call: documents found again, freed lines, proposals and faults for people to
 * see. Decisions that a document carries out wait for its intent.
 */
export async function rememberBilling(desk: WritingDesk): Promise<void> {
  const { planned, ports, guard, parked } = desk;
  const ledger: LedgerChange[] = planned.planned.flatMap(({ plan }) => plan.remember);
  if (ledger.length > 0) {
    await guard.hold();
    await ports.ledger.commitLedger(guard.lease, ledger);
  }
  const changes: StoreChange[] = [];
  for (const one of planned.planned) {
    if (one.plan.write === undefined) {
      changes.push(...settledDecisions(one, planned.context.scope));
      const { subject } = one;
      changes.push(...parkSubject(subject, troublesOf(one), parked.get(subject.id) ?? [], planned.context));
    }
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
