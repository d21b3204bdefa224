import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

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
