import type { StoreChange } from '../../ports/store.ts';
import type { PlannedSubject, WritingDesk } from './billing-job.ts';
import { parkSubject } from './park-billing.ts';
import { troublesOf } from './remember-billing.ts';

/** Parks what was to be written and cannot be after all, since something it needs was refused. */
export async function settleParked(
  planned: readonly PlannedSubject[],
  { ports, guard, context, tally, parked }: WritingDesk,
): Promise<void> {
  if (planned.length === 0) return;
  const changes = planned.flatMap((one): StoreChange[] => {
    tally.settle('failed');
    return parkSubject(one.subject, troublesOf(one), parked.get(one.subject.id) ?? [], context);
  });
  await guard.hold();
  await ports.store.commit(guard.lease, changes);
}
