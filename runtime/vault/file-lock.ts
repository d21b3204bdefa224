import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';

const SQLITE_BUSY = 5;
const LOOK_AGAIN_MS = 40;

/**
 * Runs `work` while no other process, and nobody else in this one, runs work under the same path. The lock is one that
 * SQLite holds on an empty database: the operating system drops it with its process, however that ends.
 *
 * @param path of the lock file; nothing but this function may open it
 * @param patienceMs how long to wait for the others
 * @throws StackbridgeError `LEASE_HELD` after that
 */
export async function runAlone<Result>(
  path: string,
  patienceMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    for (let waitedMs = 0; !isTaken(database); waitedMs += LOOK_AGAIN_MS) {
      if (waitedMs >= patienceMs)
        throw new StackbridgeError('LEASE_HELD', `Another process has not finished its work under ${path}`);
      await sleep(LOOK_AGAIN_MS);
    }
    return await work();
  } finally {
    database.close();
  }
}

function isTaken(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (isNativeError(error) && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
