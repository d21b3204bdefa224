import type { DatabaseSync } from 'node:sqlite';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { ParkedQuery, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { z } from 'zod';
import { integer, optionalInteger, optionalText, type Row, text, word } from './row.ts';
import { whereAll } from './where.ts';

const PARKED_KINDS: readonly Parked['kind'][] = ['conflict', 'failure', 'terminal'];

const CODES = Object.keys(ERROR_CODES).filter((code): code is ErrorCode => code in ERROR_CODES);
const fieldsColumn = z.array(z.string());

/** What runs could not finish: one row a subject and kind. */
export interface ParkedSubjects {
  put(parked: Parked): void;
  drop(change: Omit<Extract<StoreChange, { kind: 'unpark' }>, 'kind'>): number;
  /** Oldest first. */
  list(query: ParkedQuery): Parked[];
  /** How many of each kind, over one recipe or all. */
  count(recipe: string | undefined): Record<Parked['kind'], number>;
  /** Makes matching failures due now, whatever their back-off; returns how many. */
  makeDue(query: ParkedQuery, now: Instant): number;
}

export function parkedTable(database: DatabaseSync): ParkedSubjects {
  const put = database.prepare(`
    INSERT OR REPLACE INTO parked
      (scope, recipe, subject, kind, left_id, right_id, key_hash, code, fields, message, next,
       attempts, first_at, last_at, retry_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const dropAll = database.prepare('DELETE FROM parked WHERE scope = ? AND recipe = ? AND subject = ?');
  const dropKind = database.prepare(
    'DELETE FROM parked WHERE scope = ? AND recipe = ? AND subject = ? AND kind = ?',
  );
  const count = database.prepare(
    'SELECT kind, count(*) AS n FROM parked WHERE ?1 IS NULL OR recipe = ?1 GROUP BY kind',
  );

  return {
    put(parked) {
      put.run(
        parked.scope,
        parked.recipe,
        parked.subject,
        parked.kind,
        parked.leftId ?? null,
        parked.rightId ?? null,
        parked.keyHash,
        parked.code,
        JSON.stringify(parked.fields),
        parked.message,
        parked.next,
        parked.attempts,
        parked.firstAt,
        parked.lastAt,
        parked.retryAt ?? null,
      );
    },

    drop({ scope, recipe, subject, only }) {
      const done =
        only === undefined ? dropAll.run(scope, recipe, subject) : dropKind.run(scope, recipe, subject, only);
      return Number(done.changes);
    },

    list(query) {
      const { where, values } = condition(query);
      return database
        .prepare(`SELECT * FROM parked ${where} ORDER BY first_at, recipe, scope, subject, kind`)
        .all(...values)
        .map(toParked);
    },

    count(recipe) {
      const counts = { conflict: 0, failure: 0, terminal: 0 };
      for (const row of count.all(recipe ?? null))
        counts[word(row, 'kind', PARKED_KINDS)] = integer(row, 'n');
      return counts;
    },

    makeDue(query, now) {
      const { where, values } = condition({ ...query, kind: 'failure' });
      return Number(database.prepare(`UPDATE parked SET retry_at = ? ${where}`).run(now, ...values).changes);
    },
  };
}

function condition(query: ParkedQuery): ReturnType<typeof whereAll> {
  return whereAll([
    ['recipe = ?', query.recipe],
    ['kind = ?', query.kind],
    ['subject = ?', query.subject],
    ['retry_at <= ?', query.dueAt],
  ]);
}

function toParked(row: Row): Parked {
  const leftId = optionalText(row, 'left_id');
  const rightId = optionalText(row, 'right_id');
  const retryAt = optionalInteger(row, 'retry_at');
  return {
    kind: word(row, 'kind', PARKED_KINDS),
    scope: text(row, 'scope'),
    recipe: text(row, 'recipe'),
    subject: text(row, 'subject'),
    ...(leftId === undefined ? {} : { leftId }),
    ...(rightId === undefined ? {} : { rightId }),
    keyHash: text(row, 'key_hash'),
    code: word(row, 'code', CODES),
    fields: fieldsColumn.parse(JSON.parse(text(row, 'fields'))),
    message: text(row, 'message'),
    next: text(row, 'next'),
    attempts: integer(row, 'attempts'),
    firstAt: integer(row, 'first_at'),
    lastAt: integer(row, 'last_at'),
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}
