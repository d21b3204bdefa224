import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NO_RECORD, type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

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
