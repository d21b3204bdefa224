import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { z } from 'zod';
import { type Row, text } from './row.ts';
import { whereAll } from './where.ts';

export interface RunQuery {
  readonly recipe?: string;
  /** Default 20. */
  readonly limit?: number;
}

/** Summaries of runs. */
export interface Runs {
  put(run: RunSummary): void;
  get(runId: string): RunSummary | undefined;
  /** Newest first. */
  list(query: RunQuery): RunSummary[];
  /** Drops runs that began before a moment; returns how many. */
  prune(before: Instant): number;
}

const perName = z.record(z.string(), z.number());
/** Keys that a later version added are kept. */
const summaryColumn = z.looseObject({
  runId: z.string(),
  recipe: z.string(),
  startedAt: z.number(),
  finishedAt: z.number(),
  counts: z.object({
    applied: z.number(),
    unchanged: z.number(),
    excluded: z.number(),
    conflicts: z.number(),
    failed: z.number(),
  }),
  writes: perName,
  calls: perName,
  excluded: perName,
  stoppedBy: z.string().exactOptional(),
});

export function runTable(database: DatabaseSync): Runs {
  const put = database.prepare(
    'INSERT OR REPLACE INTO runs (run_id, recipe, started_at, summary) VALUES (?, ?, ?, ?)',
  );
  const get = database.prepare('SELECT summary FROM runs WHERE run_id = ?');
  const prune = database.prepare('DELETE FROM runs WHERE started_at < ?');

  return {
    put(run) {
      put.run(run.runId, run.recipe, run.startedAt, JSON.stringify(run));
    },
    get(runId) {
      const row = get.get(runId);
      return row === undefined ? undefined : toRun(row);
    },
    list({ recipe, limit = 20 }) {
      const { where, values } = whereAll([['recipe = ?', recipe]]);
      return database
        .prepare(`SELECT summary FROM runs ${where} ORDER BY started_at DESC, run_id DESC LIMIT ?`)
        .all(...values, limit)
        .map(toRun);
    },
    prune: (before) => Number(prune.run(before).changes),
  };
}

function toRun(row: Row): RunSummary {
  return summaryColumn.parse(JSON.parse(text(row, 'summary')));
}
