import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { z } from 'zod';
import { text } from './row.ts';

const valueColumn = z.record(z.string(), z.json());

/** Small named documents. */
export interface Memos {
  put(name: string, value: JsonObject): void;
  get(name: string): JsonObject | undefined;
}

export function memoTable(database: DatabaseSync): Memos {
  const put = database.prepare('INSERT OR REPLACE INTO memos (name, value) VALUES (?, ?)');
  const get = database.prepare('SELECT value FROM memos WHERE name = ?');

  return {
    put(name, value) {
      put.run(name, JSON.stringify(value));
    },
    get(name) {
      const row = get.get(name);
      return row === undefined ? undefined : valueColumn.parse(JSON.parse(text(row, 'value')));
    },
  };
}
