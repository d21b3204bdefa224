import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';

let served: ServedMailchimp;
beforeEach(async () => {
  served = await serveMailchimp();
  await served.call('POST', `/lists/${LIST}/members`, {
    email_address: 'api@acme.test',
    status: 'subscribed',
    merge_fields: {
      FNAME: 'Zoë',
      LNAME: '"Z"',
      ADDRESS: { addr1: '1 Main St', city: 'Atlanta', state: 'GA', zip: '30308' },
    },
    tags: ['TestTag'],
  });
});

const get = async (query: string): Promise<unknown> =>
  (await served.call('GET', `/lists/${LIST}/members/api@acme.test${query}`)).body;

describe('a member', () => {
  test('is shown with the fields of the answers recorded in 2026, in their order, empties as ""', async () => {
    const shown = await get('?exclude_fields=_links');

    expect(JSON.stringify(shown)).toBe(
      JSON.stringify({
        id: '47d851572b50a37117b08a952da684bd',
        email_address: 'api@acme.test',
        unique_email_id: '952da684bd',
        contact_id: Object(shown).contact_id,
        full_name: 'Zoë "Z"',
        web_id: 479300001,
        email_type: 'html',
        status: 'subscribed',
        consents_to_one_to_one_messaging: true,
        sms_phone_number: '',
        sms_subscription_status: '',
        sms_subscription_last_updated: '',
        merge_fields: {
          FNAME: 'Zoë',
          LNAME: '"Z"',
          ADDRESS: {
            addr1: '1 Main St',
            addr2: '',
            city: 'Atlanta',
            state: 'GA',
            zip: '30308',
            country: 'US',
          },
          PHONE: '',
          BIRTHDAY: '',
          COMPANY: '',
        },
        stats: { avg_open_rate: 0, avg_click_rate: 0 },
        ip_signup: '',
        timestamp_signup: '',
        ip_opt: '203.0.113.7',
        timestamp_opt: '2026-11-02T08:00:00+00:00',
        member_rating: 2,
        last_changed: '2026-11-02T08:00:00+00:00',
        language: '',
        vip: false,
        email_client: '',
        location: {
          latitude: 0,
          longitude: 0,
          gmtoff: 0,
          dstoff: 0,
          country_code: '',
          timezone: '',
          region: '',
        },
        source: 'API - Generic',
        tags_count: 1,
        tags: [{ id: 3730001, name: 'TestTag' }],
        list_id: LIST,
      }),
    );
  });

  test('links to itself, its parent and what can be done with it', async () => {
    const links = Object(await get('?fields=_links'))._links;

    expect(links.map((link: { rel: string }) => link.rel)).toEqual([
      'self',
      'parent',
      'update',
      'upsert',
      'delete',
      'activity',
      'goals',
      'notes',
      'events',
      'delete_permanent',
    ]);
    expect(links[0].href).toBe(
      'http://127.0.0.1/mailchimp/3.0/lists/aud0000001/members/47d851572b50a37117b08a952da684bd',
    );
  });

  test.each([
    [
      '?fields=id,merge_fields.FNAME,tags.name',
      { id: '47d851572b50a37117b08a952da684bd', merge_fields: { FNAME: 'Zoë' }, tags: [{ name: 'TestTag' }] },
    ],
    ['?fields=stats.avg_open_rate,nothing', { stats: { avg_open_rate: 0 } }],
    ['?fields=status,location&exclude_fields=location', { status: 'subscribed' }],
    [
      '?fields=merge_fields&exclude_fields=merge_fields.ADDRESS,merge_fields.LNAME',
      { merge_fields: { FNAME: 'Zoë', PHONE: '', BIRTHDAY: '', COMPANY: '' } },
    ],
    ['?fields=none', {}],
  ])('shows only what %s asks for', async (query, shown) => {
    expect(await get(query)).toEqual(shown);
  });

  test('shows interests and marketing permissions only where the audience has such', async () => {
    const audience = served.mailchimp.account.audiences.get(LIST);
    const before = Object.keys(Object(await get('')));
    const { body: category } = await served.call('POST', `/lists/${LIST}/interest-categories`, {
      title: 'Topics',
      type: 'checkboxes',
    });
    const path = `/lists/${LIST}/interest-categories/${Object(category).id}/interests`;
    const { body: interest } = await served.call('POST', path, { name: 'News' });
    audience?.permissions.push({ id: 'd7ce21601c', text: 'Email' });
    const { id } = Object(interest);

    await served.call('PATCH', `/lists/${LIST}/members/api@acme.test`, {
      interests: { [id]: true },
      marketing_permissions: [{ marketing_permission_id: 'd7ce21601c', enabled: true }],
    });

    expect(before).not.toContain('interests');
    expect(before).not.toContain('marketing_permissions');
    expect(await get('?fields=interests,marketing_permissions')).toEqual({
      interests: { [id]: true },
      marketing_permissions: [{ marketing_permission_id: 'd7ce21601c', text: 'Email', enabled: true }],
    });
  });
});
