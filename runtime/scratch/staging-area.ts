import type { DatabaseSync } from 'node:sqlite';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { StagedRecord } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { integer, optionalText, type Row, text } from '../store/row.ts';

/** The staged records of both sides, in the meaning of ports/scratch.ts. */
export interface StagingArea {
  stage(records: readonly StagedRecord[]): void;
  count(side: Side): number;
  known(side: Side, ids: readonly string[]): ReadonlySet<string>;
  takeLinked(limit: number): StagedRecord[][];
  takeMatching(key: number, bothSides: boolean, limit: number): StagedRecord[][];
  takeRest(limit: number): StagedRecord[];
}

/**
 * Two tables: `staged` is narrow, so that taking a record rewrites little, and `bodies` is only ever appended to.
 * The indexes that takes read hold untaken records only, so a take always starts at the front. They are built when
 * first needed: sorting a finished side is several times faster than inserting in random order.
 */
export function stagingArea(database: DatabaseSync): StagingArea {
  database.exec(`
    CREATE TABLE staged (
      n INTEGER PRIMARY KEY,
      side INTEGER NOT NULL,
      id TEXT NOT NULL,
      subject TEXT,
      keys TEXT NOT NULL,
      taken INTEGER NOT NULL,
      UNIQUE (id, side)
    ) STRICT;
    CREATE TABLE bodies (n INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT`);
  const find = database.prepare('SELECT n FROM staged WHERE id = ? AND side = ?');
  const insert = database.prepare(
    'INSERT INTO staged (n, side, id, subject, keys, taken) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const replace = database.prepare('UPDATE staged SET subject = ?, keys = ?, taken = 0 WHERE n = ?');
  const body = database.prepare('INSERT OR REPLACE INTO bodies (n, record) VALUES (?, ?)');
  const known = database.prepare(`
    SELECT wanted.value AS id FROM json_each(?) AS wanted CROSS JOIN staged
    WHERE staged.id = wanted.value AND staged.side = ?`);
  const take = database.prepare(`
    UPDATE staged SET taken = 1 WHERE n IN (SELECT value FROM json_each(?))`);
  const rest = database.prepare(`
    SELECT ${COLUMNS} FROM staged CROSS JOIN bodies ON bodies.n = staged.n
    WHERE staged.n > ? AND staged.taken = 0 ORDER BY staged.n LIMIT ?`);

  const counts: Record<Side, number> = { left: 0, right: 0 };
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  /** Where a page of key groups, or of the rest, went on; staging more makes them start anew. */
  const cursors = new Map<string, string | number>();
  let next = 1;

  const taken = (rows: readonly Row[]): void => {
    take.run(JSON.stringify(rows.map((row) => integer(row, 'n'))));
  };

  return {
    stage(records) {
      for (const { side, record, subject, keys } of records) {
        const code = SIDES.indexOf(side);
        const before = find.get(record.id, code);
        const n = before === undefined ? next++ : integer(before, 'n');
        if (before === undefined) {
          insert.run(n, code, record.id, subject ?? null, JSON.stringify(keys));
          counts[side]++;
        } else replace.run(subject ?? null, JSON.stringify(keys), n);
        body.run(n, JSON.stringify(record));
      }
      cursors.clear();
    },

    count: (side) => counts[side],

    known(side, ids) {
      const rows = known.all(JSON.stringify(ids), SIDES.indexOf(side));
      return new Set(rows.map((row) => text(row, 'id')));
    },

    takeLinked(limit) {
      let statement = statements.get('linked');
      if (statement === undefined) {
        database.exec(
          'CREATE INDEX linked ON staged (subject, side, n) WHERE taken = 0 AND subject IS NOT NULL',
        );
        statement = database.prepare(`
          SELECT ${COLUMNS}, staged.subject AS grouped
          FROM (
            SELECT DISTINCT subject FROM staged INDEXED BY linked
            WHERE taken = 0 AND subject IS NOT NULL ORDER BY subject LIMIT ?
          ) AS page
          CROSS JOIN staged INDEXED BY linked ON staged.subject = page.subject
          CROSS JOIN bodies ON bodies.n = staged.n
          WHERE staged.taken = 0 AND staged.subject IS NOT NULL
          ORDER BY staged.subject, staged.side, staged.n`);
        statements.set('linked', statement);
      }
      const rows = statement.all(limit);
      taken(rows);
      return groups(rows);
    },

    takeMatching(key, bothSides, limit) {
      const name = `${bothSides ? 'shared' : 'any'}_${key}`;
      let statement = statements.get(name);
      if (statement === undefined) {
        const value = `json_extract(staged.keys, '$[${key}]')`;
        const open = `staged.taken = 0 AND staged.subject IS NULL AND ${value} <> ''`;
        database.exec(`
          CREATE INDEX IF NOT EXISTS keyed_${key} ON staged (${value.replaceAll('staged.', '')}, side, n)
          WHERE ${open.replaceAll('staged.', '')}`);
        statement = database.prepare(`
          SELECT ${COLUMNS}, page.value AS grouped
          FROM (
            SELECT ${value} AS value FROM staged INDEXED BY keyed_${key}
            WHERE ${open} AND ${value} > ?
            GROUP BY ${value} ${bothSides ? 'HAVING min(staged.side) < max(staged.side)' : ''}
            ORDER BY ${value} LIMIT ?
          ) AS page
          CROSS JOIN staged INDEXED BY keyed_${key} ON ${value} = page.value
          CROSS JOIN bodies ON bodies.n = staged.n
          WHERE ${open}
          ORDER BY page.value, staged.side, staged.n`);
        statements.set(name, statement);
      }
      const rows = statement.all(cursors.get(name) ?? '', limit);
      const last = rows.at(-1);
      if (last !== undefined) cursors.set(name, text(last, 'grouped'));
      taken(rows);
      return groups(rows);
    },

    takeRest(limit) {
      const rows = rest.all(cursors.get('rest') ?? 0, limit);
      const last = rows.at(-1);
      if (last !== undefined) cursors.set('rest', integer(last, 'n'));
      taken(rows);
      return rows.map(toStaged);
    },
  };
}

const COLUMNS = 'staged.n, staged.side, staged.subject, staged.keys, bodies.record';

function groups(rows: readonly Row[]): StagedRecord[][] {
  const found: StagedRecord[][] = [];
  let current: string | undefined;
  for (const row of rows) {
    const grouped = text(row, 'grouped');
    if (grouped !== current) found.push([]);
    current = grouped;
    found.at(-1)?.push(toStaged(row));
  }
  return found;
}

/** What this run wrote itself, so its shape needs no second look. */
function toStaged(row: Row): StagedRecord {
  const side: Side = integer(row, 'side') === 0 ? 'left' : 'right';
  const record: StagedRecord['record'] = JSON.parse(text(row, 'record'));
  const keys: StagedRecord['keys'] = JSON.parse(text(row, 'keys'));
  const subject = optionalText(row, 'subject');
  return subject === undefined ? { side, record, keys } : { side, record, subject, keys };
}
