import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MIGRATIONS, migrate } from 'stackbridge/store/migrations.ts';
import { openStore } from 'stackbridge/store/sqlite-store.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-store-'));
  path = join(folder, 'store.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the store and its journal can be read by their owner only', async () => {
  using store = openStore(path);
  await store.decide({ scope: 's', subject: 'a', field: 'f', take: { value: 'v' }, at: 1 });

  const modes = ['', '-wal', '-shm'].map((suffix) => statSync(path + suffix).mode & 0o777);

  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

test('what one process has committed the next one reads', async () => {
  const decision = { scope: 's', subject: 'a', field: 'f', take: { side: 'left' }, at: 1 } as const;
  {
    using store = openStore(path);
    await store.decide(decision);
  }

  using store = openStore(path);

  expect(await store.decisions('s')).toEqual([decision]);
});

test('two processes on one file share leases and fence each other off', async () => {
  using first = openStore(path);
  using second = openStore(path);
  const mine = await first.acquireLease('s', 'first', 0, 100);
  if (!('lease' in mine)) throw new Error('The lease is held');

  expect(await second.acquireLease('s', 'second', 99, 100)).toEqual({ heldBy: 'first', until: 100 });
  expect(await second.acquireLease('s', 'second', 100, 100)).toEqual({ lease: { scope: 's', token: 2 } });
  await expect(first.commit(mine.lease, [])).rejects.toMatchObject({ code: 'LEASE_LOST' });
});

test('a store that a newer version has changed is refused and left alone', () => {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();

  expect(() => openStore(path)).toThrow(
    expect.objectContaining({
      code: 'STORE_UNUSABLE',
      message: `The store has schema version 99; this version of Stackbridge knows ${MIGRATIONS.length}`,
    }),
  );
});

test('a file that is no database is refused', () => {
  writeFileSync(path, 'a letter to a friend, long enough to be looked at as a database header');

  expect(() => openStore(path)).toThrow(expect.objectContaining({ code: 'STORE_UNUSABLE' }));
});

test('a folder that does not exist is said to be unavailable', () => {
  expect(() => openStore(join(folder, 'none', 'store.sqlite'))).toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  );
});

test('only the missing steps of a migration run, and a failed one changes nothing', () => {
  const database = new DatabaseSync(':memory:');
  const first = 'CREATE TABLE a (x); INSERT INTO a VALUES (1)';
  migrate(database, [first]);

  expect(() => migrate(database, [first, 'INSERT INTO a VALUES (2); SELECT * FROM missing'])).toThrow(
    /missing/,
  );
  migrate(database, [first, 'INSERT INTO a VALUES (3)']);

  expect(
    database
      .prepare('SELECT x FROM a')
      .all()
      .map((row) => row.x),
  ).toEqual([1, 3]);
  database.close();
});
