import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import type { Scratch } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { guarded } from '../store/database-error.ts';
import { planQueue } from './plan-queue.ts';
import { stagingArea } from './staging-area.ts';

/**
 * The working space of a run of any size, on disk. Disposing frees it.
 *
 * SQLite makes the file in its own temporary folder (SQLITE_TMPDIR, TMPDIR, /var/tmp, /tmp) and removes its name at
 * once, so that even a killed process leaves no record behind. One transaction stays open throughout: nothing
 * here survives the run, so no page is written before the cache (32 MB) is full.
 */
export async function openScratch(): Promise<Scratch & { dispose(): Promise<void> }> {
  const database = new DatabaseSync('');
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -32768;
    BEGIN`);
  const staging = stagingArea(database);
  const queue = planQueue(database);

  // SQLite answers at once: without a turn of their own, signals and timers would wait for as long as a plan is made.
  const answer = async <Result>(work: () => Result): Promise<Result> => {
    await turn();
    return guarded(work, 'The working space of the run');
  };

  return {
    stage: (records) => answer(() => staging.stage(records)),
    countStaged: (side) => answer(() => staging.count(side)),
    staged: (side, ids) => answer(() => staging.known(side, ids)),
    takeLinked: (limit) => answer(() => staging.takeLinked(limit)),
    takeMatching: (key, bothSides, limit) => answer(() => staging.takeMatching(key, bothSides, limit)),
    takeRest: (limit) => answer(() => staging.takeRest(limit)),
    addPlans: (plans) => answer(() => queue.add(plans)),
    plans: (after, limit) => answer(() => queue.page(after, limit)),
    operations: (side, after, limit) => answer(() => queue.operations(side, after, limit)),
    countOperations: (side) => answer(() => queue.count(side)),
    async dispose() {
      if (database.isOpen) database.close();
    },
  };
}
