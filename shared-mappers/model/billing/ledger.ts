import type { Instant } from '../instant.ts';
import type { LineSource } from './document.ts';
import type { DecimalText } from './money.ts';

/**
 * What a source went onto a document for. `charge`: the customer pays for it (an invoice, a time entry to be
 * invoiced from). `cost`: it is booked as a cost (a bill, spend money). `pay`: a person is paid for it (a timesheet).
 * Each source has one destination a purpose.
 */
export type Purpose = 'charge' | 'cost' | 'pay';
export const PURPOSES: readonly Purpose[] = ['charge', 'cost', 'pay'];

/**
 * `intended`: about to be sent, the answer not yet in. `billed`: stands on a document. `freed`: its document was
 * voided, and a person let it be billed again.
 */
export type LedgerState = 'intended' | 'billed' | 'freed';
export const LEDGER_STATES: readonly LedgerState[] = ['intended', 'billed', 'freed'];

/** What tells one entry from another: a source has one on each document, and while an update is under way two. */
export interface LedgerKey {
  /** One organisation of the accounts. */
  readonly scope: string;
  readonly purpose: Purpose;
  readonly source: Pick<LineSource, 'kind' | 'id'>;
  readonly documentNumber: string;
  readonly state: LedgerState;
}

/**
 * Where a source went, and how much of it: the minutes or the amount of `source` are those billed there. What is
 * billed of a source is the sum over its live documents, so a correction on a later document has entries of its own,
 * negative where it takes back.
 */
export interface LedgerEntry extends LedgerKey {
  readonly source: LineSource;
  readonly recipe: string;
  /** What the document bills: the milestone's, expense's or log's id. */
  readonly subject: string;
  /** Position of the line on the document, from 0; `NO_LINE` where a person has seen to it by hand. */
  readonly line: number;
  readonly at: Instant;
}

/** Past the last line of any document: what is counted there stands on no line that says what it cost. */
export const NO_LINE = 2 ** 31 - 1;

/** A document of ours. Fingerprints are keyed, of its status and content. */
export interface DocumentMemory {
  readonly scope: string;
  readonly recipe: string;
  readonly number: string;
  /** Absent until the vendor has answered. */
  readonly documentId?: string;
  /** What it bills: the milestone's, expense's or log's id. */
  readonly subject: string;
  /** As the vendor returned it after our last answered write: another one means that a person changed it. */
  readonly fingerprint?: string;
  /** As we sent it in our last answered write: another one means that there is something to update. */
  readonly sent?: string;
  /** As a write sends it that is not answered yet; absent while none is under way. */
  readonly pending?: string;
  /** A person has seen to it: voided, its lines are never to be billed again; unknown to us, it bills nothing of ours. */
  readonly settled?: true;
  /** Names of the files that we have put on it. */
  readonly attached?: readonly string[];
  readonly total: DecimalText;
  readonly at: Instant;
}

/** One change of the ledger. A commit applies all of its changes or none. */
export type LedgerChange =
  /** Inserts the entry or replaces the one of the same key. */
  | { readonly kind: 'entry'; readonly entry: LedgerEntry }
  | { readonly kind: 'forget'; readonly key: LedgerKey }
  /** Inserts the document or replaces the one of the same scope and number. */
  | { readonly kind: 'document'; readonly memory: DocumentMemory };
