import type { Answer } from '../simulator.ts';

/** One entry of a problem's `errors`: the field at fault and what is wrong with it. */
export interface FieldFault {
  field: string;
  message: string;
}

const TYPE = 'https://mailchimp.com/developer/marketing/docs/errors/';
const SCHEMA = '</schema/3.0/Definitions/ProblemDetailDocument.json>; rel="describedBy"';

/** Titles whose recorded bodies carry no `type`. */
const UNTYPED = new Set(['Member Exists', 'Member In Compliance State', 'Forgotten Email Not Subscribed']);

/** A refusal in Mailchimp's words; thrown anywhere under a route, answered as `application/problem+json`. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldFault[] | undefined;
  /** Sent along with the answer, e.g. `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    errors?: readonly FieldFault[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The problem as it is sent; `instance` is also the answer's `X-Request-Id`. */
export function problemAnswer(problem: Problem, instance: string): Answer {
  return {
    status: problem.status,
    headers: {
      ...problem.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': instance,
      link: SCHEMA,
    },
    body: JSON.stringify({
      ...(UNTYPED.has(problem.title) ? {} : { type: TYPE }),
      title: problem.title,
      status: problem.status,
      detail: problem.message,
      instance,
      ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    }),
  };
}

export function notFound(): Problem {
  return new Problem(404, 'Resource Not Found', 'The requested resource could not be found.');
}

export function invalidResource(detail: string, errors?: readonly FieldFault[]): Problem {
  return new Problem(400, 'Invalid Resource', detail, errors);
}

/** The body or query does not fit its schema; lists every field at fault. */
export function unfitResource(errors: readonly FieldFault[]): Problem {
  return invalidResource(
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    errors,
  );
}

export function invalidMergeFields(errors: readonly FieldFault[]): Problem {
  return invalidResource('Your merge fields were invalid.', errors);
}

export function memberExists(email: string): Problem {
  return new Problem(
    400,
    'Member Exists',
    `${email} is already a list member. Use PUT to insert or update list members.`,
  );
}

export function memberInCompliance(email: string): Problem {
  return new Problem(
    400,
    'Member In Compliance State',
    `${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
  );
}

export function forgottenEmail(email: string): Problem {
  return new Problem(
    400,
    'Forgotten Email Not Subscribed',
    `${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
  );
}

export function cannotArchive(): Problem {
  return new Problem(
    405,
    'Method Not Allowed',
    'This list member cannot be removed. Can not archive a contact that is bounced, pending or archived',
    undefined,
    { allow: 'GET, PUT' },
  );
}

export function invalidKey(): Problem {
  return new Problem(
    401,
    'API Key Invalid',
    "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
  );
}

export function tooManyConnections(): Problem {
  return new Problem(429, 'Too Many Requests', 'You have exceeded the limit of 10 simultaneous connections.');
}

export function unreadableJson(): Problem {
  return new Problem(400, 'JSON Parse Error', 'We encountered an unspecified JSON parsing error.');
}

/** The vendor's own words for a status that no rule of the API gave, as injected faults answer it. */
export function problemOf(status: number): Problem {
  switch (status) {
    case 401:
      return invalidKey();
    case 403:
      return new Problem(403, 'Forbidden', 'User does not have access to the requested operation');
    case 404:
      return notFound();
    case 429:
      return tooManyConnections();
    case 500:
      return new Problem(
        500,
        'Internal Server Error',
        'A deep, internal error has occurred during the processing of your request. Please contact support.',
      );
    default:
      return status < 500
        ? invalidResource('The resource submitted could not be validated.')
        : new Problem(status, 'Internal Server Error', 'An unexpected internal error has occurred.');
  }
}
