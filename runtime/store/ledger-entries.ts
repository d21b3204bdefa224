import type { DatabaseSync } from 'node:sqlite';
import type { LineSource } from '@stackbridge/shared-mappers/model/billing/document.ts';
import {
  LEDGER_STATES,
  type LedgerEntry,
  type LedgerKey,
  PURPOSES,
} from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import { integer, type Row, text, word } from './row.ts';

/** What was billed where. */
export interface LedgerEntries {
  put(entry: LedgerEntry): void;
  forget(key: LedgerKey): void;
  ofSources(scope: string, sources: readonly Pick<LineSource, 'kind' | 'id'>[]): LedgerEntry[];
  ofDocuments(scope: string, numbers: readonly string[]): LedgerEntry[];
  subjects(scope: string, recipe: string): string[];
  countSubjects(scope: string, recipe: string): number;
}

const KINDS: readonly LineSource['kind'][] = ['time-log', 'expense', 'milestone', 'books-line'];

export function ledgerEntryTable(database: DatabaseSync): LedgerEntries {
  const put = database.prepare(`
    INSERT OR REPLACE INTO ledger_entries
      (scope, source_kind, source_id, purpose, document_number, state, measure, recipe, subject, line, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const forget = database.prepare(`
    DELETE FROM ledger_entries
    WHERE scope = ? AND source_kind = ? AND source_id = ? AND purpose = ? AND document_number = ? AND state = ?`);
  const ofSources = database.prepare(`
    SELECT ledger_entries.* FROM json_each(?) AS wanted CROSS JOIN ledger_entries
    WHERE ledger_entries.scope = ? AND ledger_entries.source_kind = ?
      AND ledger_entries.source_id = wanted.value`);
  const ofDocuments = database.prepare(`
    SELECT ledger_entries.* FROM json_each(?) AS wanted CROSS JOIN ledger_entries
    WHERE ledger_entries.scope = ? AND ledger_entries.document_number = wanted.value`);
  const live = database.prepare(
    `SELECT DISTINCT subject FROM ledger_entries WHERE scope = ? AND recipe = ? AND state <> 'freed'`,
  );
  // A document with nothing on it is remembered as well: whatever a run has written counts.
  const subjects = database.prepare(`
    SELECT COUNT(*) AS n FROM (
      SELECT subject FROM ledger_entries WHERE scope = ?1 AND recipe = ?2
      UNION SELECT subject FROM ledger_documents WHERE scope = ?1 AND recipe = ?2)`);

  return {
    put({ scope, source, purpose, documentNumber, state, recipe, subject, line, at }) {
      const measure = source.kind === 'time-log' ? String(source.minutes) : source.amount;
      put.run(
        scope,
        source.kind,
        source.id,
        purpose,
        documentNumber,
        state,
        measure,
        recipe,
        subject,
        line,
        at,
      );
    },
    forget({ scope, source, purpose, documentNumber, state }) {
      forget.run(scope, source.kind, source.id, purpose, documentNumber, state);
    },
    ofSources(scope, sources) {
      const byKind = Map.groupBy(sources, ({ kind }) => kind);
      return [...byKind].flatMap(([kind, some]) =>
        ofSources.all(JSON.stringify([...new Set(some.map(({ id }) => id))]), scope, kind).map(toEntry),
      );
    },
    ofDocuments(scope, numbers) {
      return ofDocuments.all(JSON.stringify([...new Set(numbers)]), scope).map(toEntry);
    },
    subjects(scope, recipe) {
      return live.all(scope, recipe).map((row) => text(row, 'subject'));
    },
    countSubjects(scope, recipe) {
      const row = subjects.get(scope, recipe);
      return row === undefined ? 0 : integer(row, 'n');
    },
  };
}

function toEntry(row: Row): LedgerEntry {
  return {
    scope: text(row, 'scope'),
    source: sourceOf(row),
    purpose: word(row, 'purpose', PURPOSES),
    documentNumber: text(row, 'document_number'),
    state: word(row, 'state', LEDGER_STATES),
    recipe: text(row, 'recipe'),
    subject: text(row, 'subject'),
    line: integer(row, 'line'),
    at: integer(row, 'at'),
  };
}

function sourceOf(row: Row): LineSource {
  const kind = word(row, 'source_kind', KINDS);
  const id = text(row, 'source_id');
  const measure = text(row, 'measure');
  return kind === 'time-log' ? { kind, id, minutes: Number(measure) } : { kind, id, amount: measure };
}
