import type { Instant } from '../instant.ts';
import type { LineSource } from './document.ts';
import type { DecimalText } from './money.ts';

/** Where a source went. Billed once means: one live entry. */
export interface LedgerEntry {
  /** One organisation of the accounts. */
  readonly scope: string;
  readonly recipe: string;
  readonly source: LineSource;
  readonly documentNumber: string;
  /** Absent until the vendor has answered: an intent, looked up by number before anything is sent again. */
  readonly documentId?: string;
  /** Position of the line on the document, from 0. */
  readonly line: number;
  /** `intended`: about to be sent. `billed`: stands on a live document. `freed`: its document was voided, and a person let it be billed again. */
  readonly state: 'intended' | 'billed' | 'freed';
  readonly at: Instant;
}

/** What we last wrote as a document: a person's change since shows as another fingerprint. */
export interface DocumentMemory {
  readonly scope: string;
  readonly recipe: string;
  readonly number: string;
  readonly documentId?: string;
  /** What it bills: the milestone's or expense's id. */
  readonly subject: string;
  /** Keyed fingerprint of the document as the vendor returned it after our last write. */
  readonly fingerprint: string;
  readonly total: DecimalText;
  readonly at: Instant;
}
