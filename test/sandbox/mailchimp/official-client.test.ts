import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import client from '@mailchimp/mailchimp_marketing';
import { createCampaign } from '../../../sandbox/mailchimp/campaign-actions.ts';
import { subscribe } from '../../../sandbox/mailchimp/people-actions.ts';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';
const hashOf = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');

describe('the official client @mailchimp/mailchimp_marketing', () => {
  let served: ServedMailchimp;

  beforeAll(async () => {
    served = await serveMailchimp({ listens: true });
  });
  afterAll(() => served.close());
  beforeEach(() => {
    served.mailchimp.reset();
    served.world.clock.set('2026-11-02T08:00:00Z');
    client.setConfig({ apiKey: served.mailchimp.apiKey, server: 'us1' });
    client.basePath = `${served.world.origin}/mailchimp/3.0`;
  });

  test('signs in by key and finds the account and its audiences', async () => {
    const ping = await client.ping.get();
    const lists = await client.lists.getAllLists({ fields: ['lists.id', 'lists.name', 'total_items'] });

    expect(ping).toEqual({ health_status: "Everything's Chimpy!" });
    expect(lists).toEqual({
      lists: [
        { id: 'aud0000001', name: 'Newsletter' },
        { id: 'aud0000002', name: 'Customers' },
      ],
      total_items: 2,
    });
  });

  test('adds, reads, upserts, updates and archives a member', async () => {
    const hash = hashOf('ada@acme.test');

    await client.lists.addListMember(LIST, {
      email_address: 'Ada@acme.test',
      status: 'subscribed',
      merge_fields: { FNAME: 'Ada' },
      tags: ['vip'],
    });
    await client.lists.setListMember(LIST, hash, {
      email_address: 'ada@acme.test',
      status_if_new: 'subscribed',
      merge_fields: { LNAME: 'Lovelace' },
    });
    await client.lists.updateListMember(LIST, hash, { merge_fields: { PHONE: '+44 20 7946 0000' } });
    const updated = await client.lists.getListMember(LIST, hash, {
      fields: ['id', 'email_address', 'full_name', 'status', 'merge_fields.PHONE', 'tags_count', 'tags.name'],
    });
    await client.lists.deleteListMember(LIST, hash);
    const archived = await client.lists.getListMember(LIST, hash, { fields: ['status'] });

    expect({ updated, archived }).toEqual({
      updated: {
        id: hash,
        email_address: 'Ada@acme.test',
        full_name: 'Ada Lovelace',
        status: 'subscribed',
        merge_fields: { PHONE: '+44 20 7946 0000' },
        tags_count: 1,
        tags: [{ name: 'vip' }],
      },
      archived: { status: 'archived' },
    });
  });

  test('writes a batch and is told of each member that was refused', async () => {
    await client.lists.addListMember(LIST, { email_address: 'old@acme.test', status: 'subscribed' });

    const result = await client.lists.batchListMembers(LIST, {
      members: [
        { email_address: 'new@acme.test', status: 'subscribed' },
        { email_address: 'old@acme.test', merge_fields: { FNAME: 'Olga' } },
        { email_address: 'old2@acme.test' },
      ],
      update_existing: true,
    });

    expect(result).toMatchObject({
      total_created: 1,
      total_updated: 1,
      error_count: 1,
      new_members: [{ email_address: 'new@acme.test', status: 'subscribed' }],
      updated_members: [
        { email_address: 'old@acme.test', merge_fields: { FNAME: 'Olga' }, status: 'subscribed' },
      ],
      errors: [{ email_address: 'old2@acme.test', error_code: 'ERROR_GENERIC', field: 'status' }],
    });
  });

  test('pages through members in the order they changed', async () => {
    for (const name of ['a', 'b', 'c']) {
      await client.lists.addListMember(LIST, { email_address: `${name}@acme.test`, status: 'subscribed' });
      served.world.clock.advance(1000);
    }
    await client.lists.updateListMember(LIST, hashOf('a@acme.test'), { merge_fields: { FNAME: 'Ann' } });

    const page = (offset: number): Promise<unknown> =>
      client.lists.getListMembersInfo(LIST, {
        count: 2,
        offset,
        sortField: 'last_changed',
        sortDir: 'ASC',
        fields: ['members.email_address', 'total_items'],
      });

    expect([await page(0), await page(2)]).toEqual([
      { members: [{ email_address: 'b@acme.test' }, { email_address: 'c@acme.test' }], total_items: 3 },
      { members: [{ email_address: 'a@acme.test' }], total_items: 3 },
    ]);
  });

  test('puts tags on and takes them off, and finds them by name', async () => {
    const hash = hashOf('ada@acme.test');
    await client.lists.addListMember(LIST, {
      email_address: 'ada@acme.test',
      status: 'subscribed',
      tags: ['vip'],
    });

    await client.lists.updateListMemberTags(LIST, hash, {
      tags: [
        { name: 'vip', status: 'inactive' },
        { name: 'Speaker', status: 'active' },
      ],
      is_syncing: true,
    });
    const tags = await client.lists.getListMemberTags(LIST, hash);
    const found = await client.lists.tagSearch(LIST, { name: 'spe' });

    expect(tags).toMatchObject({
      tags: [{ name: 'Speaker', date_added: '2026-11-02T08:00:00+00:00' }],
      total_items: 1,
    });
    expect(found).toMatchObject({ tags: [{ name: 'Speaker' }], total_items: 1 });
  });

  test('adds merge fields and interests', async () => {
    await client.lists.addListMergeField(LIST, { tag: 'LTV', name: 'Lifetime value', type: 'number' });
    await client.lists.createListInterestCategory(LIST, { title: 'Topics', type: 'checkboxes' });
    const fields = await client.lists.getListMergeFields(LIST, { count: 100, fields: ['merge_fields.tag'] });
    const categories = await client.lists.getListInterestCategories(LIST);

    expect(fields).toEqual({
      merge_fields: ['ADDRESS', 'BIRTHDAY', 'COMPANY', 'FNAME', 'LNAME', 'LTV', 'PHONE'].map((tag) => ({
        tag,
      })),
    });
    expect(categories).toMatchObject({
      categories: [{ title: 'Topics', type: 'checkboxes' }],
      total_items: 1,
    });
  });

  test('finds what was sent and reads who did what with it, since a moment', async () => {
    const { account, actions } = served.mailchimp;
    for (const name of ['ada', 'bob']) subscribe(account, LIST, `${name}@acme.test`, 'self');
    const campaign = createCampaign(account, { list: LIST, title: 'Autumn' });
    actions.open?.run({ campaign, to: 'ada@acme.test', machine: true });
    served.world.clock.advance(60_000);
    actions.open?.run({ campaign, to: 'ada@acme.test' });
    actions.click?.run({ campaign, to: 'ada@acme.test', url: 'https://acme.test/' });
    actions.leave?.run({ campaign, to: 'bob@acme.test', reason: 'No longer interested' });

    const sent = await client.campaigns.list({ status: 'sent', fields: ['campaigns.id', 'total_items'] });
    const reports = await client.reports.getAllCampaignReports({
      fields: ['reports.id', 'reports.unsubscribed', 'reports.clicks.clicks_total'],
    });
    const activity = await client.reports.getEmailActivityForCampaign(campaign, {
      since: '2026-11-02T08:00:00Z',
      fields: ['emails.email_address', 'emails.activity.action', 'emails.activity.url', 'total_items'],
    });
    const opens = await client.reports.getCampaignOpenDetails(campaign, { fields: ['members.opens'] });
    const left = await client.reports.getUnsubscribedListForCampaign(campaign, {
      fields: ['unsubscribes.email_address', 'unsubscribes.reason'],
    });

    expect({ sent, reports, activity, opens, left }).toEqual({
      sent: { campaigns: [{ id: campaign }], total_items: 1 },
      reports: { reports: [{ id: campaign, unsubscribed: 1, clicks: { clicks_total: 1 } }] },
      activity: {
        emails: [
          {
            email_address: 'ada@acme.test',
            activity: [{ action: 'open' }, { action: 'click', url: 'https://acme.test/' }],
          },
          { email_address: 'bob@acme.test', activity: [] },
        ],
        total_items: 2,
      },
      opens: {
        members: [
          {
            opens: [
              { timestamp: '2026-11-02T08:00:00+00:00', is_proxy_open: true },
              { timestamp: '2026-11-02T08:01:00+00:00', is_proxy_open: false },
            ],
          },
        ],
      },
      left: { unsubscribes: [{ email_address: 'bob@acme.test', reason: 'No longer interested' }] },
    });
  });

  test('gets problems as errors with a status and a body', async () => {
    await expect(client.lists.getListMember(LIST, hashOf('nobody@acme.test'))).rejects.toMatchObject({
      status: 404,
      response: { body: { title: 'Resource Not Found', status: 404 } },
    });
    await expect(
      client.lists.addListMember(LIST, { email_address: 'foo@example.com', status: 'subscribed' }),
    ).rejects.toMatchObject({
      status: 400,
      response: {
        body: {
          title: 'Invalid Resource',
          detail: 'foo@example.com looks fake or invalid, please enter a real email address.',
        },
      },
    });
  });

  test('is turned away with a wrong key', async () => {
    client.setConfig({ apiKey: 'ffffffffffffffffffffffffffffffff-us1', server: 'us1' });
    client.basePath = `${served.world.origin}/mailchimp/3.0`;

    await expect(client.ping.get()).rejects.toMatchObject({
      status: 401,
      response: { body: { title: 'API Key Invalid' } },
    });
  });
});
