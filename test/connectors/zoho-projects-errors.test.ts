import { describe, expect, test } from '@jest/globals';
import { interpretZohoProjects } from '@stackbridge/shared-mappers/connectors/zoho-projects/errors.ts';
import {
  urlPattern,
  zohoProjectsLimits,
} from '@stackbridge/shared-mappers/connectors/zoho-projects/limits.ts';

const P = '/api/v3/portal/60018022310/projects/1802231000000000001';

function interpret(
  status: number,
  body: unknown,
  { path = `${P}/timelogs?page=1`, headers = {} }: { path?: string; headers?: Record<string, string> } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = interpretZohoProjects({ status, headers, body: text }, { method: 'GET', path });
  return error === undefined
    ? undefined
    : { name: error.constructor.name, code: error.code, retryAfterMs: error.context.retryAfterMs };
}

const refused = (title: string, details: unknown, statusCode: unknown = '400') => ({
  error: {
    status_code: statusCode,
    instance: P,
    method: 'GET',
    error_type: 'OPERATIONAL_VALIDATION_ERROR',
    details,
    title,
  },
});
const saying = (message: string) => [{ message }];
const plain = (code: string) => ({ name: 'StackbridgeError', code, retryAfterMs: undefined });
const THROTTLE = 'Cannot execute more than 100 requests per API in 2 minutes. Try again after 22 minutes.';

describe('an answer of Zoho Projects', () => {
  test.each([
    ['a bad token as 400', 400, refused('INVALID_OAUTHTOKEN', saying('Invalid')), plain('SIGN_IN_EXPIRED')],
    ['a bad token as 401 without words', 401, '', plain('SIGN_IN_EXPIRED')],
    ['a bad token as 200', 200, refused('INVALID_OAUTHTOKEN', {}, 401), plain('SIGN_IN_EXPIRED')],
    ['a missing scope of the old API', 400, { error: { code: 7103, message: 'x' } }, plain('ACCESS_DENIED')],
    [
      'a right that is missing',
      403,
      refused('FORBIDDEN', saying('No permission.'), '403'),
      plain('ACCESS_DENIED'),
    ],
    [
      'a module that is off',
      403,
      refused('FORBIDDEN', { message: 'Enable the Issue Tracker module to access the APIs.' }, 403),
      { ...plain('ACCESS_DENIED'), name: 'ModuleOffError' },
    ],
    [
      'something that is gone',
      404,
      refused('RESOURCE_NOT_FOUND', saying('Gone'), '404'),
      plain('RECORD_GONE'),
    ],
    [
      'a wrong path',
      400,
      refused('URL_RULE_NOT_CONFIGURED', saying('No rule')),
      plain('CONNECTIONS_INVALID'),
    ],
    [
      'a wrong path of the old API',
      400,
      { error: { code: '6891', message: 'URL' } },
      plain('CONNECTIONS_INVALID'),
    ],
    ['a redirect', 302, '', plain('CONNECTIONS_INVALID')],
    [
      'a refused parameter as 200',
      200,
      refused('INVALID_PARAMETER_VALUE', saying('x'), '400'),
      plain('REJECTED'),
    ],
    ['an error that is only a word', 200, { error: 'general_error' }, plain('REJECTED')],
    ['a failure of the server', 500, '<html>', plain('SERVER_ERROR')],
    ['a failure of the server as 200', 200, refused('INTERNAL_SERVER_ERROR', [], 500), plain('SERVER_ERROR')],
    ['a page for people as 200', 200, '<html>Sign in</html>', plain('SERVER_ERROR')],
  ])('that is %s', (_what, status, body, expected) => {
    expect(interpret(status, body)).toEqual(expected);
  });

  test.each([
    [
      'the text alone',
      400,
      refused('URL_ROLLING_THROTTLES_LIMIT_EXCEEDED', saying(THROTTLE)),
      {},
      22 * 60_000,
    ],
    [
      'the text as one object',
      400,
      refused('URL_ROLLING_THROTTLES_LIMIT_EXCEEDED', { message: THROTTLE }),
      {},
      22 * 60_000,
    ],
    ['a text under another title', 400, refused('OTHER', saying(THROTTLE)), {}, 22 * 60_000],
    [
      'the longer of text and header',
      400,
      refused('URL_ROLLING_THROTTLES_LIMIT_EXCEEDED', saying(THROTTLE)),
      { 'retry-after': '1800' },
      30 * 60_000,
    ],
    ['the header of a bare 429', 429, '', { 'retry-after': '600' }, 600_000],
    ['the documents, where nothing says it', 429, '', {}, 600_000],
    [
      'the text inside HTTP 200',
      200,
      refused('URL_ROLLING_THROTTLES_LIMIT_EXCEEDED', saying(THROTTLE)),
      {},
      22 * 60_000,
    ],
  ])('that is a throttle is waited for as said by %s', (_what, status, body, headers, retryAfterMs) => {
    expect(interpret(status, body, { headers })).toEqual({ ...plain('RATE_LIMITED'), retryAfterMs });
  });

  test.each([
    ['no content', 204, '', {}],
    ['zero bytes', 200, '', {}],
    ['a bare array', 200, '[]', {}],
    ['a log whose notes speak of an "error"', 200, { time_logs: [{ notes: 'fixed the "error"' }] }, {}],
    [
      'the spelling of phases that is none here',
      400,
      refused('URL_RULE_NOT_CONFIGURED', []),
      { path: `${P}/phases?page=1` },
    ],
    ['a path of milestones that is not found', 404, '', { path: `${P}/milestones` }],
    [
      'a task that is gone',
      404,
      refused('RESOURCE_NOT_FOUND', []),
      { path: `${P}/tasks/1802231000000000009` },
    ],
  ])('that is %s is left to the connector', (_what, status, body, request) => {
    expect(interpret(status, body, request)).toBeUndefined();
  });

  test('never repeats a path or a value of a record', () => {
    const answer = { status: 400, headers: {}, body: JSON.stringify(refused('X', saying('y'))) };
    const error = interpretZohoProjects(answer, { method: 'GET', path: `${P}/timelogs` });
    expect(error?.message).toBe('Zoho Projects answered 400 to GET: X, y');
  });
});

describe('the limits of Zoho Projects', () => {
  test.each([
    [`${P}/timelogs?page=2`, 'GET /api/v3/portal/:id/projects/:id/timelogs'],
    ['/api/v3/portal/acme/users', 'GET /api/v3/portal/:id/users'],
    [`${P}/tasks/1802231000000000009`, 'GET /api/v3/portal/:id/projects/:id/tasks/:id'],
  ])('count %s with its pattern', (path, pattern) => {
    expect(urlPattern({ method: 'GET', path })).toBe(pattern);
  });

  test('stay below a hundred calls in two minutes, and wait before others use up the rest', () => {
    const { rates, learn } = zohoProjectsLimits();
    expect(rates).toEqual([{ calls: 90, windowMs: 120_000 }]);
    expect(
      [{ 'ratelimit-remaining': '3' }, { 'ratelimit-remaining': '60' }, {}].map((headers) =>
        learn?.(headers),
      ),
    ).toEqual([120_000, undefined, undefined]);
  });
});
