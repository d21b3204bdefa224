import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { isOutcomeUnknown } from './errors.ts';
import { JSON_BODY } from './member-path.ts';
import { MEMBER_EVENTS } from './webhook-delivery.ts';

const EVENTS = [...MEMBER_EVENTS, 'campaign'] as const;
export type WebhookEventType = (typeof EVENTS)[number];

/** Who did what a webhook tells of: the person, a user of the account, or a client of the API. */
const SOURCES = ['user', 'admin', 'api'] as const;
export type WebhookSource = (typeof SOURCES)[number];

/** What an address is to be told. */
export interface WebhookWish {
  /** Must answer a GET with 200 before Mailchimp saves it. */
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  readonly sources: readonly WebhookSource[];
}

export interface MailchimpWebhook extends WebhookWish {
  readonly id: string;
  /** Signs its deliveries. Shown once, when it is made; absent where the account cannot sign. */
  readonly secret?: string;
}

const isOn = z.boolean().default(false);
const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z
    .object({
      subscribe: isOn,
      unsubscribe: isOn,
      profile: isOn,
      upemail: isOn,
      cleaned: isOn,
      campaign: isOn,
    })
    .prefault({}),
  sources: z.object({ user: isOn, admin: isOn, api: isOn }).prefault({}),
  signing_secret: z.string().min(1).nullish(),
});
const Webhooks = z.object({ webhooks: z.array(Webhook), total_items: z.number() });

/** The largest `count` that the API takes; an audience has far fewer webhooks. */
const PAGE_SIZE = 1000;

export async function listWebhooks(client: SystemClient, audienceId: string): Promise<MailchimpWebhook[]> {
  const path = `${pathOf(audienceId)}?count=${PAGE_SIZE}`;
  const answer = await client.send({ method: 'GET', path }, { repeatable: true });
  return parseBodyAs(Webhooks, answer.body, 'mailchimp').webhooks.map(webhookOf);
}

/** The webhook of this address, if it is told just what is wished. */
export async function findWebhook(
  client: SystemClient,
  audienceId: string,
  wish: WebhookWish,
): Promise<MailchimpWebhook | undefined> {
  return (await listWebhooks(client, audienceId)).find((webhook) => isAsWished(webhook, wish));
}

/**
 * Registers an address. Where no answer comes, the list tells whether it was done; its secret is lost then, and its
 * deliveries count as unsigned.
 */
export async function createWebhook(
  client: SystemClient,
  audienceId: string,
  wish: WebhookWish,
): Promise<MailchimpWebhook> {
  const body = JSON.stringify({
    url: wish.url,
    events: Object.fromEntries(EVENTS.map((type) => [type, wish.events.includes(type)])),
    sources: Object.fromEntries(SOURCES.map((source) => [source, wish.sources.includes(source)])),
    signing_enabled: true,
  });
  try {
    const request = { method: 'POST', path: pathOf(audienceId), headers: JSON_BODY, body } as const;
    const answer = await client.send(request, { repeatable: false });
    return webhookOf(parseBodyAs(Webhook, answer.body, 'mailchimp'));
  } catch (error) {
    if (!(error instanceof StackbridgeError) || !isOutcomeUnknown(error)) throw error;
    const made = await findWebhook(client, audienceId, wish);
    if (made === undefined) throw error;
    return made;
  }
}

/** Ends the deliveries; one that is gone already is no error. */
export async function removeWebhook(client: SystemClient, audienceId: string, id: string): Promise<void> {
  const path = `${pathOf(audienceId)}/${encodeURIComponent(id)}`;
  await client.send({ method: 'DELETE', path }, { repeatable: true });
}

function pathOf(audienceId: string): string {
  return `/lists/${encodeURIComponent(audienceId)}/webhooks`;
}

function webhookOf({
  id,
  url,
  events,
  sources,
  signing_secret: secret,
}: z.infer<typeof Webhook>): MailchimpWebhook {
  return {
    id,
    url,
    events: EVENTS.filter((type) => events[type]),
    sources: SOURCES.filter((source) => sources[source]),
    ...(secret == null ? {} : { secret }),
  };
}

function isAsWished(webhook: WebhookWish, wish: WebhookWish): boolean {
  const hasAll = <T>(some: readonly T[], others: readonly T[]): boolean =>
    some.length === others.length && some.every((one) => others.includes(one));
  return (
    webhook.url === wish.url && hasAll(webhook.events, wish.events) && hasAll(webhook.sources, wish.sources)
  );
}
