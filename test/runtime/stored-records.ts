import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { openStore, type SqliteStore } from 'stackbridge/store/sqlite-store.ts';

export const NOW = 1_795_000_000_000;
export const SCOPE = 'contacts/newsletter';

/** An empty store whose scope is held. */
export async function openLeasedStore(): Promise<{ readonly store: SqliteStore; readonly lease: Lease }> {
  const store = openStore(':memory:');
  const answer = await store.acquireLease(SCOPE, 'test', NOW, 60_000);
  if (!('lease' in answer)) throw new Error('The lease is held');
  return { store, lease: answer.lease };
}

export function memo(name: string): StoreChange {
  return { kind: 'memo', name, value: { kept: true } };
}

export function audit(item: AuditEntry): StoreChange {
  return { kind: 'audit', entry: item };
}

type Given = Partial<Pick<Link, 'role' | 'tombstone' | 'keyHash'>>;

export function link(
  leftId: string,
  rightId: string,
  given: Given & { readonly base?: Readonly<Record<string, string | null>> } = {},
): Extract<StoreChange, { kind: 'link' }> {
  const { base = {}, ...rest } = given;
  const { base: _, ...pair } = stored(leftId, rightId, rest);
  return { kind: 'link', link: pair, base };
}

export function stored(leftId: string, rightId: string, given: Given = {}): Link {
  return {
    scope: SCOPE,
    leftId,
    leftObject: 'Contact',
    rightId,
    role: 'owner',
    keyHash: `key-${leftId}`,
    base: '',
    ...given,
  };
}

export function parked(given: Partial<Parked> & Pick<Parked, 'kind' | 'subject' | 'firstAt'>): Parked {
  return {
    scope: SCOPE,
    recipe: 'contacts',
    keyHash: 'hash',
    code: 'VALUE_INVALID',
    fields: [],
    message: 'BIRTHDAY: not a date',
    next: 'Correct the value in the record',
    attempts: 1,
    lastAt: NOW,
    ...given,
  };
}

export function entry(
  id: string,
  recordId: string,
  field: string,
  values: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry {
  return {
    id,
    runId: 'run1',
    recipe: 'contacts',
    at: NOW,
    scope: SCOPE,
    subject: 'subject',
    side: 'right',
    recordId,
    action: 'update',
    field,
    reason: 'changed',
    ...values,
  };
}

export function run(runId: string, startedAt: number): RunSummary {
  return {
    runId,
    recipe: 'contacts',
    startedAt,
    finishedAt: startedAt + 5,
    counts: { applied: 1, unchanged: 2, excluded: 3, conflicts: 4, failed: 5 },
    writes: { mailchimp: 1 },
    calls: { salesforce: 2, mailchimp: 1 },
    excluded: { 'no email address': 3 },
  };
}
