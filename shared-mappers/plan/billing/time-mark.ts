import type { DocumentMemory } from '../../model/billing/ledger.ts';
import type { HeldTimeEntry } from '../../ports/xero-projects.ts';
import { cutTo } from './fill-template.ts';

/** Longest description of a time entry that the accounts show whole. */
const LIMIT = 500;

/** Characters of the seal that follows the mark where nothing but the entry itself remembers what was written. */
export const SEAL_LENGTH = 28;
/** Of one that does not say when the work was read that was written. */
export const TIMELESS_SEAL_LENGTH = 20;

/** How the description of an entry of ours ends. */
export const MARK_OF_ENTRY = new RegExp(
  String.raw`\[ZT-(?<log>[^\]\s]+)\](?:\s+(?<seal>[\w-]{${SEAL_LENGTH}}|[\w-]{${TIMELESS_SEAL_LENGTH}}))?\s*$`,
);

/** Ends the description of a time entry: found again by it after an answer that never came. Leaves room for a seal. */
export function withMark(text: string, logId: string): string {
  const mark = `[${timeNumber(logId)}]`;
  return `${cutTo(text, LIMIT - mark.length - 1 - SEAL_LENGTH - 1)} ${mark}`.trim();
}

/** The log that a description is marked with. */
export function markedLog(description: string): string | undefined {
  return MARK_OF_ENTRY.exec(description)?.groups?.log;
}

/** What the ledger calls the time entry of a log. */
export function timeNumber(logId: string): string {
  return `ZT-${logId}`;
}

/** The log whose time entry the ledger calls so. */
export function logOfNumber(number: string): string | undefined {
  return /^ZT-(?<log>\S+)$/.exec(number)?.groups?.log;
}

/**
 * Entries by the log they are of: by the id that is remembered, also where a person took the mark off; else by the mark.
 * A copy that a person made of an entry is theirs.
 */
export function heldByLog(
  held: readonly HeldTimeEntry[],
  memories: readonly DocumentMemory[],
): Map<string, HeldTimeEntry> {
  const byId = new Map(held.map((entry) => [entry.id, entry]));
  const found = new Map<string, HeldTimeEntry>();
  for (const { subject, documentId } of memories) {
    const entry = byId.get(documentId ?? '');
    if (entry !== undefined) found.set(subject, entry);
  }
  for (const entry of held) {
    const log = markedLog(entry.description);
    if (log !== undefined && !found.has(log)) found.set(log, entry);
  }
  return found;
}
