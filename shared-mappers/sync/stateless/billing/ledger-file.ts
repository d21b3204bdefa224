import { z } from 'zod';
import { plainText } from '../../../model/billing/decimal.ts';
import type { HeldDocument, LineSource } from '../../../model/billing/document.ts';
import {
  type DocumentMemory,
  LEDGER_STATES,
  type LedgerEntry,
  PURPOSES,
} from '../../../model/billing/ledger.ts';
import { type FingerprintKey, fingerprint } from '../../../model/fingerprint.ts';
import type { Instant } from '../../../model/instant.ts';
import { parsedJson } from '../../../model/parsed-json.ts';

/** `.txt`, which every document takes; what stands in it is JSON. */
export const LEDGER_FILE = 'stackbridge.txt';

const VERSION = 1;

const measure = z.string().regex(/^-?\d+(\.\d+)?$/);
const entry = z.strictObject({
  of: z.enum(['time-log', 'expense', 'milestone', 'books-line']),
  id: z.string().min(1),
  /** Minutes of a log, else the amount. */
  measure,
  purpose: z.enum(PURPOSES),
  state: z.enum(LEDGER_STATES),
  line: z.int().min(0),
});

const file = z.strictObject({
  stackbridge: z.literal(VERSION),
  /** Of the document: a copy of it does not take the ledger along. */
  document: z.string().min(1),
  number: z.string().min(1),
  recipe: z.string().min(1),
  subject: z.string().min(1),
  at: z.number(),
  /** When the work was read. Absent on pages of old. */
  asOf: z.number().exactOptional(),
  fingerprint: z.string().exactOptional(),
  sent: z.string().exactOptional(),
  pending: z.string().exactOptional(),
  settled: z.literal(true).exactOptional(),
  /** Fingerprints of the names of files that we have put on it. */
  attached: z.array(z.string()).exactOptional(),
  entries: z.array(entry),
  /** Numbers of the subject's voided documents, whose lines it was free to bill again. */
  replaces: z.array(z.string()).exactOptional(),
});
type File = z.infer<typeof file>;

/** What the ledger says of one document. */
export interface LedgerPage {
  readonly memory: DocumentMemory;
  readonly entries: readonly LedgerEntry[];
  readonly replaces: readonly string[];
  /** When the work was read that the document was last held against. Default: before everything. */
  readonly asOf?: Instant;
}

/** As it stands on the document: ids and measures, no name, no text. */
export function writePage({ memory, entries, replaces, asOf }: LedgerPage, key: FingerprintKey): string {
  const { documentId, number, recipe, subject, at, fingerprint: print, sent, pending, settled } = memory;
  const written: File = {
    stackbridge: VERSION,
    document: documentId ?? '',
    number,
    recipe,
    subject,
    at,
    ...(asOf === undefined ? {} : { asOf }),
    ...(print === undefined ? {} : { fingerprint: print }),
    ...(sent === undefined ? {} : { sent }),
    ...(pending === undefined ? {} : { pending }),
    ...(settled === undefined ? {} : { settled }),
    ...(memory.attached === undefined
      ? {}
      : { attached: memory.attached.map((name) => fingerprint(key, name)) }),
    entries: entries.map(({ source, purpose, state, line }) => ({
      of: source.kind,
      id: source.id,
      measure: source.kind === 'time-log' ? String(source.minutes) : plainText(source.amount),
      purpose,
      state,
      line,
    })),
    ...(replaces.length === 0 ? {} : { replaces: [...replaces] }),
  };
  return JSON.stringify(written);
}

/**
 * What stands on a document; undefined where it is not ours to read: another document's, of a later version, or changed
 * by hand beyond sense. The document is then one that nothing is remembered of.
 *
 * @param filesOf names that files of ours may have on a document of the subject
 */
export function readPage(
  text: string,
  held: HeldDocument,
  scope: string,
  filesOf: (subject: string) => readonly string[],
  key: FingerprintKey,
): LedgerPage | undefined {
  const read = file.safeParse(parsedJson(text)).data;
  if (read === undefined || read.document !== held.id) return undefined;
  const { recipe, subject, at, number, replaces = [], fingerprint: print, sent, pending, settled } = read;
  const attached = filesOf(subject).filter((name) => read.attached?.includes(fingerprint(key, name)));
  return {
    memory: {
      scope,
      recipe,
      number,
      documentId: held.id,
      subject,
      ...(print === undefined ? {} : { fingerprint: print }),
      ...(sent === undefined ? {} : { sent }),
      ...(pending === undefined ? {} : { pending }),
      ...(settled === undefined ? {} : { settled }),
      ...(attached.length === 0 ? {} : { attached }),
      total: held.total,
      at,
    },
    entries: read.entries.map(({ of, id, measure: measured, purpose, state, line }) => ({
      scope,
      recipe,
      purpose,
      subject,
      source: sourceOf(of, id, measured),
      documentNumber: number,
      line,
      state,
      at,
    })),
    replaces,
    ...(read.asOf === undefined ? {} : { asOf: read.asOf }),
  };
}

function sourceOf(kind: LineSource['kind'], id: string, measured: string): LineSource {
  return kind === 'time-log' ? { kind, id, minutes: Number(measured) } : { kind, id, amount: measured };
}
