import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import { integer } from './row.ts';

/** The server's time up to which each recipe has taken in each side. */
export interface Watermarks {
  put(recipe: string, side: Side, at: Instant): void;
  get(recipe: string, side: Side): Instant | undefined;
}

export function watermarkTable(database: DatabaseSync): Watermarks {
  const put = database.prepare('INSERT OR REPLACE INTO watermarks (recipe, side, at) VALUES (?, ?, ?)');
  const get = database.prepare('SELECT at FROM watermarks WHERE recipe = ? AND side = ?');

  return {
    put(recipe, side, at) {
      put.run(recipe, side, at);
    },
    get(recipe, side) {
      const row = get.get(recipe, side);
      return row === undefined ? undefined : integer(row, 'at');
    },
  };
}
