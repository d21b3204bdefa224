import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checksumSuffix, toId18 } from '@stackbridge/sandbox/salesforce/record-id.ts';
import { type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

const act = (action: string, input: unknown) => org.sandbox.admin.act('salesforce', action, input);
const queryAll = async (soql: string) =>
  (await org.call('GET', `/queryAll?q=${encodeURIComponent(soql)}`)).body;

test('ids carry a checksum that mends lost case', () => {
  expect(checksumSuffix('001A0000006Vm9r')).toBe('IAC');
  expect(toId18('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
  expect(toId18('001a0000006vm9rIAC')).toBe('001A0000006Vm9rIAC');
  expect(toId18('not an id')).toBeUndefined();
});

describe('a merge', () => {
  test('sends the losers to the bin pointing at the winner, and moves what was theirs', async () => {
    const [winner, loser] = ['w', 'l'].map((LastName) => org.add('Contact', { LastName }));
    const campaign = org.add('Campaign', { Name: 'Autumn' });
    org.add('CampaignMember', { CampaignId: campaign, ContactId: loser });
    org.sandbox.admin.clock({ advanceMs: 1000 });

    act('merge', { winner, losers: [loser] });

    expect(
      await queryAll('SELECT Id, IsDeleted, MasterRecordId, SystemModstamp FROM Contact ORDER BY Id'),
    ).toMatchObject({
      records: [
        {
          Id: winner,
          IsDeleted: false,
          MasterRecordId: null,
          SystemModstamp: '2026-11-02T08:00:01.000+0000',
        },
        {
          Id: loser,
          IsDeleted: true,
          MasterRecordId: winner,
          SystemModstamp: '2026-11-02T08:00:01.000+0000',
        },
      ],
    });
    expect(await org.rows('SELECT ContactId FROM CampaignMember')).toEqual([{ ContactId: winner }]);
  });
});

describe('a lead conversion', () => {
  test('makes a contact of an account and leaves the lead read-only, pointing at both', async () => {
    const lead = org.add('Lead', {
      LastName: 'Curie',
      Company: 'Institut',
      Email: 'marie@example.org',
      City: 'Paris',
      HasOptedOutOfEmail: true,
      Mailchimp_Contact_Id__c: 'mc1',
    });

    act('convert', { lead });
    const update = await org.call('PATCH', `/sobjects/Lead/${lead}`, { Title: 'x' });

    const [contact] = await org.rows(
      'SELECT Id, Name, Email, MailingCity, HasOptedOutOfEmail, Mailchimp_Contact_Id__c, AccountId, Account.Name FROM Contact',
    );
    expect(contact).toMatchObject({
      Name: 'Curie',
      Email: 'marie@example.org',
      MailingCity: 'Paris',
      HasOptedOutOfEmail: true,
      Mailchimp_Contact_Id__c: null,
      Account: { Name: 'Institut' },
    });
    const ids =
      contact instanceof Object && 'Id' in contact && 'AccountId' in contact
        ? contact
        : { Id: '', AccountId: '' };
    expect(
      await org.rows('SELECT IsConverted, ConvertedContactId, ConvertedAccountId, ConvertedDate FROM Lead'),
    ).toEqual([
      {
        IsConverted: true,
        ConvertedContactId: ids.Id,
        ConvertedAccountId: ids.AccountId,
        ConvertedDate: '2026-11-02',
      },
    ]);
    expect([update.status, update.body]).toMatchObject([
      400,
      [{ errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }],
    ]);
  });
});

describe('duplicate rules', () => {
  const send = (headers: Record<string, string> = {}) =>
    org.call('POST', '/sobjects/Contact', { LastName: 'y', Email: 'X@example.org' }, headers);
  const ALLOW = { 'sforce-duplicate-rule-header': 'allowSave=true; includeRecordDetails=true' };

  test('stop a write with the records that match; a header gets past an alert only', async () => {
    const id = org.add('Contact', { LastName: 'x', Email: 'x@example.org' });
    act('duplicate-rule', { object: 'Contact', fields: ['Email'], action: 'alert' });
    const stopped = await send();
    const allowed = await send(ALLOW);
    act('duplicate-rule', { object: 'Contact', fields: ['Email'], action: 'block', name: 'Hard' });
    const blocked = await send(ALLOW);

    expect([stopped.status, allowed.status, blocked.status]).toEqual([400, 201, 400]);
    expect(stopped.body).toMatchObject([
      {
        duplicateResult: {
          allowSave: true,
          duplicateRule: 'Standard_Contact_Duplicate_Rule',
          matchResults: [{ matchRecords: [{ record: { attributes: { type: 'Contact' }, Id: id } }] }],
        },
        errorCode: 'DUPLICATES_DETECTED',
        message: 'Use one of these records?',
      },
    ]);
    expect(blocked.body).toMatchObject([{ duplicateResult: { allowSave: false, duplicateRule: 'Hard' } }]);
  });

  test('do not bind people, and stand in collections as one record of many', async () => {
    act('duplicate-rule', { object: 'Contact', fields: ['Email'], action: 'block' });
    org.add('Contact', { LastName: 'x', Email: 'x@example.org' });
    org.add('Contact', { LastName: 'x2', Email: 'x@example.org' });

    const { status, body } = await org.call('POST', '/composite/sobjects', {
      records: [{ attributes: { type: 'Contact' }, LastName: 'y', Email: 'x@example.org' }],
    });

    expect([status, body]).toMatchObject([
      200,
      [{ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED' }] }],
    ]);
  });
});

describe('an administrator', () => {
  test('hides, shortens, withdraws, removes and adds fields, and describe follows', async () => {
    act('hide-field', { object: 'Contact', field: 'HasOptedOutOfEmail', hidden: true });
    act('field', { object: 'Contact', field: 'Title', change: { kind: 'shorten', length: 10 } });
    act('field', {
      object: 'Contact',
      field: 'Customer_Tier__c',
      change: { kind: 'withdraw-value', value: 'Gold' },
    });
    act('field', { object: 'Contact', field: 'Department', change: { kind: 'remove' } });
    const definition = { type: 'string', length: 20, externalId: true };
    act('field', { object: 'Contact', field: 'Member_No__c', change: { kind: 'add', definition } });

    const { body } = await org.call('GET', '/sobjects/Contact/describe');
    const writes = [
      await org.call('POST', '/sobjects/Contact', { LastName: 'x', HasOptedOutOfEmail: true }),
      await org.call('POST', '/sobjects/Contact', { LastName: 'x', Title: 'Chief of Everything' }),
      await org.call('POST', '/sobjects/Contact', { LastName: 'x', Customer_Tier__c: 'Gold' }),
      await org.call('POST', '/sobjects/Contact', { LastName: 'x', Department: 'y' }),
      await org.call('PATCH', '/sobjects/Contact/Member_No__c/7', { LastName: 'x' }),
    ];

    const fields =
      body instanceof Object && 'fields' in body && Array.isArray(body.fields) ? body.fields : [];
    const described = (name: string) => fields.find((field: { name: string }) => field.name === name);
    expect(described('HasOptedOutOfEmail')).toBeUndefined();
    expect(described('Department')).toBeUndefined();
    expect(described('Title')).toMatchObject({ length: 10 });
    expect(described('Customer_Tier__c')).toMatchObject({
      picklistValues: [{ value: 'Bronze' }, { value: 'Silver' }],
    });
    expect(described('Member_No__c')).toMatchObject({ length: 20, externalId: true, custom: true });
    expect(writes.map((answer) => [answer.status, answer.body])).toMatchObject([
      [400, [{ errorCode: 'INVALID_FIELD' }]],
      [400, [{ errorCode: 'STRING_TOO_LONG' }]],
      [400, [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]],
      [400, [{ errorCode: 'INVALID_FIELD' }]],
      [201, { created: true }],
    ]);
  });
});

describe('a record that will not be saved', () => {
  const collection = (records: unknown[]) => org.call('PATCH', '/composite/sobjects', { records });
  const update = (id: string) => ({ attributes: { type: 'Contact' }, id, FirstName: 'Marie' });

  test('for an administrator’s rule is mended or the rule dropped', async () => {
    const [good, bad] = ['Curie', 'TEST'].map((LastName) => org.add('Contact', { LastName }));
    act('validation-rule', {
      object: 'Contact',
      field: 'LastName',
      forbids: '^test$',
      message: 'No test data',
    });
    const both = [update(String(good)), update(String(bad))];
    const first = await collection(both);
    act('drop-rules', { object: 'Contact' });
    const second = await collection(both);

    const error = {
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'No test data',
      fields: ['LastName'],
    };
    expect(first.body).toEqual([
      { id: good, success: true, errors: [] },
      { success: false, errors: [error] },
    ]);
    expect(second.body).toMatchObject([{ success: true }, { success: true }]);
  });

  test('for a lock is free again after the given number of tries', async () => {
    const id = org.add('Contact', { LastName: 'Curie' });
    act('lock-row', { id, times: 2 });

    const answers = [
      await collection([update(id)]),
      await collection([update(id)]),
      await collection([update(id)]),
    ];

    expect(answers.map(({ body }) => body)).toMatchObject([
      [{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] }],
      [{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] }],
      [{ success: true }],
    ]);
  });

  test('for a required field cannot be emptied either', async () => {
    const id = org.add('Lead', { LastName: 'x', Company: 'y' });

    const { body } = await org.call('PATCH', `/sobjects/Lead/${id}`, { Status: null });

    expect(body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Status'] }]);
  });
});

describe('getUpdated and getDeleted', () => {
  test('name what changed and what vanished in a window of whole minutes', async () => {
    const [kept, gone] = ['k', 'g'].map((LastName) => org.add('Contact', { LastName }));
    org.sandbox.admin.clock({ advanceMs: 10 * 60_000 });
    await org.call('DELETE', `/sobjects/Contact/${gone}`);
    org.sandbox.admin.clock({ advanceMs: 10 * 60_000 });
    const window = '?start=2026-11-02T08%3A00%3A30%2B00%3A00&end=2026-11-02T09%3A00%3A00%2B00%3A00';

    const updated = await org.call('GET', `/sobjects/Contact/updated/${window}`);
    const deleted = await org.call('GET', `/sobjects/Contact/deleted/${window}`);

    expect(updated.body).toEqual({ ids: [kept], latestDateCovered: '2026-11-02T08:20:00.000+0000' });
    expect(deleted.body).toEqual({
      deletedRecords: [{ id: gone, deletedDate: '2026-11-02T08:10:00.000+0000' }],
      earliestDateAvailable: '2026-10-18T08:20:00.000+0000',
      latestDateCovered: '2026-11-02T08:20:00.000+0000',
    });
  });
});
