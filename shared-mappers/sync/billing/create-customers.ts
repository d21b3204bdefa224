import type { StoreChange } from '../../ports/store.ts';
import type { WritingDesk } from './billing-job.ts';
import { parkSubject } from './park-billing.ts';
import { type PlannedDocument, type PlannedDocuments, plannedDocument } from './planned-document.ts';

/**
 * Creates the contacts that documents are about to name, and plans those documents once more with the ids they got.
 * Returns what is to be written; a document whose contact was refused is parked.
 */
export async function createCustomers(
  { planned, customers, context, stateOf }: PlannedDocuments,
  { ports, tally, parked, guard, writes }: WritingDesk,
): Promise<PlannedDocument[]> {
  const writing = planned.filter(({ plan }) => plan.write !== undefined);
  const missing = new Map(
    writing.flatMap(({ subject: { party } }) => {
      const { create } = customers.of(party);
      return create === undefined ? [] : [[`${create.number}\u0000${create.name}`, create] as const];
    }),
  );
  if (missing.size === 0) return writing;

  await guard.hold();
  const wanted = [...missing.values()];
  const results = await ports.target.createContacts(wanted);
  const refusals = new Map<string, (typeof results)[number]>();
  for (const [at, result] of results.entries()) {
    const contact = wanted[at];
    if (contact === undefined) continue;
    if (result.outcome !== 'written') {
      refusals.set(`${contact.number}\u0000${contact.name}`, result);
      continue;
    }
    writes.xero++;
    customers.add({ ...result.contact, number: contact.number, active: true });
  }

  const ready: PlannedDocument[] = [];
  const changes: StoreChange[] = [];
  for (const one of writing) {
    const { subject } = one;
    const { contact, create } = customers.of(subject.party);
    const refusal = create === undefined ? undefined : refusals.get(`${create.number}\u0000${create.name}`);
    if (refusal === undefined || refusal.outcome === 'written') {
      ready.push(plannedDocument(subject, subject.plan(contact, stateOf(subject), context), context));
      continue;
    }
    tally.settle('failed');
    const { code, message } = refusal.error;
    const troubles = [{ kind: 'failure', code, message }] as const;
    changes.push(...parkSubject(subject, troubles, parked.get(subject.id) ?? [], context));
  }
  if (changes.length > 0) await ports.store.commit(guard.lease, changes);
  return ready;
}
