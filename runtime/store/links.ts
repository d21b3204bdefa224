import type { DatabaseSync } from 'node:sqlite';
import { decodeBase, encodeBase } from '@stackbridge/shared-mappers/model/base.ts';
import type { Link, LinkRole, Tombstone } from '@stackbridge/shared-mappers/model/link.ts';
import { SIDES } from '@stackbridge/shared-mappers/model/side.ts';
import type { StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { integer, optionalInteger, type Row, text, word } from './row.ts';

type Change<Kind extends StoreChange['kind']> = Extract<StoreChange, { kind: Kind }>;

const ROLES: readonly LinkRole[] = ['owner', 'follower'];
const WHYS: readonly Tombstone['why'][] = ['deleted', 'archived', 'forgotten'];

/** The links of all scopes. */
export interface Links {
  put(change: Change<'link'>): void;
  remove(change: Change<'unlink'>): void;
  repoint(change: Change<'repoint'>): void;
  bury(change: Change<'tombstone'>): void;
  byLeft(scope: string, leftIds: readonly string[]): Link[];
  byRight(scope: string, rightIds: readonly string[]): Link[];
  byKey(scope: string, keyHashes: readonly string[]): Link[];
  page(scope: string, after: string, limit: number): Link[];
  /** Owners without a tombstone. */
  count(scope: string): number;
}

export function linkTable(database: DatabaseSync): Links {
  const stored = database.prepare(
    'SELECT right_id, key_hash, role, base, tombstone_at FROM links WHERE scope = ? AND left_id = ?',
  );
  const replace = database.prepare(`
    INSERT OR REPLACE INTO links
      (role, left_object, base, tombstone_side, tombstone_why, tombstone_at, scope, left_id, right_id, key_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  // The usual case leaves every indexed column alone, which spares the indexes.
  const update = database.prepare(`
    UPDATE links
    SET role = ?, left_object = ?, base = ?, tombstone_side = ?, tombstone_why = ?, tombstone_at = ?
    WHERE scope = ? AND left_id = ?`);
  const remove = database.prepare('DELETE FROM links WHERE scope = ? AND left_id = ?');
  const move = database.prepare(
    'UPDATE links SET left_id = ?, left_object = ? WHERE scope = ? AND left_id = ?',
  );
  const bury = database.prepare(`
    UPDATE links SET tombstone_side = ?, tombstone_why = ?, tombstone_at = ? WHERE scope = ? AND right_id = ?`);
  // CROSS JOIN keeps the ids as the outer loop: one look-up in the column's index each, few or many.
  const lookup = (column: string) =>
    database.prepare(`
      SELECT links.* FROM json_each(?) AS wanted CROSS JOIN links
      WHERE links.scope = ? AND links.${column} = wanted.value`);
  const byLeft = lookup('left_id');
  const byRight = lookup('right_id');
  const byKey = lookup('key_hash');
  const page = database.prepare(
    'SELECT * FROM links WHERE scope = ? AND left_id > ? ORDER BY left_id LIMIT ?',
  );
  const count = database.prepare(
    "SELECT count(*) AS n FROM links WHERE scope = ? AND role = 'owner' AND tombstone_at IS NULL",
  );

  return {
    put({ link, base }) {
      const before = stored.get(link.scope, link.leftId);
      const samePair = before !== undefined && text(before, 'right_id') === link.rightId;
      const values = [
        link.role,
        link.leftObject,
        // Another right record is another pair: what was agreed with the former one says nothing about it.
        mergeBase(samePair ? text(before, 'base') : '', base),
        link.tombstone?.side ?? null,
        link.tombstone?.why ?? null,
        link.tombstone?.at ?? null,
        link.scope,
        link.leftId,
      ];
      if (samePair && text(before, 'key_hash') === link.keyHash) update.run(...values);
      else replace.run(...values, link.rightId, link.keyHash);
    },

    remove({ scope, leftId }) {
      remove.run(scope, leftId);
    },

    repoint({ scope, fromLeftId, toLeftId, toLeftObject }) {
      const from = stored.get(scope, fromLeftId);
      if (from === undefined || fromLeftId === toLeftId) return;
      const to = stored.get(scope, toLeftId);
      if (to !== undefined) {
        // Two links become one: of one member the owner's, else the successor's own while it is alive.
        const oneMember = text(to, 'right_id') === text(from, 'right_id');
        const successorStays = oneMember
          ? word(from, 'role', ROLES) === 'follower'
          : optionalInteger(to, 'tombstone_at') === undefined;
        remove.run(scope, successorStays ? fromLeftId : toLeftId);
        if (successorStays) return;
      }
      move.run(toLeftId, toLeftObject, scope, fromLeftId);
    },

    bury({ scope, rightId, tombstone }) {
      bury.run(tombstone.side, tombstone.why, tombstone.at, scope, rightId);
    },

    byLeft: (scope, leftIds) => byLeft.all(JSON.stringify(leftIds), scope).map(toLink),
    byRight: (scope, rightIds) => byRight.all(JSON.stringify(rightIds), scope).map(toLink),
    byKey: (scope, keyHashes) => byKey.all(JSON.stringify(keyHashes), scope).map(toLink),
    page: (scope, after, limit) => page.all(scope, after, limit).map(toLink),
    count(scope) {
      const row = count.get(scope);
      return row === undefined ? 0 : integer(row, 'n');
    },
  };
}

function mergeBase(former: string, entries: Readonly<Record<string, string | null>>): string {
  const base = new Map(decodeBase(former));
  for (const [key, entry] of Object.entries(entries)) {
    if (entry === null) base.delete(key);
    else base.set(key, entry);
  }
  return encodeBase(base);
}

function toLink(row: Row): Link {
  const at = optionalInteger(row, 'tombstone_at');
  return {
    scope: text(row, 'scope'),
    leftId: text(row, 'left_id'),
    leftObject: text(row, 'left_object'),
    rightId: text(row, 'right_id'),
    role: word(row, 'role', ROLES),
    keyHash: text(row, 'key_hash'),
    base: text(row, 'base'),
    ...(at === undefined
      ? {}
      : {
          tombstone: { side: word(row, 'tombstone_side', SIDES), why: word(row, 'tombstone_why', WHYS), at },
        }),
  };
}
