import { describe, expect, test } from '@jest/globals';
import {
  interpretSalesforce,
  parseBulkFault,
  recordError,
} from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';

const request = { method: 'GET', path: '/services/data/v60.0/query?q=x' } as const;

function interpret(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = interpretSalesforce({ status, headers, body: text }, request);
  return error === undefined
    ? undefined
    : { code: error.code, class: error.class, field: error.context.field, message: error.message };
}

describe('an answer of Salesforce', () => {
  test.each([
    [401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'SIGN_IN_EXPIRED'],
    [404, 'INVALID_SESSION_ID', 'Session expired or invalid', 'SIGN_IN_EXPIRED'],
    [403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization', 'ACCESS_DENIED'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'QUOTA_USED_UP'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 'RATE_LIMITED'],
    [503, 'SERVER_UNAVAILABLE', 'Server unavailable', 'SERVER_ERROR'],
    [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred', 'SERVER_ERROR'],
    [500, 'APEX_ERROR', 'System.LimitException', 'SERVER_ERROR'],
    [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', 'ROW_LOCKED'],
    [400, 'MALFORMED_QUERY', 'unexpected token: Foo', 'RECIPE_INVALID'],
    [404, 'NOT_FOUND', 'The requested resource does not exist', 'RECORD_GONE'],
    [404, 'ENTITY_IS_DELETED', 'entity is deleted', 'RECORD_GONE'],
    [400, 'JSON_PARSER_ERROR', 'Unexpected character', 'VALUE_INVALID'],
    [400, 'SOMETHING_NEW', 'never seen', 'REJECTED'],
  ])('%i %s (%s) means %s %s', (status, errorCode, message, code) => {
    expect(interpret(status, [{ message, errorCode }])?.code).toBe(code);
  });

  test.each([
    [401, 'SIGN_IN_EXPIRED'],
    [403, 'ACCESS_DENIED'],
    [429, 'RATE_LIMITED'],
    [431, 'REJECTED'],
    [502, 'SERVER_ERROR'],
  ])('%i without a readable body means %s', (status, code) => {
    expect(interpret(status, '<html>proxy</html>')?.code).toBe(code);
  });

  test('names the missing field, and that security may hide it', () => {
    const body = [{ message: "No such column 'foo' on sobject of type Bar", errorCode: 'INVALID_FIELD' }];
    expect(interpret(400, body)).toEqual({
      code: 'BRAKE_FIELD_MISSING',
      class: 'Brake',
      field: 'foo',
      message:
        'Salesforce has no field foo for this user: it does not exist, or field-level security hides it (INVALID_FIELD)',
    });
  });

  test('of success that holds a page for people is a server error', () => {
    expect(interpret(200, '<!DOCTYPE html>')?.code).toBe('SERVER_ERROR');
  });

  test('that the query locator has expired is left to the listing', () => {
    const body = [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }];
    expect(interpret(400, body)).toBeUndefined();
  });
});

describe('the result of one record', () => {
  const fault = (code: string, message = '', fields: string[] = [], duplicateIds: string[] = []) =>
    recordError({ code, message, fields, duplicateIds }, '003000000000001AAA');

  test.each([
    ['STRING_TOO_LONG', 'VALUE_TOO_LONG'],
    ['INVALID_EMAIL_ADDRESS', 'EMAIL_INVALID'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'CHOICE_UNKNOWN'],
    ['REQUIRED_FIELD_MISSING', 'FIELD_REQUIRED'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'VALIDATION_RULE'],
    ['CANNOT_UPDATE_CONVERTED_LEAD', 'RECORD_LOCKED'],
    ['ENTITY_IS_DELETED', 'RECORD_GONE'],
    ['INVALID_CROSS_REFERENCE_KEY', 'RECORD_GONE'],
    ['UNABLE_TO_LOCK_ROW', 'ROW_LOCKED'],
    ['DUPLICATE_VALUE', 'DUPLICATE_FOUND'],
    ['INVALID_FIELD_FOR_INSERT_UPDATE', 'BRAKE_FIELD_READ_ONLY'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'REJECTED'],
    ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'REJECTED'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'REJECTED'],
  ])('%s means %s', (statusCode, code) => {
    expect(fault(statusCode).code).toBe(code);
  });

  test('a lock that a trigger ran into is a lock', () => {
    const message = 'MyTrigger: execution of BeforeUpdate caused by: UNABLE_TO_LOCK_ROW';
    expect(fault('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message).code).toBe('ROW_LOCKED');
  });

  test('names system, record and field', () => {
    const error = fault('INVALID_EMAIL_ADDRESS', 'Email: invalid email address: badone', ['Email']);
    expect(error.context).toEqual({ system: 'salesforce', recordId: '003000000000001AAA', field: 'Email' });
  });

  test('names the records that a duplicate rule found', () => {
    const error = fault('DUPLICATES_DETECTED', 'Use one of these records?', [], ['003A', '003B']);
    expect(error.message).toBe(
      'Salesforce: Use one of these records? (DUPLICATES_DETECTED); found 003A, 003B',
    );
  });
});

describe("bulk's error column", () => {
  test('is taken apart', () => {
    expect(parseBulkFault('INVALID_EMAIL_ADDRESS:Email: invalid email address: x:Email --')).toEqual({
      code: 'INVALID_EMAIL_ADDRESS',
      message: 'Email: invalid email address: x',
      fields: ['Email'],
      duplicateIds: [],
    });
  });

  test('without fields keeps its code and message', () => {
    expect(parseBulkFault('DUPLICATE_VALUE:duplicate value found: X__c:--')).toMatchObject({
      code: 'DUPLICATE_VALUE',
      message: 'duplicate value found: X__c',
      fields: [],
    });
  });

  test('of an unknown form is kept whole', () => {
    expect(parseBulkFault('InvalidBatch : Field name not found')).toEqual({
      code: '',
      message: 'InvalidBatch : Field name not found',
      fields: [],
      duplicateIds: [],
    });
  });
});
