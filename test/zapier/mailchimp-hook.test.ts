import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { listenForWebhooks, type WebhookListener } from '../support/webhook-listener.ts';
import { signedIn } from './support/auth-data.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';

const AUDIENCE = 'aud0000001';
const Subscribed = z.object({ id: z.string(), audience: z.string(), secret: z.string() });

const stage = usePackagedApp(atRealTime);
let hook: WebhookListener;

beforeEach(async () => {
  hook = await listenForWebhooks();
});
afterEach(() => hook.close());

function call(name: string, given: Given): Promise<Outcome> {
  const { mailchimp: authData } = signedIn(stage.sandbox);
  return stage.app.call(`triggers.mailchimp_member_told.operation.${name}`, {
    authData,
    inputData: { audience: AUDIENCE },
    ...given,
  });
}

/** Turns the Zap on. */
async function subscribe(inputData: object = {}): Promise<z.infer<typeof Subscribed>> {
  const given = { targetUrl: hook.url, inputData: { audience: AUDIENCE, ...inputData } };
  const outcome = await call('performSubscribe', given);
  return Subscribed.parse('results' in outcome ? outcome.results : outcome.error);
}

function webhooks() {
  return stage.sandbox.mailchimp.account.audiences.get(AUDIENCE)?.webhooks;
}

/** What Zapier hands on of the last delivery. */
async function delivered(): Promise<{ content: string; headers: Record<string, string> }> {
  await stage.sandbox.admin.act('mailchimp', 'webhook-deliveries', {});
  const { body = '', headers = {} } = hook.heard.at(-1) ?? {};
  return {
    content: body,
    headers: { 'Http-X-Mailchimp-Signature': String(headers['x-mailchimp-signature']) },
  };
}

it('has Mailchimp tell it while the Zap is on, and no longer', async () => {
  const subscribeData = await subscribe({ events: ['unsubscribe'], byApps: false });
  const whileOn = webhooks()?.map(({ url, events, sources }) => ({ url, events, sources }));
  const off = await call('performUnsubscribe', { subscribeData });
  const again = await call('performUnsubscribe', { subscribeData });

  expect(whileOn).toEqual([
    {
      url: hook.url,
      events: {
        subscribe: false,
        unsubscribe: true,
        profile: false,
        cleaned: false,
        upemail: false,
        campaign: false,
      },
      sources: { user: true, admin: true, api: false },
    },
  ]);
  expect([off, again]).toEqual([{ results: {} }, { results: {} }]);
  expect(webhooks()).toEqual([]);
});

it('shows the member as it is now, whatever the delivery says', async () => {
  const subscribeData = await subscribe();
  const recordId = stage.sandbox.mailchimp.desk.create(AUDIENCE, { email_address: 'ada@lovelace.test' });
  const rawRequest = await delivered();
  stage.sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: recordId });

  expect(await call('perform', { rawRequest, subscribeData })).toEqual({
    results: [
      expect.objectContaining({
        recordId,
        fields: expect.objectContaining({ email_address: 'ada@lovelace.test', status: 'unsubscribed' }),
      }),
    ],
  });
});

it.each([
  ['that is forged', (content: string) => content.replace('ada%40', 'eve%40'), AUDIENCE],
  ['that is none', () => '', AUDIENCE],
  ['of another audience', (content: string) => content, 'aud0000002'],
])('triggers on no delivery %s', async (_name, changed, audience) => {
  const subscribeData = await subscribe();
  for (const name of ['ada', 'eve'])
    stage.sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `${name}@people.test` });
  await delivered();
  const ada = hook.heard.findIndex(({ body }) => body.includes('ada%40'));
  hook.heard.push(...hook.heard.splice(ada, 1));
  const { content, headers } = await delivered();

  const rawRequest = { content: changed(content), headers };
  expect(await call('perform', { rawRequest, subscribeData, inputData: { audience } })).toEqual({
    results: [],
  });
});
