import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { SIDES } from '@stackbridge/shared-mappers/model/side.ts';
import { z } from 'zod';
import { integer, type Row, text, word } from './row.ts';
import { whereAll } from './where.ts';

export interface AuditQuery {
  readonly runId?: string;
  readonly recipe?: string;
  readonly subject?: string;
  /** Salesforce id or Mailchimp `contact_id` of the record written. */
  readonly recordId?: string;
  /** Entries older than this one: the id of the last entry of the page before. */
  readonly before?: string;
  /** Default 100. A record's last write is returned whole, so a page may exceed it by the fields of one write. */
  readonly limit?: number;
}

/** What was written. The fields of one write share a row: a first sync writes a dozen for each of 100,000 records. */
export interface Audit {
  /** Keeps entries in the order given; those of one write stand next to each other. */
  append(entries: readonly AuditEntry[]): void;
  /** Newest first. */
  list(query: AuditQuery): AuditEntry[];
  find(id: string): AuditEntry | undefined;
  /** Drops writes from before a moment; returns how many. */
  prune(before: Instant): number;
}

/** Id, field, before, after, reason. */
const fieldsColumn = z.array(
  z.tuple([z.string(), z.string(), z.string().nullable(), z.string().nullable(), z.string()]),
);

export function auditTable(database: DatabaseSync): Audit {
  const insert = database.prepare(`
    INSERT OR REPLACE INTO audit
      (id, last_id, run_id, recipe, at, scope, subject, side, record_id, action, fields)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  // Ids rise with time, so the write that holds an id is the nearest one that begins at or before it.
  const holding = database.prepare('SELECT * FROM audit WHERE id <= ? AND last_id >= ? ORDER BY id DESC');
  const prune = database.prepare('DELETE FROM audit WHERE at < ?');

  return {
    append(entries) {
      for (const write of byWrite(entries)) {
        const [first] = write;
        const last = write.at(-1);
        if (first === undefined || last === undefined) continue;
        insert.run(
          first.id,
          last.id,
          first.runId,
          first.recipe,
          first.at,
          first.scope,
          first.subject,
          first.side,
          first.recordId,
          first.action,
          JSON.stringify(write.map((e) => [e.id, e.field, e.before ?? null, e.after ?? null, e.reason])),
        );
      }
    },

    list(query) {
      const { where, values } = whereAll([
        ['run_id = ?', query.runId],
        ['recipe = ?', query.recipe],
        ['subject = ?', query.subject],
        ['record_id = ?', query.recordId],
        ['id < ?', query.before],
      ]);
      const rows = database.prepare(`SELECT * FROM audit ${where} ORDER BY id DESC`).iterate(...values);
      const entries: AuditEntry[] = [];
      const { before, limit = 100 } = query;
      for (const row of rows) {
        for (const entry of toEntries(row).reverse())
          if (before === undefined || entry.id < before) entries.push(entry);
        if (entries.length >= limit) break;
      }
      return entries;
    },

    find(id) {
      for (const row of holding.iterate(id, id)) {
        const entry = toEntries(row).find((candidate) => candidate.id === id);
        if (entry !== undefined) return entry;
      }
      return undefined;
    },

    prune: (before) => Number(prune.run(before).changes),
  };
}

function byWrite(entries: readonly AuditEntry[]): AuditEntry[][] {
  const writes: AuditEntry[][] = [];
  let write: AuditEntry[] = [];
  for (const entry of entries) {
    const [first] = write;
    if (first === undefined || !sameWrite(first, entry)) {
      write = [];
      writes.push(write);
    }
    write.push(entry);
  }
  return writes;
}

function sameWrite(a: AuditEntry, b: AuditEntry): boolean {
  return (
    a.recordId === b.recordId &&
    a.subject === b.subject &&
    a.side === b.side &&
    a.action === b.action &&
    a.at === b.at &&
    a.runId === b.runId &&
    a.recipe === b.recipe &&
    a.scope === b.scope
  );
}

function toEntries(row: Row): AuditEntry[] {
  const write = {
    runId: text(row, 'run_id'),
    recipe: text(row, 'recipe'),
    at: integer(row, 'at'),
    scope: text(row, 'scope'),
    subject: text(row, 'subject'),
    side: word(row, 'side', SIDES),
    recordId: text(row, 'record_id'),
    action: text(row, 'action'),
  };
  return fieldsColumn.parse(JSON.parse(text(row, 'fields'))).map(([id, field, before, after, reason]) => ({
    id,
    ...write,
    field,
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
    reason,
  }));
}
