import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NO_RECORD, type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

describe('one record', () => {
  test('is created with its place, stamps and stored forms', async () => {
    const { status, headers, body } = await org.call('POST', '/sobjects/Contact', {
      LastName: '  Curie ',
      FirstName: '',
      Email: 'Marie.Curie@Example.ORG',
      Newsletter_Topics__c: 'Events;offers;Events',
      Loyalty_Points__c: 12.5,
    });

    expect(status).toBe(201);
    const [row] = await org.rows(
      'SELECT Id, LastName, FirstName, Email, Newsletter_Topics__c, Loyalty_Points__c, SystemModstamp FROM Contact',
    );
    expect(row).toEqual({
      Id: expect.stringMatching(/^003\w{15}$/),
      LastName: 'Curie',
      FirstName: null,
      Email: 'marie.curie@example.org',
      Newsletter_Topics__c: 'Offers;Events',
      Loyalty_Points__c: 13,
      SystemModstamp: '2026-11-02T08:00:00.000+0000',
    });
    const id = body instanceof Object && 'id' in body ? body.id : undefined;
    expect(body).toEqual({ id, success: true, errors: [] });
    expect(headers.get('location')).toBe(`/services/data/v60.0/sobjects/Contact/${String(id)}`);
  });

  test('is updated with an empty answer and a new stamp, by either form of its id', async () => {
    const id = org.add('Contact', { LastName: 'Curie' });
    org.sandbox.admin.clock({ advanceMs: 5_700 });

    const { status, body } = await org.call('PATCH', `/sobjects/Contact/${id.slice(0, 15)}`, {
      FirstName: 'Marie',
    });

    expect([status, body]).toEqual([204, '']);
    expect(await org.rows('SELECT FirstName, CreatedDate, SystemModstamp FROM Contact')).toEqual([
      {
        FirstName: 'Marie',
        CreatedDate: '2026-11-02T08:00:00.000+0000',
        SystemModstamp: '2026-11-02T08:00:05.000+0000',
      },
    ]);
  });

  test('is gone once deleted', async () => {
    const id = org.add('Contact', { LastName: 'Curie' });

    const first = await org.call('DELETE', `/sobjects/Contact/${id}`);
    const answers = await Promise.all([
      org.call('DELETE', `/sobjects/Contact/${id}`),
      org.call('PATCH', `/sobjects/Contact/${id}`, { Title: 'x' }),
      org.call('GET', `/sobjects/Contact/${id}`),
    ]);

    expect(first.status).toBe(204);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [404, [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }]],
      [404, [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }]],
      [404, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]],
    ]);
  });

  test.each([
    [{ FirstName: 'x' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']],
    [
      { LastName: 'x', Email: 'badone' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: badone',
      ['Email'],
    ],
    [
      { LastName: 'x', MailingCity: 'y'.repeat(41) },
      'STRING_TOO_LONG',
      `Mailing City: data value too large: ${'y'.repeat(41)} (max length=40)`,
      ['MailingCity'],
    ],
    [
      { LastName: 'x', Customer_Tier__c: 'Platinum' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Customer Tier: bad value for restricted picklist field: Platinum',
      ['Customer_Tier__c'],
    ],
    [
      { LastName: 'x', Name: 'y' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['Name'],
    ],
    [
      { LastName: 'x', AccountId: NO_RECORD },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
      ['AccountId'],
    ],
    [
      { LastName: 'x', AccountId: '001' },
      'MALFORMED_ID',
      'Account ID: id value of incorrect type: 001',
      ['AccountId'],
    ],
    [
      { LastName: 'x', Loyalty_Points__c: 1e30 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Loyalty Points: value outside of valid range on numeric field: 1e+30',
      ['Loyalty_Points__c'],
    ],
  ])('%j is refused with %s', async (values, errorCode, message, fields) => {
    const { status, body } = await org.call('POST', '/sobjects/Contact', values);

    expect([status, body]).toEqual([400, [{ message, errorCode, fields }]]);
  });

  test.each([
    [
      { LastName: 'x', foo: 1 },
      { message: "No such column 'foo' on sobject of type Contact", errorCode: 'INVALID_FIELD' },
    ],
    [
      { LastName: 'x', Birthdate: '2020-02-30' },
      {
        message:
          'Cannot deserialize instance of date from VALUE_STRING value 2020-02-30 or request may be missing a required field at [line:1, column:1]',
        errorCode: 'JSON_PARSER_ERROR',
      },
    ],
  ])('%j is not even understood', async (values, error) => {
    const { status, body } = await org.call('POST', '/sobjects/Contact', values);

    expect([status, body]).toEqual([400, [error]]);
  });

  test('a unique value already taken is refused, naming who has it', async () => {
    const id = org.add('Contact', { LastName: 'x', Mailchimp_Contact_Id__c: 'AB' });

    const { status, body } = await org.call('POST', '/sobjects/Contact', {
      LastName: 'y',
      Mailchimp_Contact_Id__c: 'ab',
    });

    const message = `duplicate value found: Mailchimp_Contact_Id__c duplicates value on record with id: ${id.slice(0, 15)}`;
    expect([status, body]).toEqual([400, [{ message, errorCode: 'DUPLICATE_VALUE', fields: [] }]]);
  });

  test('a write may ask that nothing has changed meanwhile', async () => {
    const id = org.add('Contact', { LastName: 'x' });
    const read = await org.call('GET', `/sobjects/Contact/${id}`);
    const known = read.headers.get('last-modified') ?? '';
    const unchanged = await org.call('GET', `/sobjects/Contact/${id}`, undefined, {
      'if-modified-since': known,
    });
    org.sandbox.admin.clock({ advanceMs: 1000 });
    org.sandbox.admin.edit('salesforce', 'Contact', id, { Title: 'x' });

    const late = await org.call(
      'PATCH',
      `/sobjects/Contact/${id}`,
      { Title: 'y' },
      { 'if-unmodified-since': known },
    );

    expect([unchanged.status, late.status]).toEqual([304, 412]);
  });
});

describe('an upsert by external id', () => {
  const path = '/sobjects/Contact/Mailchimp_Contact_Id__c/a%2Fb';

  test('creates, then updates', async () => {
    const created = await org.call('PATCH', path, { LastName: 'x' });
    const updated = await org.call('PATCH', path, { LastName: 'y' });

    expect([created.status, updated.status]).toEqual([201, 200]);
    expect([created.body, updated.body]).toMatchObject([
      { success: true, errors: [], created: true },
      { success: true, errors: [], created: false },
    ]);
    expect(await org.rows('SELECT LastName, Mailchimp_Contact_Id__c FROM Contact')).toEqual([
      { LastName: 'y', Mailchimp_Contact_Id__c: 'a/b' },
    ]);
  });

  test('refuses the key in its body, and a field that is no key', async () => {
    const inBody = await org.call('PATCH', path, { LastName: 'x', Mailchimp_Contact_Id__c: 'a/b' });
    const noKey = await org.call('PATCH', '/sobjects/Contact/Title/x', { LastName: 'x' });

    expect([inBody.status, noKey.status]).toEqual([400, 404]);
  });

  test('by email answers 300 with all who have it', async () => {
    const ids = ['x', 'y'].map((LastName) => org.add('Contact', { LastName, Email: 'shared@example.org' }));

    const { status, body } = await org.call('PATCH', '/sobjects/Contact/Email/shared%40example.org', {
      Title: 'x',
    });

    expect([status, body]).toEqual([300, ids.map((id) => `/services/data/v60.0/sobjects/Contact/${id}`)]);
  });
});
