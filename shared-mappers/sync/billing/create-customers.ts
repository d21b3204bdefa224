import type { StoreChange } from '../../ports/store.ts';
import { parkSubject } from './park-billing.ts';
import type { PlannedSubject } from './plan-billing.ts';
import type { WritingDesk } from './write-documents.ts';

/**
 * Creates the contacts that documents are about to name, and plans those documents once more with the ids they got.
 * Returns what is to be written; a document whose contact was refused is parked.
 */
export async function createCustomers(desk: WritingDesk): Promise<PlannedSubject[]> {
  const { planned, ports, tally, parked, guard, writes } = desk;
  const { customers, context, stateOf } = planned;
  const writing = planned.planned.filter(({ plan }) => plan.write !== undefined);
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

  const ready: PlannedSubject[] = [];
  const changes: StoreChange[] = [];
  for (const one of writing) {
    const { subject } = one;
    const { contact, create } = customers.of(subject.party);
    const refusal = create === undefined ? undefined : refusals.get(`${create.number}\u0000${create.name}`);
    if (refusal === undefined || refusal.outcome === 'written') {
      ready.push({ subject, plan: subject.plan(contact, stateOf(subject), context) });
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
