import type { Answer } from '../../simulator.ts';

/** A call that is not carried out; its answer says why. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly answer: Answer;

  constructor(message: string, answer: Answer) {
    super(message);
    this.answer = answer;
  }
}

/** One element of a request that breaks the rules, with every fault found in it. */
export class ElementFault extends Error {
  override name = 'ElementFault';
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join(' '));
    this.messages = messages;
  }
}

/** The resource does not exist: plain text, in every one of the APIs. */
export function notFound(): Refusal {
  const body = "The resource you're looking for cannot be found";
  return new Refusal(body, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
}

/** Elements are echoed with their ValidationErrors. */
export function validationException(elements: readonly object[]): Refusal {
  return exception(10, 'ValidationException', 'A validation exception occurred', { Elements: elements });
}

/** The body is no JSON, or a value of it has the wrong type. */
export function postDataInvalid(message: string): Refusal {
  return exception(14, 'PostDataInvalidException', message);
}

/** `where` or `order` cannot be read. */
export function queryParseException(message: string): Refusal {
  return exception(16, 'QueryParseException', message);
}

/** The body holds nothing to work on. */
export function noDataProcessed(): Refusal {
  return exception(17, 'NoDataProcessedException', 'No data has been processed for this endpoint.');
}

function exception(number: number, type: string, message: string, more: object = {}): Refusal {
  return new Refusal(message, {
    status: 400,
    body: { ErrorNumber: number, Type: type, Message: message, ...more },
  });
}

/** Something that a token may not do, or no token at all. */
export function unauthorized(detail: string, instance: string, status: 401 | 403 = 401): Refusal {
  const body = {
    Type: null,
    Title: 'Unauthorized',
    Status: status,
    Detail: detail,
    Instance: instance,
    Extensions: {},
  };
  return new Refusal(detail, { status, body });
}

/** The token does not reach the organisation that `xero-tenant-id` names. */
export function wrongTenant(instance: string): Refusal {
  const detail = 'AuthenticationUnsuccessful';
  return new Refusal(detail, { status: 403, body: { title: 'Forbidden', status: 403, detail, instance } });
}

/** Any other refusal with a title and a reason. */
export function badRequest(detail: string, instance: string): Refusal {
  const body = {
    Type: null,
    Title: 'Bad Request',
    Status: 400,
    Detail: detail,
    Instance: instance,
    Extensions: {},
  };
  return new Refusal(detail, { status: 400, body });
}
