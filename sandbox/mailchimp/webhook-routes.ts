import { baseUrl } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import { resourceLinks } from './links.ts';
import { readBody } from './member-bodies.ts';
import { audienceOf } from './member-routes.ts';
import { addWebhook, checkAddress, findWebhook, NewWebhook, type Webhook } from './webhook.ts';

const ALL = '/lists/:list_id/webhooks';
const ONE = `${ALL}/:webhook_id`;

/** `/lists/{list_id}/webhooks`. */
export const webhookRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: ALL,
    operation: 'webhooks.list',
    handle: (call) => {
      const audience = audienceOf(call);
      return listing(call, 'webhooks', audience.webhooks, (webhook) => show(call, audience, webhook), {
        path: `/lists/${audience.id}/webhooks`,
        after: { list_id: audience.id },
      });
    },
  },
  {
    method: 'POST',
    path: ALL,
    operation: 'webhooks.add',
    before: async (call) => {
      audienceOf(call);
      await checkAddress(readBody(NewWebhook, call.body).url);
    },
    handle: (call) => {
      const audience = audienceOf(call);
      const webhook = addWebhook(call.account, audience, readBody(NewWebhook, call.body));
      const { secret } = webhook;
      return {
        ...show(call, audience, webhook),
        ...(secret === undefined ? {} : { signing_secret: secret }),
      };
    },
  },
  {
    method: 'GET',
    path: ONE,
    operation: 'webhooks.get',
    handle: (call) => {
      const audience = audienceOf(call);
      return selected(call, show(call, audience, findWebhook(audience, param(call, 'webhook_id'))));
    },
  },
  {
    method: 'DELETE',
    path: ONE,
    operation: 'webhooks.remove',
    handle: (call) => {
      const { webhooks } = audienceOf(call);
      const found = webhooks.indexOf(findWebhook(audienceOf(call), param(call, 'webhook_id')));
      webhooks.splice(found, 1);
      return undefined;
    },
  },
];

function show(call: ApiCall, audience: Audience, { id, url, events, sources, secret }: Webhook): object {
  return {
    id,
    url,
    events,
    sources,
    signing_enabled: secret !== undefined,
    list_id: audience.id,
    _links: resourceLinks(baseUrl(call.account), `/lists/${audience.id}/webhooks/${id}`, 'Lists/Webhooks'),
  };
}
