import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Decision, Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import type { SqliteStore } from 'stackbridge/store/sqlite-store.ts';
import { memo, NOW, openLeasedStore, SCOPE } from './stored-records.ts';

let store: SqliteStore;
let lease: Lease;
beforeEach(async () => {
  ({ store, lease } = await openLeasedStore());
});
afterEach(() => store[Symbol.dispose]());

const commit = (...changes: readonly StoreChange[]): Promise<void> => store.commit(lease, changes);

describe('leases', () => {
  test('a held scope names its holder and until when; another scope is free', async () => {
    const other = await store.acquireLease('other', 'b', NOW, 1_000);

    expect(await store.acquireLease(SCOPE, 'b', NOW + 59_999, 1_000)).toEqual({
      heldBy: 'test',
      until: NOW + 60_000,
    });
    expect(other).toEqual({ lease: { scope: 'other', token: 1 } });
    expect(await store.leaseHolder(SCOPE, NOW)).toEqual({ heldBy: 'test', until: NOW + 60_000 });
  });

  test('an expired lease still commits until somebody takes over, then never again', async () => {
    await store.commit(lease, [memo('first')]);
    const next = await store.acquireLease(SCOPE, 'b', NOW + 60_000, 1_000);

    expect(next).toEqual({ lease: { scope: SCOPE, token: lease.token + 1 } });
    await expect(store.commit(lease, [memo('late')])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await store.renewLease(lease, NOW + 60_000, 1_000)).toBe(false);
    expect([await store.memo('first'), await store.memo('late')]).toEqual([{ kept: true }, undefined]);
  });

  test('a renewed lease keeps others out for longer', async () => {
    expect(await store.renewLease(lease, NOW + 50_000, 60_000)).toBe(true);

    expect(await store.acquireLease(SCOPE, 'b', NOW + 100_000, 1_000)).toEqual({
      heldBy: 'test',
      until: NOW + 110_000,
    });
  });

  test('a released lease is free at once, and commits no more', async () => {
    await store.releaseLease(lease);

    await expect(store.commit(lease, [])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await store.leaseHolder(SCOPE, NOW)).toBeUndefined();
    expect(await store.acquireLease(SCOPE, 'b', NOW, 1_000)).toEqual({ lease: { scope: SCOPE, token: 2 } });
  });

  test('a late release does not free the scope of its new holder', async () => {
    await store.acquireLease(SCOPE, 'b', NOW + 60_000, 1_000);
    await store.releaseLease(lease);

    expect(await store.leaseHolder(SCOPE, NOW + 60_000)).toMatchObject({ heldBy: 'b' });
  });
});

test('a commit that fails in its last change keeps none of the others', async () => {
  const unwritable: StoreChange = { kind: 'watermark', recipe: 'r', side: 'left', at: Number.NaN };

  await expect(store.commit(lease, [memo('early'), unwritable])).rejects.toThrow(/NOT NULL/);

  expect(await store.memo('early')).toBeUndefined();
  await store.commit(lease, [memo('next')]);
  expect(await store.memo('next')).toEqual({ kept: true });
});

test('an intent stays until it is settled', async () => {
  const intent = { scope: SCOPE, side: 'right', sourceId: 'L1', batchId: 'b1', at: NOW } as const;
  await commit({ kind: 'intent', intent }, { kind: 'intent', intent: { ...intent, side: 'left' } });
  await commit({ kind: 'settle-intent', scope: SCOPE, side: 'left', sourceId: 'L1' });

  expect(await store.intents(SCOPE)).toEqual([intent]);
  expect(await store.intents('elsewhere')).toEqual([]);
});

test('watermarks and memos are kept by name and replaced', async () => {
  await commit(
    { kind: 'watermark', recipe: 'contacts', side: 'left', at: 1 },
    { kind: 'watermark', recipe: 'contacts', side: 'left', at: NOW },
    { kind: 'memo', name: 'schema', value: { old: 1 } },
    { kind: 'memo', name: 'schema', value: { fields: [{ name: 'Größe', length: null }] } },
  );

  expect(await store.watermark('contacts', 'left')).toBe(NOW);
  expect(await store.watermark('contacts', 'right')).toBeUndefined();
  expect(await store.memo('schema')).toEqual({ fields: [{ name: 'Größe', length: null }] });
  expect(await store.memo('none')).toBeUndefined();
});

test('the last decision on a field counts until a run has obeyed it or the person withdraws it', async () => {
  const first: Decision = { scope: SCOPE, subject: 's1', field: 'A', take: { side: 'left' }, at: NOW };
  const typed: Decision = { ...first, take: { value: '' }, at: NOW + 1 };
  const other: Decision = { ...first, subject: 's2', field: 'B' };
  for (const decision of [first, typed, other]) await store.decide(decision);

  expect(await store.decisions(SCOPE)).toEqual([typed, other]);
  expect(await store.decisions(SCOPE, ['s2', 's9'])).toEqual([other]);

  await commit({ kind: 'settle-decision', scope: SCOPE, subject: 's1', field: 'A' });
  expect(await store.decisions(SCOPE)).toEqual([other]);
  await store.withdrawDecision(other);
  expect(await store.decisions(SCOPE)).toEqual([]);
});
