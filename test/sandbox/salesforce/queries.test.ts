import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg, recordsOf } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

/** The last names a WHERE clause finds, in order. */
async function named(where: string, order = 'ORDER BY LastName'): Promise<string[]> {
  const { body } = await org.soql(`SELECT LastName FROM Contact WHERE ${where} ${order}`);
  return recordsOf(body).map(({ LastName }) => String(LastName));
}

describe('a WHERE clause', () => {
  beforeEach(() => {
    const topics = 'Newsletter_Topics__c';
    org.add('Contact', {
      LastName: 'Ampère',
      Email: 'a@example.org',
      Loyalty_Points__c: 5,
      Birthdate: '1775-01-20',
    });
    org.add('Contact', {
      LastName: 'Bohr',
      Email: 'B@Example.org',
      Loyalty_Points__c: 15,
      [topics]: 'Events;Offers',
    });
    org.add('Contact', { LastName: 'Curie', HasOptedOutOfEmail: true, [topics]: 'Research' });
    org.add('Contact', { LastName: "D'Alembert", FirstName: '100%', Birthdate: '1717-11-16' });
  });

  test.each([
    ["LastName = 'bohr'", ['Bohr']],
    ["Email = 'b@example.ORG'", ['Bohr']],
    ["Email != 'a@example.org'", ['Bohr', 'Curie', "D'Alembert"]],
    ['Email = null', ['Curie', "D'Alembert"]],
    ['Email != null', ['Ampère', 'Bohr']],
    ["LastName IN ('Bohr', 'CURIE')", ['Bohr', 'Curie']],
    ["LastName NOT IN ('Bohr', 'Curie')", ['Ampère', "D'Alembert"]],
    ["LastName LIKE '_ohr'", ['Bohr']],
    ["LastName LIKE 'd\\'al%'", ["D'Alembert"]],
    ["FirstName LIKE '100%'", ["D'Alembert"]],
    ['Loyalty_Points__c > 5', ['Bohr']],
    ['Loyalty_Points__c <= 15', ['Ampère', 'Bohr']],
    ['HasOptedOutOfEmail = true', ['Curie']],
    ['HasOptedOutOfEmail = false AND Loyalty_Points__c = null', ["D'Alembert"]],
    ['Birthdate < 1750-01-01', ["D'Alembert"]],
    ["Newsletter_Topics__c INCLUDES ('Events;Offers', 'Research')", ['Bohr', 'Curie']],
    ["Newsletter_Topics__c INCLUDES ('Events;Research')", []],
    ["Newsletter_Topics__c EXCLUDES ('Research')", ['Ampère', 'Bohr', "D'Alembert"]],
    ["NOT (LastName = 'Bohr' OR LastName = 'Curie')", ['Ampère', "D'Alembert"]],
    ["(LastName = 'Bohr' OR LastName = 'Curie') AND Email = null", ['Curie']],
    ["NOT LastName = 'Bohr' AND Email != null", ['Ampère']],
    ['CreatedDate = TODAY', ['Ampère', 'Bohr', 'Curie', "D'Alembert"]],
    ['CreatedDate = YESTERDAY', []],
    ['CreatedDate > N_DAYS_AGO:1', ['Ampère', 'Bohr', 'Curie', "D'Alembert"]],
    ['SystemModstamp >= 2026-11-02T08:00:00Z', ['Ampère', 'Bohr', 'Curie', "D'Alembert"]],
    ['SystemModstamp >= 2026-11-02T09:00:00+01:00', ['Ampère', 'Bohr', 'Curie', "D'Alembert"]],
    ['SystemModstamp > 2026-11-02T08:00:00Z', []],
  ])('%s', async (where, expected) => {
    expect(await named(where)).toEqual(expected);
  });

  test.each([
    ["LastName = 'a' AND Email = null OR Title = null", 'MALFORMED_QUERY'],
    ["SystemModstamp > '2026-11-02T08:00:00Z'", 'INVALID_FIELD'],
    ["HasOptedOutOfEmail = 'true'", 'INVALID_FIELD'],
    ['LastName = 5', 'INVALID_FIELD'],
    ["Description = 'x'", 'INVALID_FIELD'],
    ["Email INCLUDES ('x')", 'INVALID_QUERY_FILTER_OPERATOR'],
    ["Nope__c = 'x'", 'INVALID_FIELD'],
    ["LastName = 'unclosed", 'MALFORMED_QUERY'],
  ])('%s is refused with %s', async (where, errorCode) => {
    const { status, body } = await org.soql(`SELECT Id FROM Contact WHERE ${where}`);

    expect(status).toBe(400);
    expect(body).toMatchObject([{ errorCode }]);
  });

  test('an id is found in its short and in its long form', async () => {
    const id = org.add('Contact', { LastName: 'Euler' });

    expect(await named(`Id = '${id}'`)).toEqual(['Euler']);
    expect(await named(`Id = '${id.slice(0, 15)}'`)).toEqual(['Euler']);
    expect(await named(`Id IN ('${id.slice(0, 15)}', '003000000000000AAA')`)).toEqual(['Euler']);
  });
});

describe('an ORDER BY clause', () => {
  test('sorts by several fields, nulls first unless told otherwise', async () => {
    org.add('Contact', { LastName: 'B', Title: 'x' });
    org.add('Contact', { LastName: 'a', Title: 'x' });
    org.add('Contact', { LastName: 'C' });

    expect(await named('Id != null', 'ORDER BY Title, LastName DESC')).toEqual(['C', 'B', 'a']);
    expect(await named('Id != null', 'ORDER BY Title NULLS LAST, LastName')).toEqual(['a', 'B', 'C']);
  });

  test('by SystemModstamp and Id follows every change, with limit and offset', async () => {
    const first = org.add('Contact', { LastName: 'first' });
    org.add('Contact', { LastName: 'second' });
    org.sandbox.admin.clock({ advanceMs: 60_000 });
    org.add('Contact', { LastName: 'third' });
    org.sandbox.admin.clock({ advanceMs: 60_000 });
    org.sandbox.admin.edit('salesforce', 'Contact', first, { Title: 'x' });

    expect(await named('Id != null', 'ORDER BY SystemModstamp, Id')).toEqual(['second', 'third', 'first']);
    expect(await named('SystemModstamp > 2026-11-02T08:00:00Z', 'ORDER BY SystemModstamp, Id')).toEqual([
      'third',
      'first',
    ]);
    expect(await named('Id != null', 'ORDER BY SystemModstamp DESC')).toEqual(['first', 'third', 'second']);
    expect(await named('Id != null', 'ORDER BY SystemModstamp, Id LIMIT 1 OFFSET 1')).toEqual(['third']);
  });
});

describe('the records of an answer', () => {
  test('hold nested parents, nulls, and times as the API writes them', async () => {
    const account = org.add('Account', { Name: 'Institut' });
    const id = org.add('Contact', { LastName: 'Curie', AccountId: account, MailingCity: 'Paris' });

    const { body } = await org.soql(
      'SELECT Id, Account.Name, ReportsTo.Name, Title, CreatedDate, MailingAddress FROM Contact',
    );

    const url = (object: string, of: string) => `/services/data/v60.0/sobjects/${object}/${of}`;
    expect(body).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Contact', url: url('Contact', id) },
          Id: id,
          Account: { attributes: { type: 'Account', url: url('Account', account) }, Name: 'Institut' },
          ReportsTo: null,
          Title: null,
          CreatedDate: '2026-11-02T08:00:00.000+0000',
          MailingAddress: {
            city: 'Paris',
            country: null,
            geocodeAccuracy: null,
            latitude: null,
            longitude: null,
            postalCode: null,
            state: null,
            street: null,
          },
        },
      ],
    });
  });

  test('count, group, nest children and join', async () => {
    const campaign = org.add('Campaign', { Name: 'Autumn' });
    const contact = org.add('Contact', { LastName: 'Curie', Title: 'Dr' });
    org.add('Contact', { LastName: 'Bohr', Title: 'Dr' });
    org.add('CampaignMember', { CampaignId: campaign, ContactId: contact });

    expect((await org.soql('SELECT COUNT() FROM Contact')).body).toEqual({
      totalSize: 2,
      done: true,
      records: [],
    });
    expect(await org.rows('SELECT Title, COUNT(Id) n FROM Contact GROUP BY Title')).toEqual([
      { Title: 'Dr', n: 2 },
    ]);
    expect(await org.rows('SELECT Name, (SELECT Status FROM CampaignMembers) FROM Campaign')).toMatchObject([
      { Name: 'Autumn', CampaignMembers: { totalSize: 1, done: true, records: [{ Status: 'Sent' }] } },
    ]);
    expect(await named('Id IN (SELECT ContactId FROM CampaignMember)')).toEqual(['Curie']);
  });

  test('leave the bin out of query and show it in queryAll until it is emptied', async () => {
    const id = org.add('Contact', { LastName: 'Gone' });
    await org.call('DELETE', `/sobjects/Contact/${id}`);
    const all = () =>
      org.call('GET', `/queryAll?q=${encodeURIComponent('SELECT Id, IsDeleted FROM Contact')}`);

    expect(await org.rows('SELECT Id FROM Contact')).toEqual([]);
    expect((await all()).body).toMatchObject({ totalSize: 1, records: [{ Id: id, IsDeleted: true }] });
    org.sandbox.admin.clock({ advanceMs: 16 * 24 * 3600 * 1000 });
    org.sandbox.salesforce.auth.reinstate();
    expect((await all()).body).toMatchObject({ totalSize: 0, records: [] });
  });
});

describe('paging', () => {
  test('a locator names the offset, keeps the total, and dies after two days', async () => {
    for (let i = 0; i < 250; i++) org.add('Contact', { LastName: `P${i}` });
    const path = `/query?q=${encodeURIComponent('SELECT Id FROM Contact')}`;

    const first = await org.call('GET', path, undefined, { 'sforce-query-options': 'batchSize=50' });

    expect(first.body).toMatchObject({
      totalSize: 250,
      done: false,
      nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v60\.0\/query\/0r8\w{15}-200$/),
    });
    const next = String(
      first.body instanceof Object && 'nextRecordsUrl' in first.body ? first.body.nextRecordsUrl : '',
    );
    const locator = next.replace('/services/data/v60.0', '');
    const second = await org.call('GET', locator);
    expect(second.body).toMatchObject({ totalSize: 250, done: true });
    expect(recordsOf(second.body).length).toBe(50);

    org.sandbox.admin.clock({ advanceMs: 49 * 3600 * 1000 });
    org.sandbox.salesforce.auth.reinstate();
    const late = await org.call('GET', locator);
    expect([late.status, late.body]).toEqual([
      400,
      [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }],
    ]);
  });

  test('rows that change while they are paged are neither skipped nor doubled', async () => {
    for (let i = 0; i < 300; i++) org.add('Contact', { LastName: `P${i}` });
    const query = `/query?q=${encodeURIComponent('SELECT Id FROM Contact ORDER BY SystemModstamp, Id')}`;
    const first = await org.call('GET', query, undefined, { 'sforce-query-options': 'batchSize=200' });
    org.sandbox.admin.clock({ advanceMs: 1000 });
    const seen = recordsOf(first.body).map(({ Id }) => String(Id));
    for (const id of seen.slice(0, 50)) org.sandbox.admin.edit('salesforce', 'Contact', id, { Title: 'x' });

    const next =
      first.body instanceof Object && 'nextRecordsUrl' in first.body ? String(first.body.nextRecordsUrl) : '';
    const second = await org.call('GET', next.replace('/services/data/v60.0', ''));

    expect(new Set([...seen, ...recordsOf(second.body).map(({ Id }) => String(Id))]).size).toBe(300);
  });
});

test('a hidden field answers exactly as one that does not exist', async () => {
  await org.sandbox.admin.act('salesforce', 'hide-field', {
    object: 'Contact',
    field: 'HasOptedOutOfEmail',
    hidden: true,
  });

  const hidden = await org.soql('SELECT Id, HasOptedOutOfEmail FROM Contact');
  const missing = await org.soql('SELECT Id, HasOptedOutOfEmajl FROM Contact');

  expect(hidden.status).toBe(400);
  expect(JSON.stringify(hidden.body)).toBe(JSON.stringify(missing.body).replaceAll('Emajl', 'Email'));
});
