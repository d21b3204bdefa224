import { SalesforceError } from '../errors.ts';
import type { Row } from '../row.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { ApiCall } from './endpoint.ts';

/** HTTP date of the last change, to the second. */
export function lastModified(row: Row): string {
  return new Date(row.LastModifiedDate).toUTCString();
}

/** Only Account rows have an ETag. */
export function entityTag(object: ObjectSchema, row: Row): Record<string, string> {
  return object.name === 'Account' ? { etag: `"${row.Id}--gzip-${row.LastModifiedDate}"` } : {};
}

/** Whether a read may be answered 304. */
export function isUnchangedFor({ headers }: ApiCall, object: ObjectSchema, row: Row): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) return entityTag(object, row).etag === known;
  const since = headers['if-modified-since'];
  return since !== undefined && row.LastModifiedDate <= instantOf(since);
}

/** @throws SalesforceError 412 when the row is no longer what the caller knows */
export function checkUnmodified({ headers }: ApiCall, object: ObjectSchema, row: Row): void {
  const known = headers['if-match'];
  const since = headers['if-unmodified-since'];
  const isStale =
    (known !== undefined && known !== entityTag(object, row).etag) ||
    (since !== undefined && row.LastModifiedDate > instantOf(since));
  if (!isStale) return;
  const message = 'The entity does not match the precondition specified in the request headers';
  throw new SalesforceError('PRECONDITION_FAILED', message, { status: 412 });
}

function instantOf(httpDate: string): number {
  const ms = Date.parse(httpDate);
  if (!Number.isNaN(ms)) return ms;
  throw new SalesforceError('INVALID_HEADER_VALUE', `Invalid date in request header: ${httpDate}`);
}
