import type { Answer } from '../../simulator.ts';
import { SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import { fromWireDatetime, toWireDatetime } from '../wire-time.ts';
import { type ApiCall, type Endpoint, param } from './endpoint.ts';
import { objectNamed } from './sobject-rows.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;
const MAX_WINDOW_DAYS = 30;

/** Ids of what changed or vanished in a window of time; seconds of the window are ignored. */
export function updatedDeletedEndpoints(org: Org): Endpoint[] {
  const updated = (call: ApiCall): Answer => {
    const { store, from, to } = window(org, call);
    const ids: string[] = [];
    for (const row of store.changedBetween(from, to - 1)) if (!row.IsDeleted) ids.push(row.Id);
    return { status: 200, body: { ids, latestDateCovered: covered(org, to) } };
  };

  const deleted = (call: ApiCall): Answer => {
    const { store, from, to } = window(org, call);
    const deletedRecords: Array<{ id: string; deletedDate: string }> = [];
    for (const row of store.changedBetween(from, to - 1)) {
      if (!row.IsDeleted || org.isPurged(row)) continue;
      deletedRecords.push({ deletedDate: toWireDatetime(row.SystemModstamp), id: row.Id });
    }
    const earliest = org.stamp() - org.settings.recycleBinDays * DAY_MS;
    const body = {
      deletedRecords,
      earliestDateAvailable: toWireDatetime(toMinute(earliest)),
      latestDateCovered: covered(org, to),
    };
    return { status: 200, body };
  };

  return [
    { method: 'GET', path: '/sobjects/:object/updated', operation: 'updated', handle: updated },
    { method: 'GET', path: '/sobjects/:object/deleted', operation: 'deleted', handle: deleted },
  ];
}

function window(org: Org, call: ApiCall) {
  const store = org.store(objectNamed(org, param(call, 'object')).name);
  const from = instant(call, 'start');
  const to = instant(call, 'end');
  if (to <= from) {
    throw new SalesforceError(
      'INVALID_REPLICATION_DATE',
      'end date must be at least one minute greater than the start date',
    );
  }
  if (org.stamp() - from > MAX_WINDOW_DAYS * DAY_MS) {
    throw new SalesforceError('INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
  }
  return { store, from, to };
}

/** Up to where the answer is complete: the present minute is not over yet. */
function covered(org: Org, to: number): string {
  return toWireDatetime(Math.min(to, toMinute(org.stamp())));
}

function instant({ query }: ApiCall, name: string): number {
  // A plus sign that the client did not encode arrives as a blank.
  const ms = fromWireDatetime((query[name] ?? '').replace(' ', '+'));
  if (ms === undefined) {
    throw new SalesforceError('INVALID_REPLICATION_DATE', `${name} date is missing or malformed`);
  }
  return toMinute(ms);
}

function toMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
