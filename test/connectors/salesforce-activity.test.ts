import { describe, expect, test } from '@jest/globals';
import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { createScriptedHttp, createTestClient, type ScriptedAnswer } from '../support/test-client.ts';

const ADA = '003q000000KvQ1tAAF';
const BOB = '00Qq000000KvQ2DAAV';
const AUTUMN = '701q000000KwKFhAAN';
const TASK = '00Tq000000KwKFhEAN';
const MEMBER = '00vq000000KwKFhEAN';

function setUp(...script: readonly ScriptedAnswer[]) {
  const { http, requests } = createScriptedHttp(script);
  const { client } = createTestClient({ http, interpret: interpretSalesforce, patienceMs: 900_000 });
  const sent = () =>
    requests.map(({ method, url, body }) => {
      const { pathname, searchParams } = new URL(url);
      const path = pathname.replace('/services/data/v60.0', '');
      return [method, path, body === undefined ? searchParams.get('q') : JSON.parse(body)];
    });
  return { target: createActivityTarget({ client }), sent };
}

const found = (...records: object[]): ScriptedAnswer => ({
  body: JSON.stringify({ totalSize: records.length, done: true, records }),
});
const answers = (...results: object[]): ScriptedAnswer => ({ body: JSON.stringify(results) });
const done = (id: string, created = true) => ({ id, success: true, created, errors: [] });
const noAnswer = new NoAnswerError('connection reset', 'unknown');

describe('writing', () => {
  test('events become records of the custom object, upserted by the key of the event', async () => {
    const { target, sent } = setUp(answers(done('a0Bq000000KwKFhEAN'), done('a0Bq000000KwKFmEAN', false)));

    const results = await target.write(
      'Mailchimp_Engagement__c',
      [
        { key: 'k1', payload: { Event__c: 'open', Contact__c: ADA } },
        { key: 'k2', payload: { Event__c: 'click', Contact__c: ADA } },
      ],
      'Event_Key__c',
    );

    expect(results).toEqual([
      { outcome: 'written', id: 'a0Bq000000KwKFhEAN', created: true },
      { outcome: 'written', id: 'a0Bq000000KwKFmEAN', created: false },
    ]);
    const attributes = { type: 'Mailchimp_Engagement__c' };
    expect(sent()).toEqual([
      [
        'PATCH',
        '/composite/sobjects/Mailchimp_Engagement__c/Event_Key__c',
        {
          allOrNone: false,
          records: [
            { attributes, Event__c: 'open', Contact__c: ADA, Event_Key__c: 'k1' },
            { attributes, Event__c: 'click', Contact__c: ADA, Event_Key__c: 'k2' },
          ],
        },
      ],
    ]);
  });

  test('an event whose answer is lost is sent once more under the same key', async () => {
    const { target, sent } = setUp(noAnswer, answers(done('a0Bq000000KwKFhEAN', false)));

    const results = await target.write('Event__c', [{ key: 'k1', payload: {} }], 'Event_Key__c');

    expect(results).toEqual([{ outcome: 'written', id: 'a0Bq000000KwKFhEAN', created: false }]);
    const [first, second] = sent();
    expect(second).toEqual(first);
  });

  test('a task without an external id is created once; without an answer it stays uncertain', async () => {
    const payload = { WhoId: ADA, Subject: 'Opened Autumn', Status: 'Completed', ActivityDate: '2026-11-02' };
    const { target, sent } = setUp(noAnswer);

    const [result] = await target.write('Task', [{ key: 'k1', payload }]);

    expect(result?.outcome).toBe('uncertain');
    expect(sent()).toEqual([
      [
        'POST',
        '/composite/sobjects',
        { allOrNone: false, records: [{ attributes: { type: 'Task' }, ...payload }] },
      ],
    ]);
  });

  test('campaign members are created with both their ids, and raised by their own', async () => {
    const { target, sent } = setUp(answers(done(MEMBER)), answers(done(MEMBER, false)));
    const member = { CampaignId: AUTUMN, ContactId: ADA, Status: 'Sent' };

    await target.write('CampaignMember', [{ payload: member }]);
    await target.write('CampaignMember', [{ id: MEMBER, payload: { Status: 'Opened' } }]);

    const attributes = { type: 'CampaignMember' };
    expect(sent()).toEqual([
      ['POST', '/composite/sobjects', { allOrNone: false, records: [{ attributes, ...member }] }],
      [
        'PATCH',
        '/composite/sobjects',
        { allOrNone: false, records: [{ attributes, id: MEMBER, Status: 'Opened' }] },
      ],
    ]);
  });

  test('one refused event leaves the others written', async () => {
    const refused = {
      success: false,
      errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
    };
    const { target } = setUp(answers(refused, done(TASK)));

    const results = await target.write('Task', [
      { key: 'k1', payload: { WhoId: ADA } },
      { key: 'k2', payload: { WhoId: BOB } },
    ]);

    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'written']);
  });
});

describe('reading', () => {
  test('a campaign is found by its key, the oldest first, with the statuses its members may have', async () => {
    const { target, sent } = setUp(
      found({ Id: AUTUMN, Mailchimp_Id__c: "o'4b1c" }),
      found({ CampaignId: AUTUMN, Label: 'Sent' }, { CampaignId: AUTUMN, Label: 'Opened' }),
    );

    const campaigns = await target.campaigns('Mailchimp_Id__c', ["o'4b1c", "o'4b1c"]);

    expect(campaigns).toEqual([{ id: AUTUMN, key: "o'4b1c", statuses: ['Sent', 'Opened'] }]);
    expect(sent()).toEqual([
      [
        'GET',
        '/query',
        "SELECT Id, Mailchimp_Id__c FROM Campaign WHERE Mailchimp_Id__c IN ('o\\'4b1c') ORDER BY CreatedDate",
      ],
      [
        'GET',
        '/query',
        `SELECT CampaignId, Label FROM CampaignMemberStatus WHERE CampaignId IN ('${AUTUMN}')`,
      ],
    ]);
  });

  test('members are asked for by contact and by lead', async () => {
    const { target, sent } = setUp(
      found({ Id: MEMBER, CampaignId: AUTUMN, ContactId: ADA, LeadId: null, Status: 'Sent' }),
      found({ Id: '00vq000000KwKFmEAN', CampaignId: AUTUMN, ContactId: null, LeadId: BOB, Status: 'Opened' }),
    );

    const members = await target.members([AUTUMN], [ADA, BOB]);

    expect(members).toEqual([
      { id: MEMBER, campaignId: AUTUMN, personId: ADA, status: 'Sent' },
      { id: '00vq000000KwKFmEAN', campaignId: AUTUMN, personId: BOB, status: 'Opened' },
    ]);
    expect(sent().map(([, , query]) => query)).toEqual([
      `SELECT Id, CampaignId, ContactId, LeadId, Status FROM CampaignMember WHERE CampaignId IN ('${AUTUMN}') AND ContactId IN ('${ADA}')`,
      `SELECT Id, CampaignId, ContactId, LeadId, Status FROM CampaignMember WHERE CampaignId IN ('${AUTUMN}') AND LeadId IN ('${BOB}')`,
    ]);
  });

  test('tasks made before are found by whose they are and from which day', async () => {
    const { target, sent } = setUp(found({ Id: TASK, WhoId: ADA, Description: 'Opened [sb:k1]' }));

    const tasks = await target.tasks([ADA], '2026-11-01');

    expect(tasks).toEqual([{ id: TASK, personId: ADA, description: 'Opened [sb:k1]' }]);
    expect(sent().map(([, , query]) => query)).toEqual([
      `SELECT Id, WhoId, Description FROM Task WHERE ActivityDate >= 2026-11-01 AND WhoId IN ('${ADA}')`,
    ]);
  });

  test('a converted lead is not a person of its own any more', async () => {
    const { target, sent } = setUp(
      found({ Id: BOB, Email: 'Bob@acme.test', CreatedDate: '2026-11-02T12:00:00.000+0000', Score__c: 3 }),
    );

    const people = await target.peopleByEmail('Lead', ['bob@acme.test'], ['Score__c']);

    expect(people).toEqual([
      {
        id: BOB,
        object: 'Lead',
        email: 'Bob@acme.test',
        createdAt: Date.parse('2026-11-02T12:00:00Z'),
        values: expect.objectContaining({ Score__c: 3 }),
      },
    ]);
    expect(sent().map(([, , query]) => query)).toEqual([
      "SELECT Id, Email, CreatedDate, Score__c FROM Lead WHERE IsConverted = false AND Email IN ('bob@acme.test')",
    ]);
  });
});
