import { z } from 'zod';
import type { ErrorCode } from '../../errors/codes.ts';
import { type ErrorContext, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemRequest } from '../../http/system-client.ts';
import { parsedJson } from '../../model/parsed-json.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { resetAfterMs } from './limits.ts';

/** Every answer has a code; 0 is success, whatever the status says. */
const Envelope = z.object({ code: z.coerce.number(), message: z.string().catch('') });
type Envelope = z.infer<typeof Envelope>;

const CODES: Readonly<Record<number, ErrorCode>> = {
  5: 'CONNECTIONS_INVALID',
  14: 'SIGN_IN_EXPIRED',
  44: 'RATE_LIMITED',
  45: 'QUOTA_USED_UP',
  1002: 'RECORD_GONE',
  1070: 'RATE_LIMITED',
  6041: 'RECIPE_INVALID',
};

/** One record, or its receipt: that it is gone, the connector reads itself. */
const RECORD_PATH = /\/(expenses|invoices)\/[^/?]+(\/receipt)?(\?|$)/;

/** What an answer means in the core's codes; undefined for successes and for a record that is gone. */
export function interpretZohoBooks(
  answer: HttpResponse,
  request: SystemRequest,
): StackbridgeError | undefined {
  const { status, headers } = answer;
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && request.wantsBytes && !isJson(headers)) return undefined;
  const envelope = envelopeOf(answer.body);
  if (isSuccess && envelope?.code === 0) return undefined;
  if (isSuccess && envelope === undefined) {
    if (answer.body.trim() === '') return undefined;
    return failure('SERVER_ERROR', `answered ${status} with something else than its JSON`, {});
  }
  const code = codeOf(status, isSuccess, envelope);
  if (code === 'RECORD_GONE' && RECORD_PATH.test(request.path)) return undefined;
  const words = envelope === undefined ? '' : `: ${envelope.message} (code ${envelope.code})`;
  return failure(code, `answered ${status} to ${request.method}${words}`, retryAfter(code, headers));
}

/** Whether the answer, which `interpretZohoBooks` let through, says that there is no such record. */
export function saysGone({ status, body }: HttpResponse): boolean {
  return status === 404 || envelopeOf(body)?.code === 1002;
}

function codeOf(status: number, isSuccess: boolean, envelope: Envelope | undefined): ErrorCode {
  const known = CODES[envelope?.code ?? 0];
  if (known !== undefined) return known;
  // 57, "not authorized", is said of tokens that have ended and of scopes that were never granted.
  if (status === 401) return 'SIGN_IN_EXPIRED';
  if (status === 403 || envelope?.code === 57) return 'ACCESS_DENIED';
  if (status === 404) return 'RECORD_GONE';
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500 || status === 408 || (isSuccess && envelope?.code === 1000)) return 'SERVER_ERROR';
  return status >= 300 && status < 400 ? 'CONNECTIONS_INVALID' : 'REJECTED';
}

/** A receipt may be large, and no JSON: whatever begins otherwise is not read. */
function envelopeOf(body: string): Envelope | undefined {
  if (!/^\s*\{/.test(body)) return undefined;
  // The envelope stands before what is enclosed, or else the whole is read.
  const ahead = /^\s*\{\s*"code"\s*:\s*0\s*,/.test(body);
  if (ahead) return { code: 0, message: '' };
  return Envelope.safeParse(parsedJson(body)).data;
}

function isJson(headers: HttpResponse['headers']): boolean {
  return /\bjson\b/.test(headers['content-type'] ?? '');
}

function retryAfter(code: ErrorCode, headers: HttpResponse['headers']): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const ofDay = code === 'QUOTA_USED_UP' ? resetAfterMs(headers) : undefined;
  const retryAfterMs = seconds > 0 ? seconds * 1000 : ofDay;
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

function failure(code: ErrorCode, said: string, context: Omit<ErrorContext, 'system'>): StackbridgeError {
  return new StackbridgeError(code, `Zoho Books ${said}`, { system: 'zoho-books', ...context });
}
