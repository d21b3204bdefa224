import { setImmediate as turn } from 'node:timers/promises';
import type { Scratch } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { guarded } from '../store/database-error.ts';
import { planQueue } from './plan-queue.ts';
import { openScratchDatabase } from './scratch-database.ts';
import { stagingArea } from './staging-area.ts';

/** The working space of a run of any size, on disk. Disposing frees it. */
export async function openScratch(): Promise<Scratch & { dispose(): Promise<void> }> {
  const database = openScratchDatabase();
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
