import { z } from 'zod';
import type { ErrorCode } from '../../errors/codes.ts';
import { type ErrorContext, NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemRequest } from '../../http/system-client.ts';
import { parsedJson } from '../../model/parsed-json.ts';
import type { HttpResponse } from '../../ports/http.ts';

/** One refused member in the answer to a batch, which as a whole is a 200. */
export const BatchFault = z.object({
  email_address: z.string().default(''),
  error: z.string().default(''),
  error_code: z.string().default('ERROR_GENERIC'),
  field: z.string().nullish(),
  field_message: z.string().nullish(),
});
export type BatchFault = z.infer<typeof BatchFault>;

/** `application/problem+json`. `type` is missing from some, `errors` from most. */
const Problem = z.object({
  title: z.string().default(''),
  detail: z.string().default(''),
  errors: z.array(z.object({ field: z.string().default(''), message: z.string().default('') })).nullish(),
});
type Problem = z.infer<typeof Problem>;

interface FieldFault {
  readonly field: string;
  readonly message: string;
}

const TITLES: Readonly<Record<string, ErrorCode>> = {
  'Member Exists': 'MEMBER_EXISTS',
  'Member In Compliance State': 'MEMBER_COMPLIANCE',
  'Forgotten Email Not Subscribed': 'MEMBER_FORGOTTEN',
};

/** Batches word their refusals as single calls do, but give no title: the words are all there is. First match counts. */
const WORDINGS: readonly (readonly [words: RegExp, code: ErrorCode])[] = [
  [/already a list member/i, 'MEMBER_EXISTS'],
  [/permanently deleted|cannot be re-?imported|forgotten/i, 'MEMBER_FORGOTTEN'],
  [/compliance state|previously (unsubscribed|removed)/i, 'MEMBER_COMPLIANCE'],
  [/looks fake or invalid|valid email address|email address is invalid|single @/i, 'EMAIL_INVALID'],
  [/\b(is|was|been) cleaned\b|\bhas bounced\b/i, 'MEMBER_CLEANED'],
];

const FIELD_WORDINGS: readonly (readonly [words: RegExp, code: ErrorCode])[] = [
  [/enter a value|not provided|is required$/i, 'FIELD_REQUIRED'],
  [/must be one of|not one of the accepted/i, 'CHOICE_UNKNOWN'],
  [/no more than|too long|less than or equal/i, 'VALUE_TOO_LONG'],
];

const REPORT_PATH = /^\/reports\/[^/?]+/;
const MEMBER_PATH = /\/members\/[^/?]+/;
const WEBHOOK_PATH = /\/webhooks\/[^/?]+/;

/**
 * What an answer means in the core's codes; undefined for successes, for "no such member" and "no such webhook" (404) and
 * for a member that cannot be archived (405), which the connector reads itself.
 */
export function interpretMailchimp(
  answer: HttpResponse,
  request: SystemRequest,
): StackbridgeError | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  const isOfMember = MEMBER_PATH.test(request.path);
  if (isOfMember && (status === 404 || (status === 405 && request.method === 'DELETE'))) return undefined;
  if (status === 404 && WEBHOOK_PATH.test(request.path)) return undefined;

  const problem = problemOf(answer.body);
  const context: ErrorContext = { system: 'mailchimp', ...retryAfter(answer) };
  const said = `Mailchimp answered ${status} to ${request.method}: ${wordsOf(problem, answer)}`;
  if (status === 401) return new StackbridgeError('SIGN_IN_EXPIRED', said, context);
  // At high volume the edge answers for Mailchimp: 429 or 403 without a problem, or a page "Request Blocked".
  if (status === 429 || isEdgeLimit(answer, problem)) {
    return new StackbridgeError('RATE_LIMITED', said, context);
  }
  if (status === 403) return new StackbridgeError('ACCESS_DENIED', said, context);
  if (status === 404 && REPORT_PATH.test(request.path)) {
    return new StackbridgeError(
      'RECORD_GONE',
      'Mailchimp no longer has this campaign, or this reader',
      context,
    );
  }
  if (status === 404) {
    return new StackbridgeError('RECIPE_INVALID', 'Mailchimp has no such audience for this account', context);
  }
  if (status >= 500 || status === 408) return new StackbridgeError('SERVER_ERROR', said, context);
  return problem === undefined ? new StackbridgeError('REJECTED', said, context) : refusal(problem);
}

/** The error of one refused member of a batch. */
export function memberError(fault: BatchFault, recordId?: string): StackbridgeError {
  const context: ErrorContext = recordId === undefined ? {} : { recordId };
  const fields = fault.field ? [{ field: fault.field, message: fault.field_message ?? fault.error }] : [];
  if (fault.error_code === 'ERROR_CONTACT_EXISTS')
    return toError('MEMBER_EXISTS', fault.error, fields, context);
  return toError(codeByWords(fault.error) ?? codeByFields(fields), fault.error, fields, context);
}

/** The same error, said of one record. */
export function errorOf(error: StackbridgeError, recordId: string): StackbridgeError {
  if (error instanceof NoAnswerError) {
    return new NoAnswerError(error.message, error.carriedOut, { ...error.context, recordId });
  }
  return new StackbridgeError(error.code, error.message, { ...error.context, recordId });
}

/** True where nobody knows whether the request was carried out. */
export function isOutcomeUnknown(error: StackbridgeError): boolean {
  return error.code === 'SERVER_ERROR' || (error instanceof NoAnswerError && error.carriedOut === 'unknown');
}

/** True where the next request would fail as well: the connection, its limits or the audience are at fault. */
export function concernsConnection(error: StackbridgeError): boolean {
  return ['Reconnect', 'Throttled', 'InvalidRecipe', 'Bug'].includes(error.class) || error.code === 'STOPPED';
}

function refusal(problem: Problem): StackbridgeError {
  const faults = problem.errors ?? [];
  const code = TITLES[problem.title] ?? codeByWords(problem.detail) ?? codeByFields(faults);
  return toError(code, problem.detail, faults, {});
}

function codeByWords(text: string): ErrorCode | undefined {
  return WORDINGS.find(([words]) => words.test(text))?.[1];
}

function codeByFields([first]: readonly FieldFault[]): ErrorCode {
  if (first === undefined) return 'REJECTED';
  if (/(^|\.)email(_address)?$/i.test(first.field)) return 'EMAIL_INVALID';
  return FIELD_WORDINGS.find(([words]) => words.test(first.message))?.[1] ?? 'VALUE_INVALID';
}

function toError(
  code: ErrorCode,
  text: string,
  faults: readonly FieldFault[],
  context: ErrorContext,
): StackbridgeError {
  const field = faults.map(fieldName).find((name) => name !== '');
  const reasons = faults.map((fault) => `${fieldName(fault)}: ${withoutValues(fault.message)}`);
  const said = `Mailchimp: ${[withoutValues(text), ...reasons].join(' ')}`;
  return new StackbridgeError(code, said, {
    system: 'mailchimp',
    ...context,
    ...(field === undefined ? {} : { field }),
  });
}

/** A batch refused whole names its fields by their place: `members.item:3.vip`. */
function fieldName({ field }: FieldFault): string {
  return field.replace(/^members\.item:\d+\./, '');
}

/** Mailchimp quotes the address and the refused value; messages are logged and must hold neither. */
function withoutValues(text: string): string {
  return text
    .replaceAll(/[^\s"'<>]+@[^\s"'<>]+/g, 'the address')
    .replaceAll(/ \((not|the portion) [^)]*\)/g, '')
    .trim();
}

function problemOf(body: string): Problem | undefined {
  if (!body.trimStart().startsWith('{')) return undefined;
  return Problem.safeParse(parsedJson(body)).data;
}

function wordsOf(problem: Problem | undefined, answer: HttpResponse): string {
  if (problem !== undefined) return withoutValues(problem.detail || problem.title);
  return answer.body === '' ? 'no reason given' : 'a page instead of an answer';
}

function isEdgeLimit({ status, body }: HttpResponse, problem: Problem | undefined): boolean {
  if (problem !== undefined) return false;
  return status === 403 || (status === 503 && /request blocked/i.test(body));
}

function retryAfter({ headers }: HttpResponse): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
}
