import { describe, expect, test } from '@jest/globals';
import { elementError, interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { xeroLimits } from '@stackbridge/shared-mappers/connectors/xero/limits.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';

function interpret(
  status: number,
  body: unknown,
  { method = 'PUT' as HttpRequest['method'], path = '/api.xro/2.0/Invoices', headers = {} } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = interpretXero({ status, headers, body: text }, { method, path });
  return error === undefined ? undefined : { code: error.code, ...error.context, message: error.message };
}

const validation = (...messages: string[]) => ({
  ErrorNumber: 10,
  Type: 'ValidationException',
  Message: 'A validation exception occurred',
  Elements: [{ InvoiceNumber: 'ZP-1', ValidationErrors: messages.map((Message) => ({ Message })) }],
});

describe('an answer of Xero', () => {
  test('that succeeds is no error, whatever its elements say', () => {
    expect(interpret(200, { Invoices: [{ HasErrors: true }] })).toBeUndefined();
    expect(interpret(204, '')).toBeUndefined();
  });

  test.each([
    ['day', 'QUOTA_USED_UP'],
    ['DayLimit', 'QUOTA_USED_UP'],
    ['Daily Limit', 'QUOTA_USED_UP'],
    ['minute', 'RATE_LIMITED'],
    ['Minute limit', 'RATE_LIMITED'],
    ['concurrent', 'RATE_LIMITED'],
    ['appminute', 'RATE_LIMITED'],
    ['', 'RATE_LIMITED'],
  ])('over the limit it calls "%s" is %s, with its wait', (problem, code) => {
    const headers = { 'x-rate-limit-problem': problem, 'retry-after': '42' };

    expect(interpret(429, '', { headers })).toMatchObject({ code, system: 'xero', retryAfterMs: 42_000 });
  });

  test('without a readable wait leaves it to the back-off', () => {
    expect(interpret(429, '', { headers: { 'x-rate-limit-problem': 'concurrent' } })).not.toHaveProperty(
      'retryAfterMs',
    );
  });

  test('that a token has ended asks for a new one, that a scope is missing does not', () => {
    const said = (Detail: string) => ({ Type: null, Title: 'Unauthorized', Status: 401, Detail });

    expect(interpret(401, said('TokenExpired: token expired at 01/23/2020 18:21:16'))).toMatchObject({
      code: 'SIGN_IN_EXPIRED',
    });
    expect(interpret(401, said('AuthorizationUnsuccessful'))).toMatchObject({ code: 'ACCESS_DENIED' });
    expect(interpret(403, said('AuthorizationUnsuccessful'))).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  test('that an organisation is not connected says so', () => {
    expect(interpret(403, { title: 'Forbidden', detail: 'AuthenticationUnsuccessful' })).toMatchObject({
      code: 'ACCESS_DENIED',
      message: 'Xero is not connected to this organisation (any more)',
    });
  });

  test('that a record is gone differs from a country without payroll', () => {
    const text = "The resource you're looking for cannot be found";

    expect(interpret(404, text, { method: 'GET' })).toMatchObject({ code: 'RECORD_GONE' });
    expect(interpret(404, text, { method: 'GET', path: '/payroll.xro/2.0/Employees?page=1' })).toMatchObject({
      code: 'ACCESS_DENIED',
    });
    expect(interpret(404, text, { method: 'GET', path: '/payroll.xro/2.0/Timesheets/t1' })).toMatchObject({
      code: 'RECORD_GONE',
    });
  });

  test('from a server in trouble leaves open whether it was carried out', () => {
    expect(interpret(503, '<html>', { headers: { 'retry-after': '5' } })).toMatchObject({
      code: 'SERVER_ERROR',
      retryAfterMs: 5000,
      message: 'Xero answered 503 to PUT: a page instead of an answer',
    });
  });

  test.each([
    ["Account code '999' is not a valid code for this document.", 'ACCOUNT_UNUSABLE'],
    ["Account code '400' has been archived, or deleted.", 'ACCOUNT_UNUSABLE'],
    ["The TaxType code 'INPUT' cannot be used with account code '200'.", 'TAX_NOT_ALLOWED'],
    [
      'The document date cannot be before the period lock date, currently set at 30 Sep 2026',
      'PERIOD_LOCKED',
    ],
    ['Organisation is not subscribed to currency JPY', 'CURRENCY_NOT_SUBSCRIBED'],
    ['A Contact must be specified for this type of transaction', 'CONTACT_UNUSABLE'],
    ['The line total 10.00 does not match the expected line total 10.01', 'TOTAL_DIFFERS'],
    ['Invoice # must be unique.', 'DOCUMENT_UNKNOWN'],
    ['Invoice not of valid status for modification', 'DOCUMENT_CLOSED'],
    ['Due Date is required', 'FIELD_REQUIRED'],
    ['Something new', 'REJECTED'],
  ])('that refuses because "%s" is %s', (message, code) => {
    expect(interpret(400, validation(message))).toMatchObject({
      code,
      message: `Xero answered 400 to PUT: ${message}`,
    });
    expect(elementError([message])).toMatchObject({ code, message: `Xero: ${message}` });
  });

  test('with several reasons takes the first that is known, and tells all', () => {
    expect(interpret(400, validation('Odd', "Account code '1' is not valid", 'Odd'))).toMatchObject({
      code: 'ACCOUNT_UNUSABLE',
      message: "Xero answered 400 to PUT: Odd Account code '1' is not valid",
    });
  });

  test('of Projects and of the newer payrolls is read in their own shapes', () => {
    expect(
      interpret(400, { message: 'Validation failed', modelState: { duration: ['Must be 1 or more'] } }),
    ).toMatchObject({ message: 'Xero answered 400 to PUT: Must be 1 or more' });
    const problem = {
      title: 'BadRequest',
      detail: 'Validation error',
      invalidFields: [{ name: 'EndDate', reason: 'wrong' }],
    };
    expect(interpret(400, { id: 'x', problem })).toMatchObject({
      message: 'Xero answered 400 to PUT: EndDate: wrong',
    });
  });

  test('never repeats the name of a contact', () => {
    const message =
      'The contact name Ada Lovelace is already assigned to another contact. The contact name must be unique across all active contacts.';

    expect(elementError([message]).message).not.toContain('Ada');
  });
});

describe('the limits of an organisation', () => {
  const warnings: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: (event: string) => warnings.push(event) };

  test('hold back where others have used the minute up', () => {
    const { learn } = xeroLimits(log);

    expect(learn?.({ 'x-minlimit-remaining': '0' })).toBe(5000);
    expect(learn?.({ 'x-appminlimit-remaining': '0' })).toBe(5000);
    expect(learn?.({ 'x-minlimit-remaining': '1', 'x-daylimit-remaining': '4000' })).toBeUndefined();
    expect(learn?.({})).toBeUndefined();
  });

  test('warn once of a day nearly used up', () => {
    const { learn } = xeroLimits(log);

    for (const left of ['51', '50', '12']) learn?.({ 'x-daylimit-remaining': left });

    expect(warnings).toEqual(['API calls of the day nearly used up']);
  });
});
