import { toLongId } from '@stackbridge/shared-mappers/connectors/salesforce/identity.ts';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { StoreQueries } from '../store/queries.ts';

/** What was written to a person's records on both sides, newest first, asked for by the id of either. */
export async function auditOfRecord(
  typed: string,
  limit: number,
  store: Pick<StoreQueries, 'audit'>,
): Promise<AuditEntry[]> {
  const id = toLongId(typed) ?? typed;
  const own = await store.audit({ recordId: id, limit });
  // Entries name the person by the member's id: through it the other side's entries are found.
  const subjects = new Set([id, ...own.map(({ subject }) => subject)]);
  const theirs = await Promise.all([...subjects].map((subject) => store.audit({ subject, limit })));
  const byId = new Map([...own, ...theirs.flat()].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}
