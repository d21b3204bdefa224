import type { DatabaseSync } from 'node:sqlite';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { Intent } from '@stackbridge/shared-mappers/ports/store.ts';
import { integer, text, word } from './row.ts';

/** Creates under way: one a source record and side. */
export interface Intents {
  put(intent: Intent): void;
  settle(scope: string, side: Side, sourceId: string): void;
  list(scope: string): Intent[];
}

export function intentTable(database: DatabaseSync): Intents {
  const put = database.prepare(
    'INSERT OR REPLACE INTO intents (scope, side, source_id, batch_id, at) VALUES (?, ?, ?, ?, ?)',
  );
  const settle = database.prepare('DELETE FROM intents WHERE scope = ? AND side = ? AND source_id = ?');
  const list = database.prepare('SELECT * FROM intents WHERE scope = ? ORDER BY side, source_id');

  return {
    put(intent) {
      put.run(intent.scope, intent.side, intent.sourceId, intent.batchId, intent.at);
    },
    settle(scope, side, sourceId) {
      settle.run(scope, side, sourceId);
    },
    list: (scope) =>
      list.all(scope).map((row) => ({
        scope: text(row, 'scope'),
        side: word(row, 'side', SIDES),
        sourceId: text(row, 'source_id'),
        batchId: text(row, 'batch_id'),
        at: integer(row, 'at'),
      })),
  };
}
