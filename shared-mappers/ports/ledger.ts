import type { LineSource } from '../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../model/billing/ledger.ts';
import type { Lease } from './store.ts';

/** The base of billing: which source went onto which document. A commit applies all of its changes or none. */
export interface Ledger {
  /** All entries of the sources, of any recipe, purpose and state. */
  entries(scope: string, sources: readonly Pick<LineSource, 'kind' | 'id'>[]): Promise<LedgerEntry[]>;
  entriesOf(scope: string, documentNumbers: readonly string[]): Promise<LedgerEntry[]>;
  /** Ids of what the recipe's documents bill: every subject with entries that are not freed. */
  subjects(scope: string, recipe: string): Promise<string[]>;
  documents(scope: string, recipe: string, subjects: readonly string[]): Promise<DocumentMemory[]>;
  /** Rejects with `LeaseLost` when the lease is not the newest. */
  commitLedger(lease: Lease, changes: readonly LedgerChange[]): Promise<void>;
}
