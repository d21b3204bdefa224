import { DatabaseSync } from 'node:sqlite';

/**
 * A database that ends with whoever opened it.
 *
 * SQLite makes the file in its own temporary folder (SQLITE_TMPDIR, TMPDIR, /var/tmp, /tmp) and removes its name at
 * once, so that even a killed process leaves no record behind. One transaction stays open throughout: nothing
 * here survives the run, so no page is written before the cache (32 MB) is full.
 */
export function openScratchDatabase(): DatabaseSync {
  const database = new DatabaseSync('');
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -32768;
    BEGIN`);
  return database;
}
