/** A cost line that is billed on to a customer. Its status follows from the documents on both ends. */
export interface LinkedTransaction {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceLineId: string;
  readonly contactId?: string;
  readonly targetId?: string;
  readonly targetLineId?: string;
  readonly updatedMs: number;
}
