/** A line of a document's history: what the system or a person did, or a note. */
export interface HistoryRecord {
  readonly id: string;
  readonly ownerId: string;
  readonly changes: string;
  readonly details: string;
  readonly user: string;
  readonly atMs: number;
}
