import { z } from 'zod';
import type { ErrorCode } from '../../errors/codes.ts';
import { type ErrorContext, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemRequest } from '../../http/system-client.ts';
import { parsedJson } from '../../model/parsed-json.ts';
import type { HttpResponse } from '../../ports/http.ts';

/** A kind of record that the portal's administrator has turned off: nobody can have any. */
export class ModuleOffError extends StackbridgeError {
  constructor(message: string, context: ErrorContext) {
    super('ACCESS_DENIED', message, context);
  }
}

/** `details` comes as an array or as one object; V2 has `code` and `message` instead. */
const Detail = z.object({
  message: z.string().catch(''),
  field_name: z.string().optional().catch(undefined),
});
const Fault = z.object({
  status_code: z.coerce.number().optional().catch(undefined),
  title: z.string().catch(''),
  details: z.union([z.array(Detail), Detail.transform((detail) => [detail])]).catch([]),
  code: z.coerce.number().optional().catch(undefined),
  message: z.string().catch(''),
});
const FaultBody = z.object({
  error: z.union([Fault, z.string().transform((title) => Fault.parse({ title }))]),
});
type Fault = z.infer<typeof Fault>;

const UNKNOWN_PATH = 'URL_RULE_NOT_CONFIGURED';

/** Codes of the old API: the plan has no API, the scope is not granted, the URL is wrong. */
const OLD_CODES: Readonly<Record<number, ErrorCode>> = {
  2945: 'ACCESS_DENIED',
  6500: 'ACCESS_DENIED',
  6891: 'CONNECTIONS_INVALID',
  7103: 'ACCESS_DENIED',
  7218: 'ACCESS_DENIED',
};

const TITLES: Readonly<Record<string, ErrorCode>> = {
  INVALID_OAUTHTOKEN: 'SIGN_IN_EXPIRED',
  INVALID_OAUTHSCOPE: 'ACCESS_DENIED',
  URL_ROLLING_THROTTLES_LIMIT_EXCEEDED: 'RATE_LIMITED',
  [UNKNOWN_PATH]: 'CONNECTIONS_INVALID',
  RESOURCE_NOT_FOUND: 'RECORD_GONE',
};

/** Phases go by two names: that one of them is no path here, the connector reads itself. */
const PHASES_PATH = /\/(phases|milestones)(\?|$)/;
const WORK_ITEM_PATH = /\/(tasks|issues)\/\d+$/;

/**
 * What an answer means in the core's codes. The status alone says little: a bad token and a throttle come as 400, and
 * any refusal may come as 200. Undefined for successes, for the spelling of phases that a portal does not know, and
 * for a task or issue that is gone, which the connector reads itself.
 */
export function interpretZohoProjects(
  answer: HttpResponse,
  request: SystemRequest,
): StackbridgeError | undefined {
  const fault = faultOf(answer.body);
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (fault === undefined && isSuccess) return isJsonOrEmpty(answer.body) ? undefined : notJson(answer);
  // With HTTP 200 the body alone knows the status.
  const status = isSuccess ? (fault?.status_code ?? 400) : answer.status;
  if (isUnknownPath(status, fault) && PHASES_PATH.test(request.path)) return undefined;
  if (status === 404 && WORK_ITEM_PATH.test(request.path)) return undefined;

  const words = wordsOf(fault);
  const said = `Zoho Projects answered ${status} to ${request.method}${words === '' ? '' : `: ${words}`}`;
  const context: ErrorContext = { system: 'zoho-projects', ...fieldOf(fault) };
  if (/^Enable the .+ module\b/i.test(messageOf(fault))) return new ModuleOffError(said, context);
  const code = codeOf(status, fault, words);
  const retryAfterMs = waitSaid(answer, words) ?? (code === 'RATE_LIMITED' ? LOCK_MS : undefined);
  return new StackbridgeError(
    code,
    said,
    retryAfterMs === undefined ? context : { ...context, retryAfterMs },
  );
}

/** Whether the answer says that its path is none: `interpretZohoProjects` lets only those of phases through. */
export function saysUnknownPath({ status, body }: HttpResponse): boolean {
  const fault = faultOf(body);
  return isUnknownPath(status, fault);
}

function isUnknownPath(status: number, fault: Fault | undefined): boolean {
  if (fault !== undefined && (fault.title === UNKNOWN_PATH || fault.code === 6891)) return true;
  return status === 404 && (fault === undefined || (fault.title === '' && fault.code === undefined));
}

function codeOf(status: number, fault: Fault | undefined, words: string): ErrorCode {
  const known = TITLES[fault?.title ?? ''] ?? OLD_CODES[fault?.code ?? 0];
  if (known !== undefined) return known;
  if (status === 429 || /try again after \d+ \w+/i.test(words)) return 'RATE_LIMITED';
  if (status === 401) return 'SIGN_IN_EXPIRED';
  if (status === 403) return 'ACCESS_DENIED';
  if (status === 404) return 'RECORD_GONE';
  if (status >= 500 || status === 408) return 'SERVER_ERROR';
  // Redirects lead to another data centre, or to a page for people.
  return status >= 300 && status < 400 ? 'CONNECTIONS_INVALID' : 'REJECTED';
}

function faultOf(body: string): Fault | undefined {
  // Whole listings need not be read twice to see that they are no refusal.
  if (!body.includes('"error"')) return undefined;
  return FaultBody.safeParse(parsedJson(body)).data?.error;
}

function isJsonOrEmpty(body: string): boolean {
  return /^\s*([[{]|$)/.test(body);
}

function notJson({ status }: HttpResponse): StackbridgeError {
  const said = `Zoho Projects answered ${status} with something that is not JSON`;
  return new StackbridgeError('SERVER_ERROR', said, { system: 'zoho-projects' });
}

function messageOf(fault: Fault | undefined): string {
  return fault?.details.find(({ message }) => message !== '')?.message ?? fault?.message ?? '';
}

function wordsOf(fault: Fault | undefined): string {
  return [fault?.title ?? '', messageOf(fault)].filter((part) => part !== '').join(', ');
}

function fieldOf(fault: Fault | undefined): { field?: string } {
  const field = fault?.details.find(({ field_name }) => field_name !== undefined)?.field_name;
  return field === undefined ? {} : { field };
}

/** A documented lock, for a throttle that does not say how long: a call within it would be refused as well. */
const LOCK_MS = 10 * 60_000;

const UNITS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** Often only the text says it: "Try again after 22 minutes." Where the header says it too, the longer wait counts. */
function waitSaid({ headers }: HttpResponse, words: string): number | undefined {
  const [, count = '', unit = ''] = /try again after (\d+) (second|minute|hour)/i.exec(words) ?? [];
  const bySaid = Number(count) * (UNITS[unit.toLowerCase()] ?? 0);
  const byHeader = Number(headers['retry-after'] ?? 0) * 1000;
  const waitMs = Math.max(bySaid, Number.isFinite(byHeader) ? byHeader : 0);
  return waitMs > 0 ? waitMs : undefined;
}
