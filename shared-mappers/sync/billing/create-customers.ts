import { failure } from '../../plan/billing/billing-issue.ts';
import type { Party } from '../../plan/billing/match-contact.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { WritingDesk } from './billing-job.ts';
import { settleSubject } from './park-billing.ts';
import { type PlannedDocument, type PlannedDocuments, plannedDocument } from './planned-document.ts';
import { troublesOf } from './remember-billing.ts';

/**
 * Creates the contacts that documents are about to name, and plans those documents once more with the ids they got.
 * Returns what is to be carried out; a document whose contact was refused is parked.
 */
export async function createCustomers(
  { planned, ...facts }: PlannedDocuments,
  desk: WritingDesk,
): Promise<PlannedDocument[]> {
  const { ports, guard, writes } = desk;
  const { customers } = facts;
  const busy = planned.filter(({ plan, followUps }) => plan.write !== undefined || followUps.length > 0);
  const missing = new Map(
    busy.flatMap(partiesOf).flatMap((party) => {
      const { create } = customers.of(party);
      return create === undefined ? [] : [[`${create.number}\u0000${create.name}`, create] as const];
    }),
  );
  if (missing.size === 0) return busy;

  await guard.hold();
  const wanted = [...missing.values()];
  const results = await ports.target.createContacts(wanted);
  for (const [at, result] of results.entries()) {
    const contact = wanted[at];
    if (contact === undefined) continue;
    if (result.outcome === 'written') {
      writes.xero++;
      customers.add({ ...result.contact, number: contact.number, active: true });
    } else customers.refuse(contact, failure(result.error.code, result.error.message));
  }

  const ready: PlannedDocument[] = [];
  const changes: StoreChange[] = [];
  for (const { subject } of busy) {
    const again = plannedDocument(subject, facts);
    if (again.plan.write !== undefined || again.followUps.length > 0) {
      ready.push(again);
      continue;
    }
    changes.push(...settleSubject(subject, troublesOf(again), desk));
  }
  if (changes.length > 0) await ports.store.commit(guard.lease, changes);
  return ready;
}

function partiesOf({ subject: { party, rebillTo }, plan, followUps }: PlannedDocument): Party[] {
  const rebills = rebillTo !== undefined && followUps.some(({ kind }) => kind === 'rebill');
  return [...(plan.write === undefined ? [] : [party]), ...(rebills ? [rebillTo] : [])];
}
