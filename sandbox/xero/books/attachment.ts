export interface Attachment {
  readonly id: string;
  /** The document, contact or account it hangs on. */
  readonly ownerId: string;
  readonly fileName: string;
  readonly mimeType: string;
  /** Base 64. */
  readonly content: string;
  readonly bytes: number;
  readonly includeOnline: boolean;
}
