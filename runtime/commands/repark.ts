import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { LeaseGuard } from '@stackbridge/shared-mappers/sync/lease-guard.ts';
import type { Session } from '../session.ts';

/**
 * Replaces what is parked by what a person says of it. A row never just vanishes: the side of a parked subject that was
 * not written would then be taken to be at its base.
 *
 * @throws StackbridgeError `LEASE_HELD` while a run is under way on the same audience
 */
export async function repark(
  rows: readonly Parked[],
  replacement: (row: Parked) => Parked,
  { store, clock, holder }: Session,
): Promise<void> {
  for (const [scope, some] of Map.groupBy(rows, (row) => row.scope)) {
    const guard = await LeaseGuard.acquire(scope, holder, store, clock);
    try {
      await store.commit(
        guard.lease,
        some.flatMap((row) => replaced(row, replacement(row))),
      );
    } finally {
      await guard.release();
    }
  }
}

function replaced(before: Parked, after: Parked): StoreChange[] {
  const { scope, recipe, subject, kind } = before;
  const park: StoreChange = { kind: 'park', parked: after };
  return kind === after.kind ? [park] : [{ kind: 'unpark', scope, recipe, subject, only: kind }, park];
}
