import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import type { SqliteStore } from 'stackbridge/store/sqlite-store.ts';
import { link, NOW, openLeasedStore, SCOPE, stored } from './stored-records.ts';

let store: SqliteStore;
let lease: Lease;
beforeEach(async () => {
  ({ store, lease } = await openLeasedStore());
});
afterEach(() => store[Symbol.dispose]());

const commit = (...changes: readonly StoreChange[]): Promise<void> => store.commit(lease, changes);
const allLinks = (): Promise<Link[]> => store.links(SCOPE, undefined, 100);

describe('links', () => {
  test('entries are merged into the stored base and null removes one', async () => {
    await commit(link('L1', 'R1', { base: { a: '1', b: '2' } }));
    await commit(link('L1', 'R1', { base: { b: null, c: '3' }, keyHash: 'moved' }));

    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([
      { ...stored('L1', 'R1'), base: 'a:1;c:3', keyHash: 'moved' },
    ]);
  });

  test('a link to another right record starts without a base', async () => {
    await commit(link('L1', 'R1', { base: { a: '1' } }), link('L1', 'R2', { base: { b: '2' } }));

    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([{ ...stored('L1', 'R2'), base: 'b:2' }]);
    expect(await store.linksByRight(SCOPE, ['R1'])).toEqual([]);
  });

  test('links are found by either id and by key, in their own scope only', async () => {
    await commit(link('L1', 'R1'), link('L2', 'R1', { role: 'follower' }), link('L3', 'R3'));
    await commit({ ...link('L1', 'R9'), link: { ...link('L1', 'R9').link, scope: 'elsewhere' } });

    const [owner, follower, third] = [
      stored('L1', 'R1'),
      stored('L2', 'R1', { role: 'follower' }),
      stored('L3', 'R3'),
    ];
    expect(await store.linksByLeft(SCOPE, ['L3', 'L1', 'none'])).toEqual([third, owner]);
    expect(await store.linksByRight(SCOPE, ['R1', 'R9'])).toEqual([owner, follower]);
    expect(await store.linksByKey(SCOPE, ['key-L3'])).toEqual([third]);
    expect(await store.countLinks(SCOPE)).toBe(2);
  });

  test('2,000 ids are looked up at once', async () => {
    const ids = Array.from({ length: 2_000 }, (_, i) => `L${String(i).padStart(4, '0')}`);
    await commit(...ids.map((id) => link(id, `R${id}`)));

    expect((await store.linksByLeft(SCOPE, ids)).map(({ leftId }) => leftId)).toEqual(ids);
  });

  test('all links are paged in the order of the left id', async () => {
    await commit(link('c', 'R3'), link('a', 'R1'), link('b', 'R2'));

    expect(await store.links(SCOPE, undefined, 2)).toEqual([stored('a', 'R1'), stored('b', 'R2')]);
    expect(await store.links(SCOPE, 'b', 2)).toEqual([stored('c', 'R3')]);
  });

  test('a tombstone lies on every link of the right record until a link is written anew', async () => {
    const tombstone = { side: 'right', why: 'forgotten', at: NOW } as const;
    await commit(link('L1', 'R1'), link('L2', 'R1', { role: 'follower' }), link('L3', 'R3'));
    await commit({ kind: 'tombstone', scope: SCOPE, rightId: 'R1', tombstone });

    expect(await store.linksByRight(SCOPE, ['R1'])).toEqual([
      stored('L1', 'R1', { tombstone }),
      stored('L2', 'R1', { role: 'follower', tombstone }),
    ]);
    expect(await store.countLinks(SCOPE)).toBe(1);

    await commit(link('L1', 'R1'));
    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([stored('L1', 'R1')]);
  });

  test('an unlinked pair is forgotten', async () => {
    await commit(link('L1', 'R1'), { kind: 'unlink', scope: SCOPE, leftId: 'L1' });

    expect(await store.links(SCOPE, undefined, 9)).toEqual([]);
  });
});

describe('a link of a merged or converted record', () => {
  const repoint: StoreChange = {
    kind: 'repoint',
    scope: SCOPE,
    fromLeftId: 'lead',
    toLeftId: 'contact',
    toLeftObject: 'Contact',
  };
  const followed = { leftId: 'contact', leftObject: 'Contact', keyHash: 'key-lead', base: 'a:1' };

  test('goes on with its successor, base and all', async () => {
    await commit(link('lead', 'R1', { base: { a: '1' } }), repoint);

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test("replaces the successor's link as follower of the same member", async () => {
    await commit(
      link('lead', 'R1', { base: { a: '1' } }),
      link('contact', 'R1', { role: 'follower' }),
      repoint,
    );

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test('gives way to the successor that owns the same member', async () => {
    await commit(link('lead', 'R1', { role: 'follower' }), link('contact', 'R1'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R1')]);
  });

  test('gives way to the successor that has a member of its own', async () => {
    await commit(link('lead', 'R1'), link('contact', 'R2'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R2')]);
  });

  test("replaces the successor's link to a member that is gone", async () => {
    const tombstone = { side: 'right', why: 'archived', at: NOW } as const;
    await commit(link('lead', 'R1', { base: { a: '1' } }), link('contact', 'R2', { tombstone }), repoint);

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test('asks nothing of a record that has no link', async () => {
    await commit(link('contact', 'R2'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R2')]);
  });
});
