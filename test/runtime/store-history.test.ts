import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import type { SqliteStore } from 'stackbridge/store/sqlite-store.ts';
import { audit, entry, link, NOW, openLeasedStore, run, SCOPE } from './stored-records.ts';

let store: SqliteStore;
let lease: Lease;
beforeEach(async () => {
  ({ store, lease } = await openLeasedStore());
});
afterEach(() => store[Symbol.dispose]());

const commit = (...changes: readonly StoreChange[]): Promise<void> => store.commit(lease, changes);

describe('the audit', () => {
  const first = [entry('01', 'R1', 'FNAME', { before: 'a', after: 'b' }), entry('02', 'R1', 'LNAME', {})];
  const second = [entry('03', 'L1', 'Phone', { after: '' })];
  const later = [entry('04', 'R1', 'FNAME', { before: 'b', after: 'c' })].map((it) => ({
    ...it,
    runId: 'run2',
    at: NOW + 1_000,
  }));
  const [one, two, three, four] = [...first, ...second, ...later];
  beforeEach(async () => {
    await commit(...[...first, ...second].map(audit));
    await commit(...later.map(audit));
  });

  test('tells what was written to a record, newest first', async () => {
    expect(await store.audit({ recordId: 'R1' })).toEqual([four, two, one]);
    expect(await store.audit({ subject: 'subject' })).toEqual([four, three, two, one]);
    expect(await store.audit({ runId: 'run1', recipe: 'contacts' })).toEqual([three, two, one]);
    expect(await store.audit({ recipe: 'leads' })).toEqual([]);
  });

  test('is paged by the id of the last entry seen, a write at a time', async () => {
    expect(await store.audit({ limit: 1 })).toEqual([four]);
    expect(await store.audit({ limit: 1, before: '04' })).toEqual([three]);
    expect(await store.audit({ limit: 1, before: '03' })).toEqual([two, one]);
    expect(await store.audit({ limit: 1, before: '02' })).toEqual([one]);
  });

  test('finds one entry by its id', async () => {
    expect(await store.auditEntry('02')).toEqual(two);
    expect(await store.auditEntry('025')).toBeUndefined();
  });

  test('and the runs are pruned by age; the sync state stays', async () => {
    await store.saveRun(run('run1', NOW));
    await store.saveRun(run('run2', NOW + 1_000));
    await commit(link('L1', 'R1'));

    expect(await store.prune(NOW + 1_000)).toEqual({ auditedWrites: 2, runs: 1 });
    expect(await store.audit({})).toEqual([four]);
    expect((await store.runs({})).map(({ runId }) => runId)).toEqual(['run2']);
    expect(await store.countLinks(SCOPE)).toBe(1);
  });
});

test('runs are listed newest first and found by id', async () => {
  const [old, leads, latest] = [
    run('a', NOW),
    { ...run('b', NOW + 1), recipe: 'leads' },
    { ...run('c', NOW + 2), stoppedBy: 'BRAKE_DELETES' },
  ];
  for (const it of [old, leads, latest]) await store.saveRun(it);

  expect(await store.runs({})).toEqual([latest, leads, old]);
  expect(await store.runs({ recipe: 'contacts', limit: 1 })).toEqual([latest]);
  expect(await store.run('b')).toEqual(leads);
  expect(await store.run('z')).toBeUndefined();
});
