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
  const isThere = async (): Promise<true | undefined> =>
    (await listAttachments(client, kind, documentId)).includes(fileName) || undefined;
  if (mayBeThere && (await isThere())) return;
  await putOnce(client, kind, documentId, { ...file, fileName }, isThere);
}

/** A text file on a document; undefined where it has none of that name. */
export async function readTextFile(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
  fileName: string,
): Promise<string | undefined> {
  const path = filePath(kind, documentId, fileName);
  try {
    const request = { method: 'GET', path, headers: { accept: '*/*' } } as const;
    return (await client.send(request, { repeatable: true })).body;
  } catch (error) {
    if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return undefined;
    throw error;
  }
}

/** @param replaces a file of that name is there: sent again, it is the same file */
export async function writeTextFile(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
  { fileName, text }: { readonly fileName: string; readonly text: string },
  replaces: boolean,
): Promise<void> {
  const file = { fileName, contentType: 'text/plain', text };
  if (replaces) {
    const request = fileRequest('POST', kind, documentId, file);
    await client.send(request, { repeatable: true });
    return;
  }
  const isThere = async (): Promise<true | undefined> =>
    (await readTextFile(client, kind, documentId, fileName)) === text || undefined;
  await putOnce(client, kind, documentId, file, isThere);
}

interface File {
  readonly fileName: string;
  readonly contentType: string;
}
type Sent = File & ({ readonly base64: string } | { readonly text: string });

/** A repeat would put a second file of the name on the document. */
async function putOnce(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
  file: Sent,
  isThere: () => Promise<true | undefined>,
): Promise<void> {
  const request = fileRequest('PUT', kind, documentId, file);
  await sendOnce(async () => {
    await client.send(request, { repeatable: false });
    return true;
  }, isThere);
}

function fileRequest(method: 'PUT' | 'POST', kind: DocumentKind, documentId: string, file: Sent) {
  const path = filePath(kind, documentId, file.fileName);
  return {
    method,
    // Bank transactions are never shown online and do not know the option; nor does a replacement.
    path: kind === 'spend-money' || method === 'POST' ? path : withQuery(path, { IncludeOnline: 'false' }),
    headers: { 'content-type': file.contentType },
    ...('text' in file ? { body: file.text } : { bodyBase64: file.base64 }),
  };
}

function filePath(kind: DocumentKind, documentId: string, fileName: string): string {
  return `${attachmentsPath(kind, documentId)}/${encodeURIComponent(fileName)}`;
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
