import type { Attachment } from '../../books/attachment.ts';
import type { Books } from '../../books/books.ts';

/** Attachments as answers list them. @param plural the path of their owner's kind, such as `Invoices` */
export function showAttachments(books: Books, plural: string, attachments: Iterable<Attachment>): object[] {
  const base = `${books.world.origin}/xero/api.xro/2.0/${plural}`;
  return Array.from(attachments, ({ id, ownerId, fileName, mimeType, bytes, includeOnline }) => ({
    AttachmentID: id,
    FileName: fileName,
    Url: `${base}/${ownerId}/Attachments/${encodeURIComponent(fileName)}`,
    MimeType: mimeType,
    ContentLength: bytes,
    IncludeOnline: includeOnline,
  }));
}
