import type { Answer } from '../simulator.ts';
import type { PortalSettings } from './portal-settings.ts';

/** One entry of `details`. */
export interface Detail {
  message: string;
  field_name?: string;
}

/** A refusal in the words of the API, V3; thrown anywhere under a route. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly title: string;
  readonly errorType: 'FIELDS_VALIDATION_ERROR' | 'OPERATIONAL_VALIDATION_ERROR';
  readonly detail: Detail;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail: Detail,
    options: { errorType?: Refusal['errorType']; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail.message);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errorType = options.errorType ?? 'OPERATIONAL_VALIDATION_ERROR';
    this.headers = options.headers ?? {};
  }
}

/** A refusal of the old API: a number and a sentence. */
export class OldRefusal extends Error {
  override name = 'OldRefusal';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The refusal as it is sent. @param path of the call, without its query */
export function refusalAnswer(
  refusal: Refusal,
  settings: Pick<PortalSettings, 'errors' | 'errorsAs200'>,
  method: string,
  path: string,
): Answer {
  const { status, title, errorType, detail, headers } = refusal;
  const isNumeric = settings.errors === 'numbers';
  return {
    status: settings.errorsAs200 ? 200 : status,
    headers: { ...headers },
    body: {
      error: {
        status_code: isNumeric ? status : String(status),
        instance: path,
        method,
        error_type: errorType,
        details: isNumeric ? detail : [detail],
        title,
      },
    },
  };
}

export function oldRefusalAnswer({ status, code, message }: OldRefusal): Answer {
  return { status, body: { error: { code, message } } };
}

export function invalidParameter(field: string, message: string): Refusal {
  return new Refusal(
    400,
    'INVALID_PARAMETER_VALUE',
    { message, field_name: field },
    { errorType: 'FIELDS_VALIDATION_ERROR' },
  );
}

export function patternNotMatched(field: string): Refusal {
  return new Refusal(
    400,
    'PATTERN_NOT_MATCHED',
    { message: 'The value does not match the pattern specified.', field_name: field },
    { errorType: 'FIELDS_VALIDATION_ERROR' },
  );
}

export function badToken(status: 400 | 401): Refusal {
  return new Refusal(status, 'INVALID_OAUTHTOKEN', { message: 'The OAuth token is invalid.' });
}

export function unknownPath(): Refusal {
  return new Refusal(400, 'URL_RULE_NOT_CONFIGURED', { message: 'The URL rule is not configured.' });
}

export function unreadableInput(): Refusal {
  return new Refusal(400, 'INVALID_INPUTSTREAM', { message: 'The input stream is invalid.' });
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'RESOURCE_NOT_FOUND', { message: `The ${what} does not exist.` });
}

export function forbidden(message: string): Refusal {
  return new Refusal(403, 'FORBIDDEN', { message });
}

export function moduleOff(module: string): Refusal {
  return forbidden(`Enable the ${module} module to access the APIs.`);
}

/** @param minutes until it ends, said in the text */
export function throttled(
  calls: number,
  minutes: number,
  { status, retryAfter }: PortalSettings['throttle'],
): Refusal {
  return new Refusal(
    status,
    'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED',
    {
      message: `Cannot execute more than ${calls} requests per API in 2 minutes. Try again after ${minutes} minutes.`,
    },
    retryAfter || status === 429 ? { headers: { 'retry-after': String(minutes * 60) } } : {},
  );
}

/** The API's own words for a status that no rule gave, as injected faults answer it. */
export function refusalOf(status: number): Refusal {
  switch (status) {
    case 401:
      return badToken(401);
    case 403:
      return forbidden('You do not have permission to perform this operation.');
    case 404:
      return notFound('resource');
    case 429:
      return throttled(100, 30, { calls: 100, lockMinutes: 30, status: 429, retryAfter: true });
    default:
      return status < 500
        ? invalidParameter('unknown', 'The parameter value is invalid.')
        : new Refusal(status, 'INTERNAL_SERVER_ERROR', { message: 'An internal server error occurred.' });
  }
}
