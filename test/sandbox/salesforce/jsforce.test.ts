import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Connection, OAuth2 } from 'jsforce';
import { type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

function connect(): Connection {
  const { baseUrl, clientId, clientSecret, accessToken, refreshToken } = org.sandbox.connections.salesforce;
  return new Connection({
    version: '60.0',
    instanceUrl: baseUrl,
    accessToken,
    refreshToken,
    oauth2: new OAuth2({ loginUrl: baseUrl, clientId, clientSecret, redirectUri: `${baseUrl}/callback` }),
  });
}

test('a query is paged through by queryMore', async () => {
  for (let i = 0; i < 450; i++) org.add('Contact', { LastName: `Person ${i}` });
  const connection = connect();

  const first = await connection.query('SELECT Id, LastName FROM Contact ORDER BY Id', {
    headers: { 'Sforce-Query-Options': 'batchSize=200' },
  });
  const second = await connection.queryMore(first.nextRecordsUrl ?? '');
  const third = await connection.queryMore(second.nextRecordsUrl ?? '');

  expect(
    [first, second, third].map(({ totalSize, done, records }) => [totalSize, done, records.length]),
  ).toEqual([
    [450, false, 200],
    [450, false, 200],
    [450, true, 50],
  ]);
  expect(third.records.at(-1)).toMatchObject({ attributes: { type: 'Contact' }, LastName: 'Person 449' });
});

test('autoFetch follows all pages by itself', async () => {
  for (let i = 0; i < 2100; i++) org.add('Contact', { LastName: `Person ${i}` });

  const records = await connect().query('SELECT Id FROM Contact').run({ autoFetch: true, maxFetch: 5000 });

  expect(records.records.length).toBe(2100);
});

test('the find of a query builder sends SOQL the sandbox understands', async () => {
  org.add('Contact', {
    LastName: 'Curie',
    FirstName: 'Marie',
    Email: 'marie@example.org',
    Newsletter_Opt_Out__c: true,
  });
  org.add('Contact', { LastName: "O'Neill", FirstName: 'Tip', Email: 'tip@example.org' });

  const found = await connect()
    .sobject('Contact')
    .find(
      {
        LastName: { $like: "O'N%" },
        Newsletter_Opt_Out__c: false,
        Email: { $in: ['tip@example.org', 'x@y.zz'] },
      },
      'FirstName',
    )
    .sort({ LastName: 1 })
    .limit(5);

  expect(found.map(({ FirstName }) => FirstName)).toEqual(['Tip']);
});

test('records are created, read, updated, upserted and deleted one by one', async () => {
  const contacts = connect().sobject('Contact');

  const created = await contacts.create({ LastName: 'Curie', Mailchimp_Contact_Id__c: 'mc1' });
  if (!created.success) throw new Error('not created');
  const upserted = await contacts.upsert(
    { Mailchimp_Contact_Id__c: 'mc1', FirstName: 'Marie' },
    'Mailchimp_Contact_Id__c',
  );
  await contacts.update({ Id: created.id, Title: 'Professor' });
  const record = await contacts.retrieve(created.id);
  await contacts.destroy(created.id);

  expect(upserted).toEqual({ id: created.id, success: true, errors: [], created: false });
  expect(record).toMatchObject({ Name: 'Marie Curie', Title: 'Professor', Mailchimp_Contact_Id__c: 'mc1' });
  await expect(contacts.retrieve(created.id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
});

test('collections carry many records, failures beside successes', async () => {
  const contacts = connect().sobject('Contact');

  const results = await contacts.create([
    { LastName: 'Curie', Email: 'marie@example.org' },
    { LastName: 'Bad', Email: 'badone' },
    { LastName: 'Meitner' },
  ]);

  expect(results.map(({ success }) => success)).toEqual([true, false, true]);
  expect(results[1]?.errors).toMatchObject([{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }]);
});

test('describe names the fields', async () => {
  const { fields, keyPrefix } = await connect().sobject('Contact').describe();

  expect(keyPrefix).toBe('003');
  expect(fields.find(({ name }) => name === 'Mailchimp_Contact_Id__c')).toMatchObject({
    type: 'string',
    length: 50,
    unique: true,
    externalId: true,
    idLookup: true,
  });
});

test('an expired token is refreshed and the call made again', async () => {
  const connection = connect();
  const tokens: string[] = [];
  connection.on('refresh', (token: string) => tokens.push(token));
  org.add('Contact', { LastName: 'Curie' });
  org.sandbox.salesforce.expireTokens();

  const { totalSize } = await connection.query('SELECT Id FROM Contact');

  expect(totalSize).toBe(1);
  expect(tokens).toEqual([connection.accessToken]);
});

test('the usage header is read', async () => {
  const connection = connect();

  await connection.query('SELECT Id FROM Contact');

  expect(connection.limitInfo.apiUsage?.limit).toBe(100_000);
});

test('bulk ingest loads and bulk query reads back', async () => {
  const connection = connect();

  const loaded = await connection.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'upsert',
    externalIdFieldName: 'Mailchimp_Contact_Id__c',
    input: [
      { Mailchimp_Contact_Id__c: 'a', LastName: 'Curie', Email: 'marie@example.org' },
      { Mailchimp_Contact_Id__c: 'b', LastName: '', Email: 'nobody@example.org' },
    ],
    pollInterval: 1,
  });
  const stream = await connection.bulk2.query('SELECT LastName, Email FROM Contact', { pollInterval: 1 });
  const read = await stream.toArray();

  expect(loaded.successfulResults).toMatchObject([{ sf__Created: 'true', LastName: 'Curie' }]);
  expect(loaded.failedResults).toMatchObject([
    { sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --' },
  ]);
  expect(read).toEqual([{ LastName: 'Curie', Email: 'marie@example.org' }]);
});
