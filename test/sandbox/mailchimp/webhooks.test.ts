import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { findAudience } from '@stackbridge/sandbox/mailchimp/account.ts';
import { createCampaign } from '@stackbridge/sandbox/mailchimp/campaign-actions.ts';
import {
  changeEmail,
  clean,
  editMember,
  subscribe,
  unsubscribe,
} from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { z } from 'zod';
import { listenForWebhooks, type WebhookListener } from '../../support/webhook-listener.ts';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';
const HOOKS = `/lists/${LIST}/webhooks`;
const ALL_EVENTS = {
  subscribe: true,
  unsubscribe: true,
  profile: true,
  cleaned: true,
  upemail: true,
  campaign: true,
};
const ALL_SOURCES = { user: true, admin: true, api: true };

let served: ServedMailchimp;
let listener: WebhookListener;

beforeEach(async () => {
  served = await serveMailchimp();
  listener = await listenForWebhooks();
});
afterEach(async () => {
  await listener.close();
  await served.close();
});

const created = z.looseObject({ id: z.string(), signing_secret: z.string().optional() });

async function register(more: object = {}): Promise<z.infer<typeof created>> {
  const given = { url: listener.url, events: ALL_EVENTS, sources: ALL_SOURCES, ...more };
  return created.parse((await served.call('POST', HOOKS, given)).body);
}

/** The deliveries so far, as their keys and values. */
async function delivered(): Promise<Record<string, string>[]> {
  await served.mailchimp.account.outbox.settle();
  return listener.heard.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
}

it('asks the address with a GET before it saves a webhook', async () => {
  listener.answer(({ method }) => ({ status: method === 'GET' ? 404 : 200 }));
  const refused = await served.call('POST', HOOKS, { url: listener.url, events: ALL_EVENTS });
  const listed = await served.call('GET', HOOKS);

  expect(refused).toEqual(
    expect.objectContaining({
      status: 400,
      body: expect.objectContaining({
        title: 'Invalid Resource',
        errors: [expect.objectContaining({ field: 'url' })],
      }),
    }),
  );
  expect(listed.body).toEqual(expect.objectContaining({ webhooks: [], list_id: LIST, total_items: 0 }));
});

it('lists, shows and deletes webhooks', async () => {
  const { id } = await register({ sources: { user: true } });
  const shown = {
    id,
    url: listener.url,
    events: ALL_EVENTS,
    sources: { user: true, admin: false, api: false },
    signing_enabled: false,
    list_id: LIST,
    _links: expect.any(Array),
  };

  expect((await served.call('GET', HOOKS)).body).toEqual(expect.objectContaining({ webhooks: [shown] }));
  expect((await served.call('GET', `${HOOKS}/${id}`)).body).toEqual(shown);
  expect((await served.call('DELETE', `${HOOKS}/${id}`)).status).toBe(204);
  expect((await served.call('DELETE', `${HOOKS}/${id}`)).status).toBe(404);
});

it('posts a form with the keys of PHP, and UTC without a zone', async () => {
  await register();
  const member = subscribe(served.mailchimp.account, LIST, 'ada@lovelace.test', 'self', {
    merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace' },
  });
  unsubscribe(served.mailchimp.account, LIST, member.contactId, 'self');

  const [, unsubscribed] = await delivered();
  expect(listener.heard[1]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(unsubscribed).toEqual({
    type: 'unsubscribe',
    fired_at: '2026-11-02 08:00:00',
    'data[action]': 'unsub',
    'data[reason]': 'manual',
    'data[id]': member.hash.slice(22),
    'data[list_id]': LIST,
    'data[email]': 'ada@lovelace.test',
    'data[email_type]': 'html',
    'data[web_id]': '479300001',
    'data[ip_opt]': '',
    'data[merges][EMAIL]': 'ada@lovelace.test',
    'data[merges][FNAME]': 'Ada',
    'data[merges][LNAME]': 'Lovelace',
    'data[merges][ADDRESS]': '',
    'data[merges][PHONE]': '',
    'data[merges][BIRTHDAY]': '',
    'data[merges][COMPANY]': '',
  });
});

it('tells of each kind of event by its own type', async () => {
  await register();
  const { account } = served.mailchimp;
  const { contactId } = subscribe(account, LIST, 'ada@lovelace.test', 'self');
  editMember(account, LIST, contactId, { merge_fields: { FNAME: 'Ada' } });
  changeEmail(account, LIST, contactId, 'ada@king.test');
  const campaign = createCampaign(account, { list: LIST, title: 'November' });
  clean(account, LIST, contactId, campaign);

  const told = await delivered();
  expect(told.map(({ type }) => type).sort()).toEqual(
    ['campaign', 'cleaned', 'profile', 'subscribe', 'upemail'].sort(),
  );
  expect(told.find(({ type }) => type === 'upemail')).toEqual(
    expect.objectContaining({
      'data[old_email]': 'ada@lovelace.test',
      'data[new_email]': 'ada@king.test',
      'data[list_id]': LIST,
    }),
  );
  expect(told.find(({ type }) => type === 'cleaned')).toEqual({
    type: 'cleaned',
    fired_at: '2026-11-02 08:00:00',
    'data[list_id]': LIST,
    'data[campaign_id]': campaign,
    'data[reason]': 'hard',
    'data[email]': 'ada@king.test',
  });
});

it('leaves out what comes from a source that the webhook does not want', async () => {
  await register({ sources: { user: true, admin: true, api: false } });
  await served.call('POST', `/lists/${LIST}/members`, {
    email_address: 'api@people.test',
    status: 'subscribed',
  });
  subscribe(served.mailchimp.account, LIST, 'form@people.test', 'self');

  expect((await delivered()).map((told) => told['data[email]'])).toEqual(['form@people.test']);
});

it('does not tell of imports in batches', async () => {
  await register();
  await served.call('POST', `/lists/${LIST}`, {
    members: [{ email_address: 'ada@lovelace.test', status: 'subscribed' }],
  });

  expect(findAudience(served.mailchimp.account, LIST).members.size).toBe(1);
  expect(await delivered()).toEqual([]);
});

it('signs the deliveries of a webhook that asks for it, and shows the secret once', async () => {
  const { id, signing_secret: secret = '' } = await register({ signing_enabled: true });
  subscribe(served.mailchimp.account, LIST, 'ada@lovelace.test', 'self');
  await delivered();

  const seconds = Date.parse('2026-11-02T08:00:00Z') / 1000;
  const body = listener.heard[0]?.body ?? '';
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  expect(listener.heard[0]?.headers['x-mailchimp-signature']).toBe(`t=${seconds},v1=${mac}`);
  expect((await served.call('GET', `${HOOKS}/${id}`)).body).not.toHaveProperty('signing_secret');
});

it('tries again at growing intervals for about 75 minutes, then gives up', async () => {
  await register();
  listener.answer(() => ({ status: 500 }));
  subscribe(served.mailchimp.account, LIST, 'ada@lovelace.test', 'self');
  const counts = [await served.mailchimp.account.outbox.settle()];
  for (const minutes of [1, 4, 10, 20, 40]) {
    served.world.clock.advance(minutes * 60_000);
    counts.push(await served.mailchimp.account.outbox.settle());
  }

  expect(listener.heard).toHaveLength(6);
  expect(counts.at(-2)).toEqual({ delivered: 0, waiting: 1, givenUp: 0 });
  expect(counts.at(-1)).toEqual({ delivered: 0, waiting: 0, givenUp: 1 });
});

it('keeps webhooks in a snapshot', async () => {
  await register({ signing_enabled: true });
  const before = (await served.call('GET', HOOKS)).body;
  const snapshot = JSON.parse(JSON.stringify(served.mailchimp.snapshot()));
  served.mailchimp.reset();
  const emptied = (await served.call('GET', HOOKS)).body;
  served.mailchimp.restore(snapshot);

  expect(emptied).toEqual(expect.objectContaining({ total_items: 0 }));
  expect((await served.call('GET', HOOKS)).body).toEqual(before);
});
