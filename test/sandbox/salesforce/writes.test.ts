import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

const NO_RECORD = '003Ak0000000zzzAAA';

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

describe('a collection', () => {
  const contact = (values: Record<string, unknown>) => ({ attributes: { type: 'Contact' }, ...values });
  const BAD = {
    statusCode: 'INVALID_EMAIL_ADDRESS',
    message: 'Email: invalid email address: badone',
    fields: ['Email'],
  };

  test('is answered 200 with a result for each record, in order, without an id where it failed', async () => {
    const { status, body } = await org.call('POST', '/composite/sobjects', {
      allOrNone: false,
      records: [
        contact({ LastName: 'a' }),
        contact({ LastName: 'b', Email: 'badone' }),
        contact({ LastName: 'c' }),
      ],
    });

    const good = { id: expect.stringMatching(/^003/), success: true, errors: [] };
    expect([status, body]).toEqual([200, [good, { success: false, errors: [BAD] }, good]]);
  });

  test('all or none writes nothing when one fails', async () => {
    const id = org.add('Contact', { LastName: 'before' });

    const { status, body } = await org.call('PATCH', '/composite/sobjects', {
      allOrNone: true,
      records: [contact({ id, LastName: 'after' }), contact({ id, Email: 'badone' })],
    });

    expect([status, body]).toMatchObject([
      200,
      [
        { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { success: false, errors: [BAD] },
      ],
    ]);
    expect(await org.rows('SELECT LastName FROM Contact')).toEqual([{ LastName: 'before' }]);
  });

  test('upsert says which were created and refuses a key met twice', async () => {
    org.add('Contact', { LastName: 'x', Mailchimp_Contact_Id__c: 'old' });

    const { body } = await org.call('PATCH', '/composite/sobjects/Contact/Mailchimp_Contact_Id__c', {
      records: ['old', 'new', 'twice', 'twice'].map((key) =>
        contact({ LastName: 'y', Mailchimp_Contact_Id__c: key }),
      ),
    });

    expect(body).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
    ]);
  });

  test('is refused whole when a column does not exist, when it is too long, or jumps between types', async () => {
    const send = (records: unknown[]) => org.call('POST', '/composite/sobjects', { records });
    const lead = { attributes: { type: 'Lead' }, LastName: 'x', Company: 'y' };

    const answers = [
      await send([contact({ LastName: 'x' }), contact({ LastName: 'x', foo: 1 })]),
      await send(Array.from({ length: 201 }, () => contact({ LastName: 'x' }))),
      await send(Array.from({ length: 6 }, () => [contact({ LastName: 'x' }), lead]).flat()),
    ];

    expect(answers.map(({ status, body }) => [status, body])).toMatchObject([
      [400, [{ errorCode: 'INVALID_FIELD' }]],
      [400, [{ errorCode: 'EXCEEDED_ID_LIMIT' }]],
      [400, [{ errorCode: 'LIMIT_EXCEEDED' }]],
    ]);
    expect(await org.rows('SELECT Id FROM Contact')).toEqual([]);
  });

  test('deletes and retrieves by id, null where there is nothing', async () => {
    const [a, b] = ['a', 'b'].map((LastName) => org.add('Contact', { LastName }));

    const deleted = await org.call('DELETE', `/composite/sobjects?ids=${a},${NO_RECORD}&allOrNone=false`);
    const read = await org.call('POST', '/composite/sobjects/Contact', { ids: [a, b], fields: ['LastName'] });

    expect(deleted.body).toMatchObject([
      { id: a, success: true },
      { success: false, errors: [{ statusCode: 'NOT_FOUND' }] },
    ]);
    expect(read.body).toMatchObject([null, { Id: b, LastName: 'b' }]);
  });
});

describe('calls in one call', () => {
  test('composite refers to earlier answers and, all or none, halts', async () => {
    const create = (referenceId: string, object: string, body: unknown) => ({
      method: 'POST',
      url: `/services/data/v60.0/sobjects/${object}`,
      referenceId,
      body,
    });
    const account = create('acc', 'Account', { Name: 'Institut' });

    const good = await org.call('POST', '/composite', {
      compositeRequest: [account, create('con', 'Contact', { LastName: 'Curie', AccountId: '@{acc.id}' })],
    });
    const halted = await org.call('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [account, create('con', 'Contact', { FirstName: 'x' })],
    });

    expect(good.body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 201, referenceId: 'acc', body: { success: true } },
        { httpStatusCode: 201, referenceId: 'con' },
      ],
    });
    expect(halted.body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, referenceId: 'acc', body: [{ errorCode: 'PROCESSING_HALTED' }] },
        { httpStatusCode: 400, referenceId: 'con', body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    });
    expect(await org.rows('SELECT LastName, Account.Name FROM Contact')).toMatchObject([
      { Account: { Name: 'Institut' } },
    ]);
    expect(await org.rows('SELECT Id FROM Account')).toHaveLength(1);
  });

  test('a graph is carried out whole or not at all', async () => {
    const node = (referenceId: string, body: unknown) => ({
      method: 'POST',
      url: '/services/data/v60.0/sobjects/Contact',
      referenceId,
      body,
    });

    const { body } = await org.call('POST', '/composite/graph', {
      graphs: [
        { graphId: 'good', compositeRequest: [node('a', { LastName: 'x' })] },
        { graphId: 'bad', compositeRequest: [node('a', { LastName: 'y' }), node('b', {})] },
      ],
    });

    expect(body).toMatchObject({
      graphs: [
        {
          graphId: 'good',
          isSuccessful: true,
          graphResponse: { compositeResponse: [{ httpStatusCode: 201 }] },
        },
        { graphId: 'bad', isSuccessful: false },
      ],
    });
    expect(await org.rows('SELECT LastName FROM Contact')).toEqual([{ LastName: 'x' }]);
  });

  test('a batch answers each with its status', async () => {
    const { body } = await org.call('POST', '/composite/batch', {
      batchRequests: [
        { method: 'GET', url: 'v60.0/limits' },
        { method: 'GET', url: `v60.0/sobjects/Contact/${NO_RECORD}` },
      ],
    });

    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { DailyApiRequests: { Max: 100_000, Remaining: 99_999 } } },
        { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] },
      ],
    });
  });
});

describe('objects with rules of their own', () => {
  test('a campaign member is one person, once', async () => {
    const CampaignId = org.add('Campaign', { Name: 'Autumn' });
    const ContactId = org.add('Contact', { LastName: 'x' });
    const send = (values: unknown) => org.call('POST', '/sobjects/CampaignMember', values);

    const answers = [
      await send({ CampaignId, ContactId }),
      await send({ CampaignId, ContactId }),
      await send({ CampaignId }),
    ];

    expect(answers.map(({ status, body }) => [status, body])).toMatchObject([
      [201, { success: true }],
      [400, [{ errorCode: 'DUPLICATE_VALUE', message: 'Already a campaign member.' }]],
      [400, [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]],
    ]);
  });

  test('a campaign member has a status of its campaign, which says whether it is a response', async () => {
    const CampaignId = org.add('Campaign', { Name: 'Autumn' });
    const ContactId = org.add('Contact', { LastName: 'x' });
    const send = (object: string, values: unknown) => org.call('POST', `/sobjects/${object}`, values);

    const unknown = await send('CampaignMember', { CampaignId, ContactId, Status: 'Clicked' });
    await send('CampaignMemberStatus', { CampaignId, Label: 'Clicked', SortOrder: 3, HasResponded: true });
    const known = await send('CampaignMember', { CampaignId, ContactId, Status: 'Clicked' });

    expect([unknown.status, known.status]).toEqual([400, 201]);
    expect(await org.rows('SELECT Label FROM CampaignMemberStatus ORDER BY SortOrder')).toMatchObject([
      { Label: 'Sent' },
      { Label: 'Responded' },
      { Label: 'Clicked' },
    ]);
    expect(await org.rows('SELECT Status, HasResponded FROM CampaignMember')).toMatchObject([
      { Status: 'Clicked', HasResponded: true },
    ]);
  });

  test('a task on a lead has nothing else it is about', async () => {
    const WhoId = org.add('Lead', { LastName: 'x', Company: 'y' });
    const WhatId = org.add('Campaign', { Name: 'Autumn' });

    const { body } = await org.call('POST', '/sobjects/Task', {
      WhoId,
      WhatId,
      Subject: 'Email',
      Status: 'Completed',
    });

    expect(body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
  });

  test('a custom object is created by the administrator and written to', async () => {
    org.sandbox.admin.act('salesforce', 'object', {
      name: 'Mailchimp_Engagement__c',
      label: 'Mailchimp Engagement',
      fields: {
        Event_Key__c: { type: 'string', externalId: true, unique: true },
        Contact__c: { type: 'reference', referenceTo: ['Contact'] },
      },
    });
    const Contact__c = org.add('Contact', { LastName: 'Curie' });

    const path = '/sobjects/Mailchimp_Engagement__c/Event_Key__c/open-1';
    const statuses = [
      await org.call('PATCH', path, { Contact__c }),
      await org.call('PATCH', path, { Contact__c }),
    ];

    expect(statuses.map(({ status }) => status)).toEqual([201, 200]);
    expect(
      await org.rows('SELECT Event_Key__c, Contact__r.LastName FROM Mailchimp_Engagement__c'),
    ).toMatchObject([{ Event_Key__c: 'open-1', Contact__r: { LastName: 'Curie' } }]);
  });
});
