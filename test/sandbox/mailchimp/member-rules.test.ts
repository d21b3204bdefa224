import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { archive, clean, subscribe, unsubscribe } from '../../../sandbox/mailchimp/people-actions.ts';
import { type Answered, type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';
const EMAIL = 'ada@acme.test';
const hashOf = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');
const ONE = `/lists/${LIST}/members/${hashOf(EMAIL)}`;

const inCompliance = {
  status: 400,
  body: {
    title: 'Member In Compliance State',
    status: 400,
    detail: `${EMAIL} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
    instance: expect.any(String),
  },
};

let served: ServedMailchimp;
beforeEach(async () => {
  served = await serveMailchimp();
});

const join = (email = EMAIL): unknown => subscribe(served.mailchimp.account, LIST, email, 'self');
const seen = async (): Promise<unknown> =>
  (await served.call('GET', `${ONE}?fields=status,last_changed`)).body;
const bare = ({ status, body }: Answered): unknown => ({ status, body });

describe('who has left', () => {
  test('by themselves cannot be subscribed through the API, only asked', async () => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, 'self');

    expect(bare(await served.call('PATCH', ONE, { status: 'subscribed' }))).toEqual(inCompliance);
    expect(bare(await served.call('PUT', ONE, { email_address: EMAIL, status: 'subscribed' }))).toEqual(
      inCompliance,
    );
    expect(await served.call('PATCH', ONE, { status: 'pending' })).toMatchObject({ status: 200 });
    expect(bare(await served.call('PATCH', ONE, { status: 'subscribed' }))).toEqual(inCompliance);
  });

  test('by themselves and was archived cannot be subscribed either', async () => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, 'self');
    archive(served.mailchimp.account, LIST, EMAIL);

    const added = await served.call('POST', `/lists/${LIST}/members`, {
      email_address: EMAIL,
      status: 'subscribed',
    });

    expect(bare(added)).toEqual(inCompliance);
  });

  test.each(['admin', 'api'] as const)('by %s can be subscribed through the API', async (by) => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, by);

    expect(await served.call('PUT', ONE, { status: 'subscribed' })).toMatchObject({
      status: 200,
      body: { status: 'subscribed' },
    });
  });

  test('keeps that state when an update carries no status', async () => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, 'self');

    const updated = await served.call('PUT', ONE, {
      email_address: EMAIL,
      status_if_new: 'subscribed',
      merge_fields: { FNAME: 'Ada' },
    });

    expect(updated).toMatchObject({
      status: 200,
      body: { status: 'unsubscribed', unsubscribe_reason: 'No reason given', merge_fields: { FNAME: 'Ada' } },
    });
  });

  test('comes back by their own sign-up', async () => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, 'self');

    join();

    expect(await seen()).toMatchObject({ status: 'subscribed' });
  });
});

describe('who cannot be mailed', () => {
  test('stays cleaned whatever the API asks', async () => {
    join();
    clean(served.mailchimp.account, LIST, EMAIL);

    for (const status of ['subscribed', 'pending', 'unsubscribed']) {
      expect(bare(await served.call('PATCH', ONE, { status }))).toEqual(inCompliance);
    }
    expect(await seen()).toMatchObject({ status: 'cleaned' });
  });

  test('and is bounced, pending or archived cannot be archived', async () => {
    join();
    clean(served.mailchimp.account, LIST, EMAIL);

    const refused = await served.call('DELETE', ONE);

    expect(refused).toMatchObject({
      status: 405,
      headers: { allow: 'GET, PUT' },
      body: {
        type: 'https://mailchimp.com/developer/marketing/docs/errors/',
        title: 'Method Not Allowed',
        detail:
          'This list member cannot be removed. Can not archive a contact that is bounced, pending or archived',
      },
    });
  });
});

describe('who was deleted', () => {
  test('by archiving is left out of listings, comes back as the same contact, and with a new opt-in time', async () => {
    const added = await served.call('POST', `/lists/${LIST}/members`, {
      email_address: EMAIL,
      status: 'subscribed',
      merge_fields: { FNAME: 'Ada' },
    });
    served.world.clock.advance(60_000);
    await served.call('DELETE', ONE);
    const listed = await served.call('GET', `/lists/${LIST}/members?fields=total_items`);
    const archived = await served.call('GET', `/lists/${LIST}/members?status=archived&fields=total_items`);
    served.world.clock.advance(60_000);
    const again = await served.call('PUT', ONE, { email_address: EMAIL, status_if_new: 'subscribed' });

    expect([listed.body, archived.body]).toEqual([{ total_items: 0 }, { total_items: 1 }]);
    expect(again.body).toEqual({
      ...Object(added.body),
      timestamp_opt: '2026-11-02T08:02:00+00:00',
      last_changed: '2026-11-02T08:02:00+00:00',
    });
  });

  test('for good is forgotten: the API cannot bring the address back, the person can', async () => {
    join();
    const gone = await served.call('POST', `${ONE}/actions/delete-permanent`);
    const refused = await served.call('PUT', ONE, { email_address: EMAIL, status_if_new: 'pending' });
    join();

    expect(gone.status).toBe(204);
    expect(bare(refused)).toEqual({
      status: 400,
      body: {
        title: 'Forgotten Email Not Subscribed',
        status: 400,
        detail: `${EMAIL} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
        instance: expect.any(String),
      },
    });
    expect(await seen()).toMatchObject({ status: 'subscribed' });
  });
});

describe('an address that changes', () => {
  test('moves the id, never the contact id', async () => {
    const before = await served.call('POST', `/lists/${LIST}/members`, {
      email_address: EMAIL,
      status: 'subscribed',
    });
    const after = await served.call('PATCH', ONE, { email_address: 'ada.l@acme.test' });

    const contactId = Object(before.body).contact_id;
    expect(after.body).toMatchObject({
      id: hashOf('ada.l@acme.test'),
      email_address: 'ada.l@acme.test',
      contact_id: contactId,
    });
    expect((await served.call('GET', ONE)).status).toBe(404);
    expect((await served.call('GET', `/lists/${LIST}/members/${contactId}`)).body).toEqual(after.body);
    expect((await served.call('GET', `/lists/${LIST}/members/ADA.L@acme.test`)).body).toEqual(after.body);
  });

  test('onto one that another member has is refused', async () => {
    join();
    join('bob@acme.test');

    const refused = await served.call('PATCH', ONE, { email_address: 'Bob@acme.test' });

    expect(bare(refused)).toEqual({
      status: 400,
      body: {
        title: 'Member Exists',
        status: 400,
        detail: 'Bob@acme.test is already a list member. Use PUT to insert or update list members.',
        instance: expect.any(String),
      },
    });
  });

  test('is refused for those who cannot be mailed', async () => {
    join();
    unsubscribe(served.mailchimp.account, LIST, EMAIL, 'api');

    expect(await served.call('PATCH', ONE, { email_address: 'new@acme.test' })).toMatchObject({
      status: 400,
      body: { title: 'Invalid Resource' },
    });
  });
});

describe('last_changed', () => {
  test('moves on every edit, tags included, and not on a write that changes nothing', async () => {
    join();
    const edits: Array<() => Promise<unknown>> = [
      () => served.call('PUT', ONE, { email_address: EMAIL, merge_fields: { FNAME: 'Ada' } }),
      () =>
        served.call('PUT', ONE, { email_address: EMAIL, merge_fields: { FNAME: ' Ada ', XYZ: 'unknown' } }),
      () => served.call('POST', `${ONE}/tags`, { tags: [{ name: 'vip', status: 'active' }] }),
      () => served.call('POST', `${ONE}/tags`, { tags: [{ name: 'vip', status: 'active' }] }),
      () => served.call('PATCH', ONE, { vip: true }),
    ];
    const times: unknown[] = [];
    for (const edit of edits) {
      served.world.clock.advance(1000);
      await edit();
      times.push(Object(await seen()).last_changed.slice(17, 19));
    }

    expect(times).toEqual(['01', '01', '03', '03', '05']);
  });

  test('selects members after and before a time, both exclusive', async () => {
    join('a@acme.test');
    served.world.clock.advance(1000);
    join('b@acme.test');
    served.world.clock.advance(1000);
    join('c@acme.test');

    const since = await served.call(
      'GET',
      `/lists/${LIST}/members?fields=members.email_address&since_last_changed=2026-11-02T08:00:00%2B00:00&before_last_changed=2026-11-02T08:00:02Z`,
    );

    expect(since.body).toEqual({ members: [{ email_address: 'b@acme.test' }] });
  });
});
