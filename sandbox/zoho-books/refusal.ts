import type { Answer } from '../simulator.ts';

/** A refusal in the words of the books: a number that is not 0 and a sentence. */
export class BooksRefusal extends Error {
  override name = 'BooksRefusal';
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function refusalAnswer({ status, code, message, headers }: BooksRefusal, as200: boolean): Answer {
  return { status: as200 ? 200 : status, headers: { ...headers }, body: { code, message } };
}

export function invalidValue(name: string): BooksRefusal {
  return new BooksRefusal(400, 2, `Invalid value passed for ${name}`);
}

export function notThere(what: string): BooksRefusal {
  return new BooksRefusal(404, 1002, `${what} does not exist.`);
}

export function invalidPath(): BooksRefusal {
  return new BooksRefusal(404, 5, 'Invalid URL Passed');
}

export function badToken(): BooksRefusal {
  return new BooksRefusal(401, 14, 'Invalid value passed for authtoken.');
}

export function notAuthorized(): BooksRefusal {
  return new BooksRefusal(401, 57, 'You are not authorized to perform this operation');
}

export function otherOrganisation(id: string): BooksRefusal {
  return new BooksRefusal(400, 6041, `This user is not associated with the CompanyID/CompanyName:${id}.`);
}

export function tooManyAMinute(retryAfterS: number): BooksRefusal {
  return new BooksRefusal(
    429,
    44,
    'For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute that can be sent from this account.',
    { 'retry-after': String(retryAfterS) },
  );
}

export function tooManyADay(): BooksRefusal {
  return new BooksRefusal(
    429,
    45,
    'You have exceeded the maximum number of requests that can be sent from this account in a day.',
  );
}

export function tooManyAtOnce(): BooksRefusal {
  return new BooksRefusal(429, 1070, 'You have exceeded the maximum number of in process requests.');
}

/** The books' own words for a status that no rule gave, as injected faults answer it. */
export function refusalOf(status: number): BooksRefusal {
  switch (status) {
    case 401:
      return badToken();
    case 404:
      return notThere('Resource');
    case 429:
      return tooManyAMinute(60);
    default:
      return status < 500
        ? new BooksRefusal(status, 2, 'Invalid value passed for parameter')
        : new BooksRefusal(status, 1000, 'Internal error');
  }
}
