import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { DocumentKind } from '../../model/billing/document.ts';
import { withQuery } from './api.ts';
import { XERO_CAPABILITIES } from './capabilities.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { readWhole } from './listing.ts';
import { sendOnce } from './once.ts';

export interface AttachedFile {
  readonly fileName: string;
  /** `application/pdf`. */
  readonly contentType: string;
  readonly base64: string;
}

const AttachmentRow = z.object({ FileName: z.string() });

/** Names of the files on a document. */
export async function listAttachments(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
): Promise<string[]> {
  const rows = await readWhole(client, attachmentsPath(kind, documentId), 'Attachments', AttachmentRow);
  return rows.map(({ FileName }) => FileName);
}

/**
 * Puts a file on a document, once; the customer does not get to see it with an online invoice.
 *
 * @param mayBeThere looks for a file of that name first, and leaves it
 */
export async function attachFile(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
  file: AttachedFile,
  mayBeThere = false,
): Promise<void> {
  const { maxAttachmentBytes } = XERO_CAPABILITIES;
  if (byteLengthOf(file.base64) > maxAttachmentBytes) {
    const message = `Xero takes files of at most ${maxAttachmentBytes / 1_000_000} MB`;
    throw new StackbridgeError('VALUE_TOO_LONG', message, { system: 'xero', recordId: documentId });
  }
  const fileName = usableName(file.fileName);
  const path = `${attachmentsPath(kind, documentId)}/${encodeURIComponent(fileName)}`;
  const request = {
    method: 'PUT',
    // Bank transactions are never shown online and do not know the option.
    path: kind === 'spend-money' ? path : withQuery(path, { IncludeOnline: 'false' }),
    headers: { 'content-type': file.contentType },
    bodyBase64: file.base64,
  } as const;
  const isThere = async (): Promise<true | undefined> =>
    (await listAttachments(client, kind, documentId)).includes(fileName) || undefined;
  if (mayBeThere && (await isThere())) return;
  await sendOnce(async () => {
    await client.send(request, { repeatable: false });
    return true;
  }, isThere);
}

function attachmentsPath(kind: DocumentKind, documentId: string): string {
  return `${DOCUMENT_HOMES[kind].path}/${encodeURIComponent(documentId)}/Attachments`;
}

/** Characters that no file name of Xero's has, and control characters. */
function usableName(name: string): string {
  return name.replaceAll(/[<>:"/\\|?*+\p{Cc}]/gu, '-').trim() || 'attachment';
}

function byteLengthOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}
