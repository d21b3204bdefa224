import type { DatabaseSync } from 'node:sqlite';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Lease, LeaseAnswer } from '@stackbridge/shared-mappers/ports/store.ts';
import { integer, optionalText } from './row.ts';

/**
 * One holder a scope. A row outlives its lease, so tokens only ever rise; an expired lease stays good until
 * somebody else takes the scope, and from then on its token is refused.
 */
export interface Leases {
  acquire(scope: string, holder: string, now: Instant, ttlMs: number): LeaseAnswer;
  renew(lease: Lease, now: Instant, ttlMs: number): boolean;
  release(lease: Lease): void;
  /** Throws `LEASE_LOST` unless the lease is the newest and unreleased. Called inside the commit's transaction. */
  require(lease: Lease): void;
  /** Who holds the scope at this moment. */
  holder(scope: string, now: Instant): { readonly heldBy: string; readonly until: Instant } | undefined;
}

export function leaseTable(database: DatabaseSync): Leases {
  const read = database.prepare('SELECT token, holder, until FROM leases WHERE scope = ?');
  const take = database.prepare(
    'INSERT OR REPLACE INTO leases (scope, token, holder, until) VALUES (?, ?, ?, ?)',
  );
  const extend = database.prepare(
    'UPDATE leases SET until = ? WHERE scope = ? AND token = ? AND holder IS NOT NULL',
  );
  const release = database.prepare(
    'UPDATE leases SET holder = NULL, until = 0 WHERE scope = ? AND token = ?',
  );
  const held = database.prepare(
    'SELECT 1 AS held FROM leases WHERE scope = ? AND token = ? AND holder IS NOT NULL',
  );

  const holder: Leases['holder'] = (scope, now) => {
    const row = read.get(scope);
    if (row === undefined) return undefined;
    const heldBy = optionalText(row, 'holder');
    const until = integer(row, 'until');
    return heldBy === undefined || until <= now ? undefined : { heldBy, until };
  };

  return {
    acquire(scope, name, now, ttlMs) {
      const current = holder(scope, now);
      if (current !== undefined) return current;
      const former = read.get(scope);
      const token = former === undefined ? 1 : integer(former, 'token') + 1;
      take.run(scope, token, name, now + ttlMs);
      return { lease: { scope, token } };
    },
    renew: (lease, now, ttlMs) => extend.run(now + ttlMs, lease.scope, lease.token).changes === 1,
    release(lease) {
      release.run(lease.scope, lease.token);
    },
    require(lease) {
      if (held.get(lease.scope, lease.token) === undefined)
        throw new StackbridgeError('LEASE_LOST', `Another run has taken over "${lease.scope}"`);
    },
    holder,
  };
}
