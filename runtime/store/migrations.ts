import type { DatabaseSync } from 'node:sqlite';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';

/**
 * The schema, step by step: the n-th entry leads from version n to n + 1 and is never edited once released.
 * The version is kept in SQLite's `user_version`, written in the same transaction as the step.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE leases (
    scope TEXT PRIMARY KEY,
    token INTEGER NOT NULL,
    holder TEXT,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Rows stand in the order of writing: a first sync links in the order of addresses, which is random to both ids,
  -- and only the narrow indexes then change all over the file.
  CREATE TABLE links (
    scope TEXT NOT NULL,
    left_id TEXT NOT NULL,
    left_object TEXT NOT NULL,
    right_id TEXT NOT NULL,
    role TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    base TEXT NOT NULL,
    tombstone_side TEXT,
    tombstone_why TEXT,
    tombstone_at INTEGER,
    PRIMARY KEY (scope, left_id)
  ) STRICT;
  CREATE INDEX links_by_right ON links (scope, right_id);
  CREATE INDEX links_by_key ON links (scope, key_hash);

  CREATE TABLE intents (
    scope TEXT NOT NULL,
    side TEXT NOT NULL,
    source_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, side, source_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE watermarks (
    recipe TEXT NOT NULL,
    side TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (recipe, side)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE memos (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE parked (
    scope TEXT NOT NULL,
    recipe TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    left_id TEXT,
    right_id TEXT,
    key_hash TEXT NOT NULL,
    code TEXT NOT NULL,
    fields TEXT NOT NULL,
    message TEXT NOT NULL,
    next TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    retry_at INTEGER,
    PRIMARY KEY (scope, recipe, subject, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX parked_due ON parked (retry_at) WHERE retry_at IS NOT NULL;

  CREATE TABLE decisions (
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    side TEXT,
    value TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, subject, field)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    last_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    recipe TEXT NOT NULL,
    at INTEGER NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    side TEXT NOT NULL,
    record_id TEXT NOT NULL,
    action TEXT NOT NULL,
    fields TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX audit_by_subject ON audit (subject);
  CREATE INDEX audit_by_record ON audit (record_id);
  CREATE INDEX audit_by_run ON audit (run_id);

  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    recipe TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    summary TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX runs_by_start ON runs (started_at);
  `,
  `
  -- measure: minutes of a time log, an amount as decimal text of everything else.
  CREATE TABLE ledger_entries (
    scope TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    document_number TEXT NOT NULL,
    state TEXT NOT NULL,
    measure TEXT NOT NULL,
    recipe TEXT NOT NULL,
    subject TEXT NOT NULL,
    line INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, source_kind, source_id, purpose, document_number, state)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_entries_by_document ON ledger_entries (scope, document_number);
  CREATE INDEX ledger_entries_intended ON ledger_entries (scope, recipe) WHERE state = 'intended';

  CREATE TABLE ledger_documents (
    scope TEXT NOT NULL,
    number TEXT NOT NULL,
    recipe TEXT NOT NULL,
    subject TEXT NOT NULL,
    document_id TEXT,
    fingerprint TEXT,
    sent TEXT,
    pending TEXT,
    settled INTEGER NOT NULL,
    total TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_documents_by_subject ON ledger_documents (scope, recipe, subject);
  `,
  `
  -- Names of the files that we have put on the document, as a JSON list.
  ALTER TABLE ledger_documents ADD COLUMN attached TEXT;
  `,
  `
  -- Campaign events that stand in the CRM, without addresses; and follow-ups, which are made once.
  CREATE TABLE activity_events (
    recipe TEXT NOT NULL,
    record_id TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    machine INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (recipe, record_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX activity_events_by_time ON activity_events (recipe, at);
  `,
  `
  DROP INDEX ledger_entries_intended;
  CREATE INDEX ledger_entries_live ON ledger_entries (scope, recipe, subject) WHERE state <> 'freed';
  `,
];

/** Brings the database to the newest schema; refuses one that a newer version of Stackbridge has already changed. */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (schemaVersion(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have migrated in between.
    const version = schemaVersion(database);
    if (version > migrations.length)
      throw new StackbridgeError(
        'STORE_UNUSABLE',
        `The store has schema version ${version}; this version of Stackbridge knows ${migrations.length}`,
      );
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function schemaVersion(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return typeof version === 'number' ? version : 0;
}
