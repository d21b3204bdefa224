import { setImmediate as turn } from 'node:timers/promises';
import type { ActivityEvent } from '@stackbridge/shared-mappers/model/activity.ts';
import type { PersonPlan } from '@stackbridge/shared-mappers/plan/activity/person-plan.ts';
import type { ActivityScratch } from '@stackbridge/shared-mappers/ports/activity-scratch.ts';
import { guarded } from '../store/database-error.ts';
import { integer, text } from '../store/row.ts';
import { openScratchDatabase } from './scratch-database.ts';

/** The working space of an activity run of any size, on disk as that of a contact run. Disposing frees it. */
export async function openActivityScratch(): Promise<ActivityScratch & { dispose(): Promise<void> }> {
  const database = openScratchDatabase();
  database.exec(`
    CREATE TABLE events (
      key TEXT PRIMARY KEY,
      reader TEXT NOT NULL,
      machine INTEGER NOT NULL,
      event TEXT NOT NULL
    ) STRICT;
    CREATE TABLE plans (position INTEGER PRIMARY KEY, plan TEXT NOT NULL) STRICT`);
  const stage = database.prepare(
    'INSERT OR IGNORE INTO events (key, reader, machine, event) VALUES (?, ?, ?, ?)',
  );
  const mark = database.prepare(
    'UPDATE events SET machine = 1 WHERE key IN (SELECT value FROM json_each(?))',
  );
  const count = database.prepare('SELECT count(*) AS n FROM events');
  const addPlan = database.prepare('INSERT INTO plans (plan) VALUES (?)');
  const page = database.prepare(
    'SELECT position, plan FROM plans WHERE position > ? ORDER BY position LIMIT ?',
  );
  let last = '';
  let takesBegun = false;

  const answer = async <Result>(work: () => Result): Promise<Result> => {
    await turn();
    return guarded(work, 'The working space of the run');
  };

  const takeReaders = (limit: number) => {
    // Sorting what is staged is several times faster than keeping it sorted.
    if (!takesBegun) database.exec('CREATE INDEX events_by_reader ON events (reader)');
    takesBegun = true;
    const rows = database
      .prepare(`
        SELECT events.reader, events.machine, events.event
        FROM (SELECT DISTINCT reader FROM events WHERE reader > ? ORDER BY reader LIMIT ?) AS wanted
        CROSS JOIN events ON events.reader = wanted.reader
        ORDER BY events.reader, events.key`)
      .all(last, limit);
    const byReader = Map.groupBy(rows, (row) => text(row, 'reader'));
    return [...byReader].map(([reader, own]) => {
      last = reader;
      const events = own.map((row) => toEvent(text(row, 'event'), integer(row, 'machine') === 1));
      return { email: events[0]?.email ?? reader, events };
    });
  };

  return {
    stageEvents: (events) =>
      answer(() => {
        for (const event of events) {
          const { key, email, machine } = event;
          stage.run(key, email.trim().toLowerCase(), machine ? 1 : 0, JSON.stringify(event));
        }
      }),
    markMachine: (keys) => answer(() => void mark.run(JSON.stringify(keys))),
    countEvents: () => answer(() => integer(count.get() ?? {}, 'n')),
    takeReaders: (limit) => answer(() => takeReaders(limit)),
    addPersonPlans: (plans) =>
      answer(() => {
        for (const plan of plans) addPlan.run(JSON.stringify(plan));
      }),
    personPlans: (after, limit) =>
      answer(() =>
        page
          .all(after, limit)
          .map((row) => ({ position: integer(row, 'position'), plan: toPlan(text(row, 'plan')) })),
      ),
    async dispose() {
      if (database.isOpen) database.close();
    },
  };
}

/** What this run wrote itself, so its shape needs no second look. */
function toEvent(json: string, machine: boolean): ActivityEvent {
  const event: ActivityEvent = JSON.parse(json);
  return machine ? { ...event, machine } : event;
}

function toPlan(json: string): PersonPlan {
  return JSON.parse(json);
}
