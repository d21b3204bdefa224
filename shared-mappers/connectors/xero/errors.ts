import type { ErrorCode } from '../../errors/codes.ts';
import { type ErrorContext, NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemRequest } from '../../http/system-client.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { PAYROLL_V1, PAYROLL_V2 } from './api.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** Xero has no codes for what it refuses: the words are all there is. First match counts. */
const WORDINGS: readonly (readonly [words: RegExp, code: ErrorCode])[] = [
  [/lock date/i, 'PERIOD_LOCKED'],
  [/invoice (#|number) must be unique/i, 'DOCUMENT_UNKNOWN'],
  [
    /not of valid status|status .*(invalid|cannot be)|cannot be (modified|edited|updated)/i,
    'DOCUMENT_CLOSED',
  ],
  [/tax ?type|tax rate/i, 'TAX_NOT_ALLOWED'],
  [/tracking/i, 'TRACKING_UNKNOWN'],
  [/not subscribed to currency|currency .*(invalid|\bnot\b)/i, 'CURRENCY_NOT_SUBSCRIBED'],
  [/(line|document) total|(sub-?total|total tax) .*(match|equal)/i, 'TOTAL_DIFFERS'],
  [/account (code|id)|bank ?account|account .*(archived|\bnot\b.*valid)/i, 'ACCOUNT_UNUSABLE'],
  [/contact .*(archived|\bnot\b.*(active|found|exist)|must be specified|invalid)/i, 'CONTACT_UNUSABLE'],
  [
    /maximum length|too long|exceeds? |no more than \d+ char|\d+ characters or (less|fewer)/i,
    'VALUE_TOO_LONG',
  ],
  [
    /must be (specified|provided|supplied)|is (required|mandatory)|cannot be (empty|blank)/i,
    'FIELD_REQUIRED',
  ],
];

/**
 * What an answer means in the core's codes; undefined for successes, in which single elements may still be refused
 * (`elementError`).
 */
export function interpretXero(answer: HttpResponse, request: SystemRequest): StackbridgeError | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;

  const refusal = refusalOf(answer.body);
  const context: ErrorContext = { system: 'xero', ...retryAfter(answer) };
  const said = `Xero answered ${status} to ${request.method}: ${inWords(refusal, answer)}`;
  if (status === 429) return overLimit(answer, context);
  // A missing scope or role comes as 401 too: a new token would not cure it.
  if (status === 401) {
    const lacksRight = /AuthorizationUnsuccessful/i.test(refusal.detail);
    return new StackbridgeError(lacksRight ? 'ACCESS_DENIED' : 'SIGN_IN_EXPIRED', said, context);
  }
  if (status === 403 && /AuthenticationUnsuccessful/i.test(refusal.detail)) {
    const message = 'Xero is not connected to this organisation (any more)';
    return new StackbridgeError('ACCESS_DENIED', message, context);
  }
  if (status === 403 || (status === 404 && isPayrollListing(request))) {
    return new StackbridgeError('ACCESS_DENIED', said, context);
  }
  if (status === 404) return new StackbridgeError('RECORD_GONE', said, context);
  if (status >= 500 || status === 408) return new StackbridgeError('SERVER_ERROR', said, context);
  return reasoned([...refusal.reasons, refusal.detail], said, context);
}

/** The error of one refused element of a batch that as a whole was a 200. */
export function elementError(reasons: readonly string[], recordId?: string): StackbridgeError {
  const said = reasons.length === 0 ? 'no reason given' : reasons.map(withoutNames).join(' ');
  return reasoned(reasons, `Xero: ${said}`, {
    system: 'xero',
    ...(recordId === undefined ? {} : { recordId }),
  });
}

/** True where nobody knows whether the request was carried out. */
export function isOutcomeUnknown(error: unknown): error is StackbridgeError {
  return (
    error instanceof StackbridgeError &&
    (error.code === 'SERVER_ERROR' || (error instanceof NoAnswerError && error.carriedOut === 'unknown'))
  );
}

/** True where the next request would fail as well: the connection or its limits are at fault. */
export function concernsConnection(error: StackbridgeError): boolean {
  return ['Reconnect', 'Throttled', 'InvalidRecipe', 'Bug'].includes(error.class) || error.code === 'STOPPED';
}

/** The first reason that any wording knows decides. */
function reasoned(reasons: readonly string[], said: string, context: ErrorContext): StackbridgeError {
  for (const reason of reasons) {
    const known = WORDINGS.find(([words]) => words.test(reason));
    if (known !== undefined) return new StackbridgeError(known[1], said, context);
  }
  return new StackbridgeError('REJECTED', said, context);
}

/**
 * The header names the limit in several spellings: `day`, `DayLimit`, `Daily limit`, `minute`, `Minute limit`, `concurrent`,
 * `appminute`. A day lasts up to 24 hours, and whether that is waited for is decided by the patience.
 */
function overLimit({ headers }: HttpResponse, context: ErrorContext): StackbridgeError {
  const problem = (headers['x-rate-limit-problem'] ?? '').trim().toLowerCase();
  if (/^da[iy]/.test(problem)) {
    return new StackbridgeError('QUOTA_USED_UP', "Xero's calls of the day are used up", context);
  }
  const which = problem === '' ? 'a limit' : `the limit "${problem.slice(0, 40)}"`;
  return new StackbridgeError('RATE_LIMITED', `Xero asks to wait for ${which}`, context);
}

/** Payroll exists in three countries, and for payroll administrators. */
function isPayrollListing({ path }: SystemRequest): boolean {
  return new RegExp(`^(${PAYROLL_V1}|${PAYROLL_V2})/\\w+(\\?|$)`).test(path);
}

function inWords(refusal: Refusal, answer: HttpResponse): string {
  if (refusal.reasons.length > 0) return refusal.reasons.map(withoutNames).join(' ');
  if (refusal.detail !== '') return withoutNames(refusal.detail);
  return answer.body === '' ? 'no reason given' : 'a page instead of an answer';
}

/** Xero quotes the name of a contact that is there already; messages are logged. */
function withoutNames(text: string): string {
  return text.replace(/(contact name) .* (is already)/i, '$1 $2').trim();
}

function retryAfter({ headers }: HttpResponse): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
}
