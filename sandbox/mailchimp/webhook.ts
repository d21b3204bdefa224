import { z } from 'zod';
import { sendLetter } from '../webhooks/outbox.ts';
import { type Account, freshId, nowS } from './account.ts';
import type { Audience } from './audience.ts';
import type { Actor } from './member.ts';
import { notFound, unfitResource } from './problem.ts';
import { ANSWER_WITHIN_MS, type Data, letterTo } from './webhook-delivery.ts';

const isOn = z.boolean().default(false);
const Events = z.object({
  subscribe: isOn,
  unsubscribe: isOn,
  profile: isOn,
  cleaned: isOn,
  upemail: isOn,
  campaign: isOn,
});
/** What a webhook can be told of. */
export type WebhookEvent = keyof z.infer<typeof Events>;
const Sources = z.object({ user: isOn, admin: isOn, api: isOn });

/** Body of `POST /lists/{id}/webhooks`. */
export const NewWebhook = z.object({
  url: z.string(),
  events: Events.default(Events.parse({})),
  sources: Sources.default(Sources.parse({})),
  signing_enabled: isOn,
});
export type NewWebhook = z.infer<typeof NewWebhook>;

/** An address that is told when something happens in an audience. */
export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: Events,
  sources: Sources,
  /** Signs the deliveries, where the webhook asked for it; shown once. */
  secret: z.string().optional(),
});
export type Webhook = z.infer<typeof Webhook>;

const SOURCES = { self: 'user', admin: 'admin', api: 'api' } as const satisfies Record<
  Actor,
  keyof Webhook['sources']
>;

/** Asks the address whether it is there. @throws Problem 400 when it does not answer a GET with 200 */
export async function checkAddress(url: string): Promise<void> {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw unfitResource([{ field: 'url', message: 'Please enter a valid URL.' }]);
  const { status } = await sendLetter({ url, headers: {}, body: '' }, ANSWER_WITHIN_MS, 'GET');
  if (status !== 200)
    throw unfitResource([{ field: 'url', message: 'The URL did not answer a GET request with status 200.' }]);
}

export function addWebhook(account: Account, audience: Audience, input: NewWebhook): Webhook {
  const { url, events, sources, signing_enabled } = input;
  const webhook: Webhook = {
    id: freshId(account, 'webhook'),
    url,
    events,
    sources,
    ...(signing_enabled ? { secret: freshId(account, 'webhook-secret', 32) } : {}),
  };
  audience.webhooks.push(webhook);
  return webhook;
}

/** @throws Problem 404 */
export function findWebhook(audience: Audience, id: string): Webhook {
  const webhook = audience.webhooks.find((candidate) => candidate.id === id);
  if (webhook === undefined) throw notFound();
  return webhook;
}

/** Tells every webhook of the audience that wants to know. */
export function tell(account: Account, audience: Audience, type: WebhookEvent, by: Actor, data: Data): void {
  for (const webhook of audience.webhooks) {
    if (webhook.events[type] && webhook.sources[SOURCES[by]])
      account.outbox.post(letterTo(webhook, type, data, nowS(account)));
  }
}
