import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { guarded } from './database-error.ts';
import { migrate } from './migrations.ts';

/** Milliseconds a statement waits for another process's commit before the store counts as busy. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the store's database and brings its schema up to date.
 *
 * `synchronous=NORMAL` may lose the last commits on a power cut, never the file: the next run reads them again
 * from both systems, so the faster setting costs nothing but a repeated look. The journal is folded back every 64 MB:
 * a commit of a first sync touches pages all over the file, and the default of 4 MB would fold at every one.
 *
 * @param path a file (created with mode 0600, with its journal beside it) or `:memory:`.
 * @throws StackbridgeError `STORE_UNUSABLE` for a newer schema or a file that is no database.
 */
export function openDatabase(path: string): DatabaseSync {
  return guarded(() => {
    if (path !== ':memory:') ownFile(path);
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -16384;
        PRAGMA wal_autocheckpoint = 16384`);
      migrate(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  });
}

/** SQLite gives the journal files the mode of the database, so it is set before the first of them exists. */
function ownFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** Runs `work` in a write transaction: all of it is kept, or none. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
