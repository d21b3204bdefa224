import type { DatabaseSync, StatementSync } from 'node:sqlite';
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
 *
 * Groups are taken in the order in which their first record was staged, not in that of their values: both systems
 * list by time, so the two bodies of a pair stand near those of the pair before, and a file larger than the memory
 * is read from front to back.
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
  const groupings = new Map<string, Grouping>();
  /** Up to where each way of taking has come. */
  const cursors = new Map<string, number>();
  let last = 0;

  /** A record staged anew must be seen again by whoever has passed its place. */
  const reopen = (n: number): void => {
    for (const [name, cursor] of cursors) if (cursor >= n) cursors.set(name, n - 1);
  };

  const taken = (rows: readonly Row[]): void => {
    take.run(JSON.stringify(rows.map((row) => integer(row, 'n'))));
  };

  const takeGroups = (name: string, prepare: () => Grouping, limit: number): StagedRecord[][] => {
    const grouping = groupings.get(name) ?? prepare();
    groupings.set(name, grouping);
    const firsts = grouping.firsts.all(cursors.get(name) ?? 0, limit);
    const end = firsts.at(-1);
    cursors.set(name, end === undefined ? last : integer(end, 'n'));
    const values = new Set(firsts.map((row) => text(row, 'value')));
    const rows = grouping.members.all(JSON.stringify([...values]));
    taken(rows);
    return [...Map.groupBy(rows, (row) => integer(row, 'place')).values()].map((group) =>
      group.map(toStaged),
    );
  };

  return {
    stage(records) {
      for (const { side, record, subject, keys } of records) {
        const code = SIDES.indexOf(side);
        const before = find.get(record.id, code);
        const n = before === undefined ? ++last : integer(before, 'n');
        if (before === undefined) {
          insert.run(n, code, record.id, subject ?? null, JSON.stringify(keys));
          counts[side]++;
        } else {
          replace.run(subject ?? null, JSON.stringify(keys), n);
          reopen(n);
        }
        body.run(n, JSON.stringify(record));
      }
    },

    count: (side) => counts[side],

    known(side, ids) {
      const rows = known.all(JSON.stringify(ids), SIDES.indexOf(side));
      return new Set(rows.map((row) => text(row, 'id')));
    },

    takeLinked: (limit) => takeGroups('linked', () => byColumn(database, LINKED), limit),

    takeMatching(key, bothSides, limit) {
      const name = `${bothSides ? 'shared' : 'any'} ${key}`;
      return takeGroups(name, () => byColumn(database, matching(key, bothSides)), limit);
    },

    takeRest(limit) {
      const rows = rest.all(cursors.get('rest') ?? 0, limit);
      const end = rows.at(-1);
      cursors.set('rest', end === undefined ? last : integer(end, 'n'));
      taken(rows);
      return rows.map(toStaged);
    },
  };
}

const COLUMNS = 'staged.n, staged.side, staged.subject, staged.keys, bodies.record';

/** How records are grouped. `value` and `open` are SQL over one row of `staged`. */
interface GroupBy {
  readonly index: string;
  readonly value: string;
  readonly open: string;
  readonly bothSides: boolean;
}

interface Grouping {
  /** Open rows in the order of staging: one or more of each group. */
  readonly firsts: StatementSync;
  /** All open rows of the values given as a JSON array, with the value's place in it. */
  readonly members: StatementSync;
}

const LINKED: GroupBy = {
  index: 'linked',
  value: 'subject',
  open: 'taken = 0 AND subject IS NOT NULL',
  bothSides: false,
};

function matching(key: number, bothSides: boolean): GroupBy {
  const value = `json_extract(keys, '$[${key}]')`;
  return {
    index: `keyed_${key}`,
    value,
    open: `taken = 0 AND subject IS NULL AND ${value} <> ''`,
    bothSides,
  };
}

/** The index is built when first needed: sorting a finished side is several times faster than inserting at random. */
function byColumn(database: DatabaseSync, { index, value, open, bothSides }: GroupBy): Grouping {
  database.exec(`CREATE INDEX IF NOT EXISTS ${index} ON staged (${value}, side) WHERE ${open}`);
  const opposite = `
    AND EXISTS (
      SELECT 1 FROM (SELECT ${value} AS value, side FROM staged INDEXED BY ${index} WHERE ${open}) AS other
      WHERE other.value = first.value AND other.side = 1 - first.side
    )`;
  return {
    firsts: database.prepare(`
      SELECT n, value FROM (SELECT n, side, ${value} AS value FROM staged WHERE n > ? AND ${open}) AS first
      WHERE TRUE ${bothSides ? opposite : ''}
      ORDER BY n LIMIT ?`),
    members: database.prepare(`
      SELECT wanted.key AS place, ${COLUMNS}
      FROM json_each(?) AS wanted
      CROSS JOIN (SELECT *, ${value} AS value FROM staged INDEXED BY ${index} WHERE ${open}) AS staged
        ON staged.value = wanted.value
      CROSS JOIN bodies ON bodies.n = staged.n
      ORDER BY wanted.key, staged.side, staged.n`),
  };
}

/** What this run wrote itself, so its shape needs no second look. */
function toStaged(row: Row): StagedRecord {
  const side: Side = integer(row, 'side') === 0 ? 'left' : 'right';
  const record: StagedRecord['record'] = JSON.parse(text(row, 'record'));
  const keys: StagedRecord['keys'] = JSON.parse(text(row, 'keys'));
  const subject = optionalText(row, 'subject');
  return subject === undefined ? { side, record, keys } : { side, record, subject, keys };
}
