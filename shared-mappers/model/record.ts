import type { Instant } from './instant.ts';
import type { JsonObject } from './json.ts';

/**
 * What a read found a record to be. `archived` is Mailchimp's soft delete, `merged` and `converted` name a
 * successor, `gone` means the system answered that there is no such record (never that a listing missed it),
 * `filtered` that it lives outside the recipe's filter.
 */
export type RecordState = 'live' | 'deleted' | 'archived' | 'merged' | 'converted' | 'gone' | 'filtered';

/** One record as one system holds it now. */
export interface SourceRecord {
  /** The stable id: Salesforce 18 characters, Mailchimp `contact_id`. */
  readonly id: string;
  /** `Contact`, `Lead`, `member`. */
  readonly object: string;
  readonly modifiedAt: Instant;
  readonly state: RecordState;
  /** Where a merged or converted record lives on. */
  readonly successorId?: string;
  /** The vendor's own JSON, read only through a compiled field map. */
  readonly values: JsonObject;
}
