import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unsubscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import {
  isSignedByMailchimp,
  readMailchimpDelivery,
} from '@stackbridge/shared-mappers/connectors/mailchimp/webhook-delivery.ts';
import {
  createWebhook,
  findWebhook,
  listWebhooks,
  removeWebhook,
  type WebhookWish,
} from '@stackbridge/shared-mappers/connectors/mailchimp/webhooks.ts';
import { listenForWebhooks, type WebhookListener } from '../support/webhook-listener.ts';
import { LIST, type MailchimpAccount, openMailchimp } from './mailchimp-account.ts';

/** As the vendor's documentation shows it. */
const UNSUBSCRIBED =
  'type=unsubscribe&fired_at=2009-03-26+21%3A40%3A57&data%5Baction%5D=unsub&data%5Breason%5D=manual&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=api%2Bunsub%40mailchimp.com&data%5Bemail_type%5D=html&data%5Bmerges%5D%5BEMAIL%5D=api%2Bunsub%40mailchimp.com&data%5Bmerges%5D%5BINTERESTS%5D=Group1%2CGroup2&data%5Bip_opt%5D=10.20.10.30&data%5Bcampaign_id%5D=cb398d21d2';

describe('a delivery', () => {
  it('points at a member by the address', () => {
    expect(readMailchimpDelivery(UNSUBSCRIBED)).toEqual({
      kind: 'member',
      type: 'unsubscribe',
      audienceId: 'a6b5da1054',
      email: 'api+unsub@mailchimp.com',
      firedAt: Date.parse('2009-03-26T21:40:57Z'),
    });
  });

  it('of a changed address points at the new one', () => {
    const body =
      'type=upemail&fired_at=2009-03-26 22:15:09&data[list_id]=a6b5da1054&data[new_id]=51da8c3259&data[new_email]=new@people.test&data[old_email]=old@people.test';
    expect(readMailchimpDelivery(body)).toEqual({
      kind: 'member',
      type: 'upemail',
      audienceId: 'a6b5da1054',
      email: 'new@people.test',
      firedAt: Date.parse('2009-03-26T22:15:09Z'),
    });
  });

  it('of a campaign points at the campaign', () => {
    const body =
      'type=campaign&fired_at=2009-03-26+21%3A31%3A21&data[id]=5aa2102003&data[subject]=Hello&data[status]=sent&data[reason]=&data[list_id]=a6b5da1054';
    expect(readMailchimpDelivery(body)).toEqual({
      kind: 'campaign',
      audienceId: 'a6b5da1054',
      campaignId: '5aa2102003',
      firedAt: Date.parse('2009-03-26T21:31:21Z'),
    });
  });

  it.each([
    ['nothing', ''],
    ['JSON', '{"type":"subscribe"}'],
    ['a type that is not known', UNSUBSCRIBED.replace('type=unsubscribe', 'type=rated')],
    ['a member without an address', UNSUBSCRIBED.replaceAll('data%5Bemail%5D', 'data%5Bmail%5D')],
    ['broken escapes', 'type=%E0%A4%A&data[list_id]=%'],
    ['a name of every object', 'type=subscribe&__proto__=a&data[list_id]=a&constructor=b'],
  ])('that is none is nothing: %s', (_name, body) => {
    expect(readMailchimpDelivery(body)).toBeUndefined();
  });
});

describe('a signature', () => {
  const secret = 'whsec-of-the-webhook';
  const now = Date.parse('2026-11-02T08:00:00Z');
  const sign = (atMs: number, key = secret): string =>
    createHmac('sha256', key)
      .update(`${atMs / 1000}.${UNSUBSCRIBED}`)
      .digest('hex');

  it('counts when it is of the body, the secret and the last five minutes', () => {
    expect(isSignedByMailchimp(UNSUBSCRIBED, `t=${now / 1000},v1=${sign(now)}`, secret, now + 299_000)).toBe(
      true,
    );
  });

  it('counts when one of several is right, as while a secret is changed', () => {
    const header = `t=${now / 1000}, v1=${sign(now, 'the old one')}, v1=${sign(now)}`;
    expect(isSignedByMailchimp(UNSUBSCRIBED, header, secret, now)).toBe(true);
  });

  it.each([
    ['another body', `${UNSUBSCRIBED}&more=1`, `t=${now / 1000},v1=${sign(now)}`],
    ['another secret', UNSUBSCRIBED, `t=${now / 1000},v1=${sign(now, 'a guess')}`],
    ['another time', UNSUBSCRIBED, `t=${now / 1000 + 1},v1=${sign(now)}`],
    ['a time six minutes ago', UNSUBSCRIBED, `t=${now / 1000 - 360},v1=${sign(now - 360_000)}`],
    ['a cut signature', UNSUBSCRIBED, `t=${now / 1000},v1=${sign(now).slice(0, 62)}`],
    ['no time', UNSUBSCRIBED, `v1=${sign(now)}`],
    ['something else', UNSUBSCRIBED, 'none'],
    ['no header', UNSUBSCRIBED, undefined],
  ])('does not count with %s', (_name, body, header) => {
    expect(isSignedByMailchimp(body, header, secret, now)).toBe(false);
  });
});

describe('webhooks of an audience', () => {
  let account: MailchimpAccount;
  let listener: WebhookListener;
  let wish: WebhookWish;

  beforeEach(async () => {
    account = await openMailchimp();
    listener = await listenForWebhooks();
    wish = { url: listener.url, events: ['unsubscribe', 'upemail'], sources: ['user', 'admin'] };
  });
  afterEach(async () => {
    await listener.close();
    await account.close();
  });

  it('are made, found as they were wished, and removed, twice too', async () => {
    const made = await createWebhook(account.client, LIST, wish);
    const found = await findWebhook(account.client, LIST, wish);
    const other = await findWebhook(account.client, LIST, { ...wish, events: ['unsubscribe'] });
    await removeWebhook(account.client, LIST, made.id);
    await removeWebhook(account.client, LIST, made.id);

    const { secret, ...shown } = made;
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
    expect(shown).toEqual({ id: made.id, ...wish });
    expect(found).toEqual(shown);
    expect(other).toBeUndefined();
    expect(await listWebhooks(account.client, LIST)).toEqual([]);
  });

  it('are made once when the answer got lost', async () => {
    account.fault('webhooks.add', { kind: 'drop-after' });
    const made = await createWebhook(account.client, LIST, wish);

    expect(made).toEqual({ id: made.id, ...wish });
    expect(await listWebhooks(account.client, LIST)).toHaveLength(1);
  });

  it('of an address that does not answer are refused', async () => {
    listener.answer(() => ({ status: 404 }));
    await expect(createWebhook(account.client, LIST, wish)).rejects.toMatchObject({
      class: 'Rejected',
      context: { field: 'url' },
    });
  });

  it('deliver what is read, signed', async () => {
    const { secret = '' } = await createWebhook(account.client, LIST, wish);
    const { contactId } = account.join('ada@lovelace.test');
    unsubscribe(account.served.mailchimp.account, LIST, contactId, 'self');
    await account.served.mailchimp.account.outbox.settle();

    const [heard] = listener.heard;
    const now = account.served.world.clock.now();
    expect(listener.heard).toHaveLength(1);
    expect(
      isSignedByMailchimp(heard?.body ?? '', String(heard?.headers['x-mailchimp-signature']), secret, now),
    ).toBe(true);
    expect(readMailchimpDelivery(heard?.body ?? '')).toEqual({
      kind: 'member',
      type: 'unsubscribe',
      audienceId: LIST,
      email: 'ada@lovelace.test',
      firedAt: now,
    });
  });
});
