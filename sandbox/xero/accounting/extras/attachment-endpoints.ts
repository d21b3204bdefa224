import type { Answer } from '../../../simulator.ts';
import type { Attachment } from '../../books/attachment.ts';
import type { Books } from '../../books/books.ts';
import { isGuid } from '../../books/ids.ts';
import { flag, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { notFound, validationException } from '../../wire/refusal.ts';
import { envelope } from '../envelope.ts';
import { showAttachments } from './attachment-json.ts';

const MOST = 10;
const LARGEST_BYTES = 10 * 1024 * 1024;

/** What attachments can hang on. */
export interface Owners {
  /** As its path begins: `Invoices`. */
  readonly plural: string;
  /** As operations are named: `invoices`. */
  readonly operation: string;
  /** @throws Refusal 404 */
  find(call: XeroCall): { id: string };
  /** Whether attachments can go on the invoice that the customer sees online. */
  readonly hasOnline?: boolean;
}

/** `/<Owners>/{id}/Attachments`: upload, list, download. */
export function attachmentEndpoints(owners: Owners): XeroEndpoint[] {
  const path = `/${owners.plural}/:ownerId/Attachments`;
  const named = `${path}/:FileName`;
  const scopes = ['accounting.attachments'];
  const operation = `${owners.operation}.attachments`;
  return [
    { method: 'GET', path, operation: `${operation}.list`, scopes, handle: (call) => list(call, owners) },
    {
      method: 'GET',
      path: named,
      operation: `${operation}.get`,
      scopes,
      handle: (call) => download(call, owners),
    },
    {
      method: 'PUT',
      path: named,
      operation: `${operation}.create`,
      scopes,
      handle: (call) => upload(call, owners, false),
    },
    {
      method: 'POST',
      path: named,
      operation: `${operation}.replace`,
      scopes,
      handle: (call) => upload(call, owners, true),
    },
  ];
}

function list(call: XeroCall, owners: Owners): Answer {
  const { books } = call;
  const files = filesOf(books, owners.find(call).id);
  return envelope(books, { Attachments: showAttachments(books, owners.plural, files) });
}

function download(call: XeroCall, owners: Owners): Answer {
  const key = param(call, 'FileName');
  const files = filesOf(call.books, owners.find(call).id);
  const file = isGuid(key)
    ? files.find(({ id }) => id === key.toLowerCase())
    : files.find(({ fileName }) => fileName === key);
  if (file === undefined) throw notFound();
  return {
    status: 200,
    headers: { 'content-type': file.mimeType },
    body: Buffer.from(file.content, 'base64'),
  };
}

/** PUT adds a file, even one of the same name; POST replaces the one of that name. */
function upload(call: XeroCall, owners: Owners, replaces: boolean): Answer {
  const { books, body } = call;
  const ownerId = owners.find(call).id;
  const fileName = param(call, 'FileName');
  const files = filesOf(books, ownerId);
  const old = replaces ? files.find((file) => file.fileName === fileName) : undefined;
  const fault = faultOf(fileName, body, old === undefined ? files.length : files.length - 1);
  if (fault !== undefined)
    throw validationException([{ FileName: fileName, ValidationErrors: [{ Message: fault }] }]);
  const attachment: Attachment = {
    id: old?.id ?? books.ids.next(),
    ownerId,
    fileName,
    mimeType: (call.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? '',
    content: body.toString('base64'),
    bytes: body.length,
    includeOnline:
      owners.hasOnline === true && (flag(call, 'IncludeOnline') || (old?.includeOnline ?? false)),
  };
  books.attachments.put(attachment);
  books.record(ownerId, 'Attached a file', `Attached the file ${fileName} through the Xero API`);
  return envelope(books, { Attachments: showAttachments(books, owners.plural, [attachment]) });
}

function faultOf(fileName: string, body: Buffer, others: number): string | undefined {
  if (/[<>:"/\\|?*\0+]/.test(fileName)) return 'The file name contains characters that are not allowed.';
  if (body.length === 0) return 'The attachment has no content.';
  if (body.length > LARGEST_BYTES) return 'The attachment is larger than the maximum size of 10 MB.';
  return others >= MOST ? `A maximum of ${MOST} attachments can be added to a document.` : undefined;
}

function filesOf(books: Books, ownerId: string): Attachment[] {
  return [...books.attachments.found(books.attachmentsByOwner, ownerId)];
}
