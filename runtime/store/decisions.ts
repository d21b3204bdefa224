import type { DatabaseSync } from 'node:sqlite';
import { SIDES } from '@stackbridge/shared-mappers/model/side.ts';
import type { Decision } from '@stackbridge/shared-mappers/ports/store.ts';
import { integer, optionalText, type Row, text, word } from './row.ts';

/** People's answers that no run has obeyed yet: the last one a field. */
export interface Decisions {
  put(decision: Decision): void;
  settle(scope: string, subject: string, field: string): void;
  list(scope: string, subjects: readonly string[] | undefined): Decision[];
}

export function decisionTable(database: DatabaseSync): Decisions {
  const put = database.prepare(
    'INSERT OR REPLACE INTO decisions (scope, subject, field, side, value, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const settle = database.prepare('DELETE FROM decisions WHERE scope = ? AND subject = ? AND field = ?');
  const ofScope = database.prepare('SELECT * FROM decisions WHERE scope = ? ORDER BY subject, field');
  const ofSubjects = database.prepare(`
    SELECT decisions.* FROM json_each(?) AS wanted CROSS JOIN decisions
    WHERE decisions.scope = ? AND decisions.subject = wanted.value`);

  return {
    put({ scope, subject, field, take, at }) {
      const side = 'side' in take ? take.side : null;
      const value = 'value' in take ? take.value : null;
      put.run(scope, subject, field, side, value, at);
    },
    settle(scope, subject, field) {
      settle.run(scope, subject, field);
    },
    list(scope, subjects) {
      const rows =
        subjects === undefined ? ofScope.all(scope) : ofSubjects.all(JSON.stringify(subjects), scope);
      return rows.map(toDecision);
    },
  };
}

function toDecision(row: Row): Decision {
  const value = optionalText(row, 'value');
  return {
    scope: text(row, 'scope'),
    subject: text(row, 'subject'),
    field: text(row, 'field'),
    take: value === undefined ? { side: word(row, 'side', SIDES) } : { value },
    at: integer(row, 'at'),
  };
}
