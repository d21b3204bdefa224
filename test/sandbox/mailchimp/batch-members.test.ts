import { beforeEach, describe, expect, test } from '@jest/globals';
import { subscribe, unsubscribe } from '../../../sandbox/mailchimp/people-actions.ts';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';

let served: ServedMailchimp;
beforeEach(async () => {
  served = await serveMailchimp();
});

const batch = async (body: Record<string, unknown>, query = ''): Promise<Record<string, unknown>> =>
  Object((await served.call('POST', `/lists/${LIST}${query}`, body)).body);
const join = (email: string): unknown => subscribe(served.mailchimp.account, LIST, email, 'self');

describe('a batch of members', () => {
  test('without update_existing gives back those who are members already', async () => {
    join('ada@acme.test');

    const result = await batch({
      members: [
        { email_address: 'ADA@acme.test', status: 'subscribed' },
        { email_address: 'bob@acme.test', status: 'subscribed' },
      ],
    });

    expect(result).toMatchObject({
      total_created: 1,
      total_updated: 0,
      error_count: 1,
      errors: [{ email_address: 'ADA@acme.test', error_code: 'ERROR_CONTACT_EXISTS' }],
    });
  });

  test('changes the status of members it updates when it carries one, within compliance', async () => {
    join('ada@acme.test');
    join('bob@acme.test');
    unsubscribe(served.mailchimp.account, LIST, 'bob@acme.test', 'self');

    const result = await batch({
      update_existing: true,
      members: [
        { email_address: 'ada@acme.test', status: 'unsubscribed' },
        { email_address: 'bob@acme.test', status: 'subscribed' },
      ],
    });

    expect(result).toMatchObject({
      updated_members: [{ email_address: 'ada@acme.test', status: 'unsubscribed' }],
      errors: [
        {
          email_address: 'bob@acme.test',
          error:
            'bob@acme.test is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.',
          error_code: 'ERROR_GENERIC',
        },
      ],
    });
  });

  test('names the merge field at fault', async () => {
    const result = await batch({
      members: [
        { email_address: 'ada@acme.test', status: 'subscribed', merge_fields: { BIRTHDAY: '31/12' } },
      ],
    });

    expect(result.errors).toEqual([
      {
        email_address: 'ada@acme.test',
        error: 'Your merge fields were invalid.',
        error_code: 'ERROR_GENERIC',
        field: 'BIRTHDAY',
        field_message: 'Please enter a month (01-12) and a day (01-31)',
      },
    ]);
  });

  test('takes the first of several with one address; the others are errors unless the check is skipped', async () => {
    const members = [
      { email_address: 'ada@acme.test', status: 'subscribed' },
      { email_address: ' Ada@acme.test', status: 'unsubscribed' },
    ];

    expect(await batch({ members })).toMatchObject({ total_created: 1, error_count: 1 });
    expect(await batch({ members, update_existing: true }, '?skip_duplicate_check=true')).toMatchObject({
      total_updated: 1,
      error_count: 0,
      updated_members: [{ status: 'subscribed' }],
    });
  });

  test('adds tags, or replaces them when it syncs them', async () => {
    const tagsAfter = async (body: Record<string, unknown>): Promise<unknown> => {
      await batch({ update_existing: true, ...body });
      const { body: member } = await served.call(
        'GET',
        `/lists/${LIST}/members/ada@acme.test?fields=tags.name`,
      );
      return Object(member).tags.map((tag: { name: string }) => tag.name);
    };
    const ada = (tags: string[]): Record<string, unknown> => ({
      email_address: 'ada@acme.test',
      status: 'subscribed',
      tags,
    });

    expect(await tagsAfter({ members: [ada(['a', 'b'])] })).toEqual(['a', 'b']);
    expect(await tagsAfter({ members: [ada(['c'])] })).toEqual(['a', 'b', 'c']);
    expect(await tagsAfter({ members: [ada(['c', 'd'])], sync_tags: true })).toEqual(['c', 'd']);
  });

  test('of more than 500, or with a status that is none, is refused whole', async () => {
    const members = Array.from({ length: 501 }, (_, n) => ({
      email_address: `p${n}@acme.test`,
      status: 'subscribed',
    }));

    expect(await batch({ members })).toMatchObject({ title: 'Invalid Resource', status: 400 });
    expect(await batch({ members: [{ email_address: 'p@acme.test', status: 'archived' }] })).toMatchObject({
      status: 400,
      errors: [
        {
          field: 'members.item:0.status',
          message:
            'Data presented is not one of the accepted values: subscribed, unsubscribed, cleaned, pending, transactional.',
        },
      ],
    });
    expect(served.mailchimp.desk.list(LIST, { limit: 10, offset: 0 }).total).toBe(0);
  });
});
