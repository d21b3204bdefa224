import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import type { SqliteStore } from 'stackbridge/store/sqlite-store.ts';
import { NOW, openLeasedStore, parked, SCOPE } from './stored-records.ts';

let store: SqliteStore;
let lease: Lease;
beforeEach(async () => {
  ({ store, lease } = await openLeasedStore());
});
afterEach(() => store[Symbol.dispose]());

const commit = (...changes: readonly StoreChange[]): Promise<void> => store.commit(lease, changes);

describe('what is parked', () => {
  const failure = parked({ kind: 'failure', subject: 's1', firstAt: 1, retryAt: NOW + 10, rightId: 'R1' });
  const conflict = parked({ kind: 'conflict', subject: 's1', firstAt: 2, fields: ['FirstName ↔ FNAME'] });
  const terminal = parked({ kind: 'terminal', subject: 's2', firstAt: 3, recipe: 'leads' });
  beforeEach(() =>
    commit(...[failure, conflict, terminal].map((it): StoreChange => ({ kind: 'park', parked: it }))),
  );

  test('is listed by recipe, kind, subject and due time, oldest first', async () => {
    expect(await store.parked({})).toEqual([failure, conflict, terminal]);
    expect(await store.parked({ recipe: 'leads' })).toEqual([terminal]);
    expect(await store.parked({ kind: 'conflict', subject: 's1' })).toEqual([conflict]);
    expect(await store.parked({ dueAt: NOW + 9 })).toEqual([]);
    expect(await store.parked({ dueAt: NOW + 10 })).toEqual([failure]);
    expect(await store.countParked()).toEqual({ conflict: 1, failure: 1, terminal: 1 });
    expect(await store.countParked('leads')).toEqual({ conflict: 0, failure: 0, terminal: 1 });
  });

  test('is replaced by the same subject and kind', async () => {
    const again = { ...failure, attempts: 2, message: 'still' };
    await commit({ kind: 'park', parked: again });

    expect(await store.parked({ kind: 'failure' })).toEqual([again]);
  });

  test('is dropped one kind at a time or whole', async () => {
    await commit({ kind: 'unpark', scope: SCOPE, recipe: 'contacts', subject: 's1', only: 'conflict' });
    expect(await store.parked({})).toEqual([failure, terminal]);

    await commit({ kind: 'unpark', scope: SCOPE, recipe: 'contacts', subject: 's1' });
    expect(await store.parked({})).toEqual([terminal]);
  });

  test('can be discarded by a person', async () => {
    expect(await store.discardParked(failure)).toBe(1);
    expect(await store.discardParked(failure)).toBe(0);
    expect(await store.parked({})).toEqual([conflict, terminal]);
  });

  test('is due at once when a person says so, failures only', async () => {
    expect(await store.retryNow({ subject: 's1' }, NOW)).toBe(1);

    expect(await store.parked({ dueAt: NOW })).toEqual([{ ...failure, retryAt: NOW }]);
  });
});
