import { DatabaseSync } from 'node:sqlite';
import type { Scratch } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { planQueue } from './plan-queue.ts';
import { stagingArea } from './staging-area.ts';

/**
 * The working space of a run of any size, on disk. Disposing frees it.
 *
 * SQLite makes the file in its own temporary folder (SQLITE_TMPDIR, TMPDIR, /var/tmp, /tmp) and removes its name at
 * once, so that even a killed process leaves no record behind. One transaction stays open throughout: nothing
 * here survives the run, so no page is written before the cache (64 MB) is full.
 */
export async function openScratch(): Promise<Scratch & { dispose(): Promise<void> }> {
  const database = new DatabaseSync('');
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -65536;
    BEGIN`);
  const staging = stagingArea(database);
  const queue = planQueue(database);

  return {
    stage: async (records) => staging.stage(records),
    countStaged: async (side) => staging.count(side),
    staged: async (side, ids) => staging.known(side, ids),
    takeLinked: async (limit) => staging.takeLinked(limit),
    takeMatching: async (key, bothSides, limit) => staging.takeMatching(key, bothSides, limit),
    takeRest: async (limit) => staging.takeRest(limit),
    addPlans: async (plans) => queue.add(plans),
    plans: async (after, limit) => queue.page(after, limit),
    operations: async (side, after, limit) => queue.operations(side, after, limit),
    countOperations: async (side) => queue.count(side),
    async dispose() {
      if (database.isOpen) database.close();
    },
  };
}
