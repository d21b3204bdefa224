import type { DatabaseSync } from 'node:sqlite';
import type { DocumentMemory } from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import { z } from 'zod';
import { integer, optionalText, type Row, text } from './row.ts';

/** The documents we have written, or are about to. */
export interface LedgerDocuments {
  put(memory: DocumentMemory): void;
  ofSubjects(scope: string, recipe: string, subjects: readonly string[]): DocumentMemory[];
}

export function ledgerDocumentTable(database: DatabaseSync): LedgerDocuments {
  const put = database.prepare(`
    INSERT OR REPLACE INTO ledger_documents
      (scope, number, recipe, subject, document_id, fingerprint, sent, pending, settled, attached, total, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const ofSubjects = database.prepare(`
    SELECT ledger_documents.* FROM json_each(?) AS wanted CROSS JOIN ledger_documents
    WHERE ledger_documents.scope = ? AND ledger_documents.recipe = ?
      AND ledger_documents.subject = wanted.value`);

  return {
    put(memory) {
      put.run(
        memory.scope,
        memory.number,
        memory.recipe,
        memory.subject,
        memory.documentId ?? null,
        memory.fingerprint ?? null,
        memory.sent ?? null,
        memory.pending ?? null,
        memory.settled === true ? 1 : 0,
        memory.attached === undefined ? null : JSON.stringify(memory.attached),
        memory.total,
        memory.at,
      );
    },
    ofSubjects(scope, recipe, subjects) {
      return ofSubjects.all(JSON.stringify([...new Set(subjects)]), scope, recipe).map(toMemory);
    },
  };
}

const fileNames = z.array(z.string());

function toMemory(row: Row): DocumentMemory {
  const documentId = optionalText(row, 'document_id');
  const fingerprint = optionalText(row, 'fingerprint');
  const sent = optionalText(row, 'sent');
  const pending = optionalText(row, 'pending');
  const attached = optionalText(row, 'attached');
  return {
    scope: text(row, 'scope'),
    recipe: text(row, 'recipe'),
    number: text(row, 'number'),
    ...(documentId === undefined ? {} : { documentId }),
    subject: text(row, 'subject'),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(sent === undefined ? {} : { sent }),
    ...(pending === undefined ? {} : { pending }),
    ...(integer(row, 'settled') === 1 ? { settled: true } : {}),
    ...(attached === undefined ? {} : { attached: fileNames.parse(JSON.parse(attached)) }),
    total: text(row, 'total'),
    at: integer(row, 'at'),
  };
}
