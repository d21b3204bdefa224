import type { Answer } from '../simulator.ts';

/** An error of a whole call, answered as `[{message, errorCode, fields?}]`. */
export class SalesforceError extends Error {
  override name = 'SalesforceError';
  readonly errorCode: string;
  readonly status: number;
  readonly fields: readonly string[] | undefined;
  /** Anything else the vendor puts beside the message, such as a duplicate result. */
  readonly extra: Record<string, unknown>;

  constructor(
    errorCode: string,
    message: string,
    {
      status = 400,
      fields,
      extra = {},
    }: { status?: number; fields?: readonly string[]; extra?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.errorCode = errorCode;
    this.status = status;
    this.fields = fields;
    this.extra = extra;
  }
}

/** The array that every failed call is answered with. */
function errorBody(error: SalesforceError): unknown[] {
  const { message, errorCode, fields, extra } = error;
  return [fields === undefined ? { ...extra, message, errorCode } : { ...extra, message, errorCode, fields }];
}

export function errorAnswer(error: SalesforceError): Answer {
  return { status: error.status, body: errorBody(error) };
}

export function invalidSession(): SalesforceError {
  return new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
}

export function notFound(message = 'The requested resource does not exist'): SalesforceError {
  return new SalesforceError('NOT_FOUND', message, { status: 404 });
}

/** Salesforce has no 429: its limits are a 403 without any hint when to come back. */
export function requestLimitExceeded(message = 'TotalRequests Limit exceeded.'): SalesforceError {
  return new SalesforceError('REQUEST_LIMIT_EXCEEDED', message, { status: 403 });
}

export function noSuchColumn(column: string, object: string): SalesforceError {
  return new SalesforceError('INVALID_FIELD', `No such column '${column}' on sobject of type ${object}`);
}

/** What the vendor answers with a status of its own accord; faults use it. */
export function usualError(status: number): SalesforceError {
  switch (status) {
    case 401:
      return invalidSession();
    case 403:
      return requestLimitExceeded();
    case 404:
      return notFound();
    case 414:
      return new SalesforceError('URI_TOO_LONG', 'URI Too Long', { status });
    case 503:
      return new SalesforceError('SERVER_UNAVAILABLE', 'The server is temporarily unavailable', { status });
    case 400:
      return new SalesforceError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', {
        fields: [],
      });
    default:
      return new SalesforceError(
        'UNKNOWN_EXCEPTION',
        'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-1234567890)',
        { status },
      );
  }
}

/** What is wrong with one field of one record. */
export function fieldError(errorCode: string, field: { name: string }, message: string): SalesforceError {
  return new SalesforceError(errorCode, message, { fields: [field.name] });
}

/** What is wrong with one record as a whole. */
export function recordError(
  errorCode: string,
  message: string,
  fields: readonly string[] = [],
): SalesforceError {
  return new SalesforceError(errorCode, message, { fields });
}

export function entityIsDeleted(): SalesforceError {
  return new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] });
}
