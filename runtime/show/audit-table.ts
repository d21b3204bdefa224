import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import { reasonInWords } from './reason.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { displayName, moment, shownValue, systemOf } from './words.ts';

/** Writes, one a field. */
export function printAudit(entries: readonly AuditEntry[], terminal: Terminal): void {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => [
    entry.id,
    moment(entry.at),
    displayName(systemOf(entry.side)),
    entry.recordId,
    entry.field === '' ? `(${entry.action})` : entry.field,
    entry.field === '' ? '' : shownValue(entry.before),
    entry.field === '' ? '' : shownValue(entry.after),
    reasonInWords(entry.reason),
  ]);
  const titles = ['entry', 'at (UTC)', 'system', 'record', 'field', 'before', 'after', 'why'];
  terminal.print(
    table(
      titles.map((title) => ({ title })),
      rows,
      terminal.paint.dim,
    ),
  );
}

export function auditAsJson({ side, scope: _, at, ...entry }: AuditEntry): object {
  return { ...entry, system: systemOf(side), at: new Date(at).toISOString() };
}
