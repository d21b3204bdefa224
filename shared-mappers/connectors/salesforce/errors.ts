import { z } from 'zod';
import type { ErrorCode } from '../../errors/codes.ts';
import { type ErrorContext, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemRequest } from '../../http/system-client.ts';
import { parsedJson } from '../../model/parsed-json.ts';
import type { HttpResponse } from '../../ports/http.ts';

/** One fault as Salesforce words it: whole answers name it `errorCode`, results of single records `statusCode`. */
export interface VendorFault {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Records that a duplicate rule found. */
  readonly duplicateIds: readonly string[];
}

/** Every code that means something to the core; others are `REJECTED` (400) or follow from the status. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'SIGN_IN_EXPIRED',
  INVALID_AUTH_HEADER: 'SIGN_IN_EXPIRED',

  API_DISABLED_FOR_ORG: 'ACCESS_DENIED',
  API_CURRENTLY_DISABLED: 'ACCESS_DENIED',
  FUNCTIONALITY_NOT_ENABLED: 'ACCESS_DENIED',
  INSUFFICIENT_ACCESS: 'ACCESS_DENIED',
  INSUFFICIENT_ACCESS_OR_READONLY: 'ACCESS_DENIED',
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: 'ACCESS_DENIED',
  INVALID_TYPE: 'ACCESS_DENIED',

  SERVER_UNAVAILABLE: 'SERVER_ERROR',
  UNKNOWN_EXCEPTION: 'SERVER_ERROR',
  QUERY_TIMEOUT: 'SERVER_ERROR',
  UNABLE_TO_LOCK_ROW: 'ROW_LOCKED',

  MALFORMED_QUERY: 'RECIPE_INVALID',
  INVALID_QUERY_FILTER_OPERATOR: 'RECIPE_INVALID',
  // A field that field-level security hides is answered exactly as one that does not exist.
  INVALID_FIELD: 'BRAKE_FIELD_MISSING',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'BRAKE_FIELD_READ_ONLY',

  NOT_FOUND: 'RECORD_GONE',
  ENTITY_IS_DELETED: 'RECORD_GONE',
  CANNOT_UPDATE_CONVERTED_LEAD: 'RECORD_LOCKED',
  ENTITY_IS_LOCKED: 'RECORD_LOCKED',

  STRING_TOO_LONG: 'VALUE_TOO_LONG',
  INVALID_EMAIL_ADDRESS: 'EMAIL_INVALID',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'CHOICE_UNKNOWN',
  REQUIRED_FIELD_MISSING: 'FIELD_REQUIRED',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'VALIDATION_RULE',
  JSON_PARSER_ERROR: 'VALUE_INVALID',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'VALUE_INVALID',
  NUMBER_OUTSIDE_VALID_RANGE: 'VALUE_INVALID',
  FIELD_INTEGRITY_EXCEPTION: 'VALUE_INVALID',
  MALFORMED_ID: 'VALUE_INVALID',

  DUPLICATES_DETECTED: 'DUPLICATE_FOUND',
  DUPLICATE_VALUE: 'DUPLICATE_FOUND',
  DUPLICATE_EXTERNAL_ID: 'DUPLICATE_FOUND',
};

const FaultShape = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().nullish(),
    fields: z.array(z.string()).nullish(),
    duplicateResult: z
      .object({
        matchResults: z
          .array(
            z.object({
              matchRecords: z
                .array(z.object({ record: z.object({ Id: z.string().optional() }).nullish() }))
                .nullish(),
            }),
          )
          .nullish(),
      })
      .nullish(),
  })
  .transform(({ errorCode, statusCode, message, fields, duplicateResult }): VendorFault => {
    const found = duplicateResult?.matchResults?.flatMap((result) => result.matchRecords ?? []) ?? [];
    return {
      code: errorCode ?? statusCode ?? '',
      message: message ?? '',
      fields: fields ?? [],
      duplicateIds: found.flatMap(({ record }) => (record?.Id === undefined ? [] : [record.Id])),
    };
  });

/** The faults of a whole answer (an array, also where there is only one) or of one record's result. */
export const VendorFaults = z.array(FaultShape);

/**
 * What an answer means in the core's codes; undefined for successes and for an expired query locator, from which
 * reading goes on by itself.
 */
export function interpretSalesforce(
  answer: HttpResponse,
  request: SystemRequest,
): StackbridgeError | undefined {
  if (answer.status >= 200 && answer.status < 300) {
    // A proxy's or a maintenance page in place of the answer; neither JSON nor CSV starts like this.
    return answer.body.startsWith('<') ? byStatus({ ...answer, status: 502 }, request) : undefined;
  }
  const fault = faultsOf(answer.body)[0];
  if (fault?.code === 'INVALID_QUERY_LOCATOR') return undefined;
  if (fault === undefined || fault.code === '') return byStatus(answer, request);
  if (fault.code === 'REQUEST_LIMIT_EXCEEDED') return limitError(fault, answer);
  const known = CODES[fault.code];
  if (known === undefined && answer.status >= 500) return byStatus(answer, request);
  return toError(fault, known ?? (answer.status === 401 ? 'SIGN_IN_EXPIRED' : 'REJECTED'), {
    ...retryAfter(answer),
  });
}

/** What the fault of one record of a batch means. It concerns that record only, never the connection. */
export function recordError(fault: VendorFault, recordId?: string): StackbridgeError {
  const context = recordId === undefined ? {} : { recordId };
  // Apex triggers wrap the lock that they ran into.
  if (fault.message.includes('UNABLE_TO_LOCK_ROW')) return toError(fault, 'ROW_LOCKED', context);
  if (fault.code === 'INVALID_CROSS_REFERENCE_KEY' && fault.fields.length === 0) {
    return toError(fault, 'RECORD_GONE', context);
  }
  const code = CODES[fault.code] ?? 'REJECTED';
  return toError(fault, code === 'ACCESS_DENIED' || code === 'SIGN_IN_EXPIRED' ? 'REJECTED' : code, context);
}

/** Reads bulk's `sf__Error`: `INVALID_EMAIL_ADDRESS:Email: invalid email address: x:Email --`. */
export function parseBulkFault(text: string): VendorFault {
  const match = text.match(/^([A-Z_]+):(.*):([^:]*?)\s*--\s*$/s);
  if (match === null) {
    return { code: text.match(/^[A-Z_]+(?=:|$)/)?.[0] ?? '', message: text, fields: [], duplicateIds: [] };
  }
  const [, code = '', message = '', fields = ''] = match;
  const names = fields.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return { code, message: message.trim(), fields: names, duplicateIds: [] };
}

function faultsOf(body: string): VendorFault[] {
  if (!body.startsWith('[')) return [];
  return VendorFaults.safeParse(parsedJson(body)).data ?? [];
}

function limitError(fault: VendorFault, answer: HttpResponse): StackbridgeError {
  // "TotalRequests Limit exceeded." is the rolling day, "ConcurrentPerOrgLongTxn Limit exceeded" passes in seconds.
  const code = fault.message.includes('Concurrent') ? 'RATE_LIMITED' : 'QUOTA_USED_UP';
  return toError(fault, code, retryAfter(answer));
}

function toError(fault: VendorFault, code: ErrorCode, context: ErrorContext): StackbridgeError {
  const field = fault.fields[0] ?? columnNamed(fault);
  return new StackbridgeError(code, wording(fault, code, field), {
    system: 'salesforce',
    ...context,
    ...(field === undefined ? {} : { field }),
  });
}

function wording(fault: VendorFault, code: ErrorCode, field: string | undefined): string {
  const said = `Salesforce: ${fault.message} (${fault.code || 'no code'})`;
  if (code === 'BRAKE_FIELD_MISSING') {
    return `Salesforce has no field ${field ?? 'of that name'} for this user: it does not exist, or field-level security hides it (${fault.code})`;
  }
  if (code === 'RECIPE_INVALID') return `${said}; look at the recipe's filter`;
  if (code === 'DUPLICATE_FOUND' && fault.duplicateIds.length > 0) {
    return `${said}; found ${fault.duplicateIds.join(', ')}`;
  }
  return said;
}

/** `No such column 'Foo__c' on sobject of type Contact`, on one line or after the query it quotes. */
function columnNamed({ code, message }: VendorFault): string | undefined {
  return code === 'INVALID_FIELD' ? message.match(/No such column '([^']+)'/)?.[1] : undefined;
}

function byStatus(answer: HttpResponse, request: SystemRequest): StackbridgeError {
  const { status } = answer;
  const context: ErrorContext = { system: 'salesforce', ...retryAfter(answer) };
  const said = `Salesforce answered ${status} to ${request.method}`;
  if (status === 401) return new StackbridgeError('SIGN_IN_EXPIRED', said, context);
  if (status === 403) return new StackbridgeError('ACCESS_DENIED', said, context);
  if (status === 429) return new StackbridgeError('RATE_LIMITED', said, context);
  if (status >= 500 || status === 408) return new StackbridgeError('SERVER_ERROR', said, context);
  return new StackbridgeError('REJECTED', said, context);
}

function retryAfter(answer: HttpResponse): { retryAfterMs?: number } {
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
}
