import { describe, expect, test } from '@jest/globals';
import {
  BatchFault,
  interpretMailchimp,
  memberError,
} from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';

const TYPE = 'https://mailchimp.com/developer/marketing/docs/errors/';
const MEMBER = '/lists/aud0000001/members/0123456789abcdef0123456789abcdef';

function interpret(
  status: number,
  body: unknown,
  { method = 'PATCH' as HttpRequest['method'], path = MEMBER, headers = {} } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = interpretMailchimp({ status, headers, body: text }, { method, path });
  return error === undefined ? undefined : { code: error.code, ...error.context, message: error.message };
}

const problem = (status: number, title: string, detail: string, errors?: unknown) => ({
  type: TYPE,
  title,
  status,
  detail,
  instance: '8b0a1bb8-7ef7-4c1e-a5b1-fc2f7a5fd4d1',
  ...(errors === undefined ? {} : { errors }),
});

const inBatch = (fault: Record<string, string>) => {
  const error = memberError(BatchFault.parse({ email_address: 'ada@acme.test', error: '', ...fault }), 'c1');
  return { code: error.code, ...error.context, message: error.message };
};

describe('a problem answered by Mailchimp', () => {
  test.each([
    [
      400,
      'Member Exists',
      'ada@acme.test is already a list member. Use PUT to insert or update list members.',
      'MEMBER_EXISTS',
    ],
    [
      400,
      'Member In Compliance State',
      'ada@acme.test is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.',
      'MEMBER_COMPLIANCE',
    ],
    [
      400,
      'Forgotten Email Not Subscribed',
      'ada@acme.test was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.',
      'MEMBER_FORGOTTEN',
    ],
    [400, 'Invalid Resource', 'Please provide a valid email address.', 'EMAIL_INVALID'],
    [
      400,
      'Invalid Resource',
      'foo@example.com looks fake or invalid, please enter a real email address.',
      'EMAIL_INVALID',
    ],
    [400, 'Invalid Resource', 'Something that nobody has seen yet.', 'REJECTED'],
    [
      401,
      'API Key Invalid',
      "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
      'SIGN_IN_EXPIRED',
    ],
    [403, 'Forbidden', 'User does not have access to the requested operation', 'ACCESS_DENIED'],
    [405, 'Method Not Allowed', 'The requested method and resource are not compatible.', 'REJECTED'],
    [422, 'Invalid Method Override', 'The X-HTTP-Method-Override header is invalid.', 'REJECTED'],
    [429, 'Too Many Requests', 'You have exceeded the limit of 10 simultaneous connections.', 'RATE_LIMITED'],
    [429, 'Too Many Requests', 'You have exceeded the limit of 500 pending webhook events.', 'RATE_LIMITED'],
    [
      500,
      'Internal Server Error',
      'A deep, internal error has occurred during the processing of your request.',
      'SERVER_ERROR',
    ],
  ])('%i %s (%s) means %s', (status, title, detail, code) => {
    expect(interpret(status, problem(status, title, detail))?.code).toBe(code);
  });

  test.each([
    ['Please enter a number', 'VALUE_INVALID'],
    ['Please enter a complete address', 'VALUE_INVALID'],
    ['Please enter a value', 'FIELD_REQUIRED'],
    ['Value must be one of: G, S, B (not Platinum)', 'CHOICE_UNKNOWN'],
    ['Please enter no more than 255 bytes', 'VALUE_TOO_LONG'],
  ])('against a merge field (%s) means %s, and names the field', (message, code) => {
    const body = problem(400, 'Invalid Resource', 'Your merge fields were invalid.', [
      { field: 'LTV', message },
    ]);
    expect(interpret(400, body)).toMatchObject({ code, field: 'LTV', system: 'mailchimp' });
  });

  test('is told without the address and the value that it quotes', () => {
    const errors = [{ field: 'TIER', message: 'Value must be one of: G, S (not Platinum)' }];
    const body = problem(400, 'Invalid Resource', 'ada@acme.test has faults.', errors);
    expect(interpret(400, body)?.message).toBe(
      'Mailchimp: the address has faults. TIER: Value must be one of: G, S',
    );
  });

  test('about the audience, not a member, stops the run: the recipe names one that is not there', () => {
    const body = problem(404, 'Resource Not Found', 'The requested resource could not be found.');
    expect(interpret(404, body, { path: '/lists/aud0000001/members?count=1000' })?.code).toBe(
      'RECIPE_INVALID',
    );
    expect(interpret(404, body, { path: '/lists/aud0000001?skip_merge_validation=true' })?.code).toBe(
      'RECIPE_INVALID',
    );
  });

  test('about a report says that the campaign is gone, not that the recipe is wrong', () => {
    const body = problem(404, 'Resource Not Found', 'The requested resource could not be found.');

    const error = interpret(404, body, { path: '/reports/4b1c2d3e4f/open-details?count=1000' });

    expect([error?.code, error?.message]).toEqual([
      'RECORD_GONE',
      'Mailchimp no longer has this campaign, or this reader',
    ]);
  });

  test('about a member that is not there, or cannot be archived, is left to the connector', () => {
    const gone = problem(404, 'Resource Not Found', 'The requested resource could not be found.');
    const bounced = problem(405, 'Method Not Allowed', 'This list member cannot be removed.');
    expect(interpret(404, gone)).toBeUndefined();
    expect(interpret(405, bounced, { method: 'DELETE' })).toBeUndefined();
  });
});

describe("an answer of Mailchimp's edge", () => {
  test.each([
    [429, ''],
    [403, ''],
    [403, '<html>Access Denied</html>'],
    [503, '<html><head><title>Request Blocked</title></head></html>'],
  ])('%i with "%s" is a limit: the call was not carried out', (status, body) => {
    expect(interpret(status, body)?.code).toBe('RATE_LIMITED');
  });

  test.each([
    [502, '<html>Bad Gateway</html>'],
    [503, 'upstream connect error'],
    [504, ''],
  ])('%i with "%s" leaves open whether the call was carried out', (status, body) => {
    expect(interpret(status, body)?.code).toBe('SERVER_ERROR');
  });

  test('tells how long to wait where it says so', () => {
    expect(interpret(429, '', { headers: { 'retry-after': '7' } })).toMatchObject({ retryAfterMs: 7000 });
    expect(interpret(429, '')).not.toHaveProperty('retryAfterMs');
  });
});

describe('a member refused within a batch', () => {
  test('who is there already is MEMBER_EXISTS by its code, whatever the words', () => {
    expect(inBatch({ error_code: 'ERROR_CONTACT_EXISTS', error: 'whatever' }).code).toBe('MEMBER_EXISTS');
  });

  test.each([
    [
      'ada@acme.test is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.',
      'MEMBER_COMPLIANCE',
    ],
    [
      'ada@acme.test was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.',
      'MEMBER_FORGOTTEN',
    ],
    ['ada@acme.test looks fake or invalid, please enter a real email address.', 'EMAIL_INVALID'],
    ['Please provide a valid email address.', 'EMAIL_INVALID'],
    ['The domain portion of the email address is invalid (the portion after the @: acme)', 'EMAIL_INVALID'],
    ['ada@acme.test has been cleaned.', 'MEMBER_CLEANED'],
    ['Duplicate items found in this request for ada@acme.test', 'REJECTED'],
  ])('"%s" means %s', (error, code) => {
    expect(inBatch({ error_code: 'ERROR_GENERIC', error }).code).toBe(code);
  });

  test('names record and field, and says what Mailchimp said without the address', () => {
    const fault = {
      error: 'Your merge fields were invalid.',
      field: 'PHONE',
      field_message: 'Please enter a valid phone number',
    };
    expect(inBatch(fault)).toEqual({
      code: 'VALUE_INVALID',
      system: 'mailchimp',
      recordId: 'c1',
      field: 'PHONE',
      message: 'Mailchimp: Your merge fields were invalid. PHONE: Please enter a valid phone number',
    });
  });
});
