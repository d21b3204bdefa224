import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Heard, listenForWebhooks, type WebhookListener } from '../../support/webhook-listener.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

const KEY = 'a-key-of-the-app';
const Delivery = z.object({
  events: z.array(z.record(z.string(), z.string())),
  firstEventSequence: z.number(),
  lastEventSequence: z.number(),
  entropy: z.string(),
});

let served: ServedXero;
let listener: WebhookListener;

beforeEach(async () => {
  served = await serveXero();
  listener = await listenForWebhooks();
});
afterEach(async () => {
  await listener.close();
  await served.close();
});

function act(action: string, input: object = {}): unknown {
  return served.xero.actions[action]?.run(input);
}

function isSigned({ body, headers }: Heard): boolean {
  return headers['x-xero-signature'] === createHmac('sha256', KEY).update(body).digest('base64');
}

/** A webhook whose address tells right signatures from wrong ones, and is known to. */
async function activate(): Promise<void> {
  act('webhook', { url: listener.url, key: KEY });
  listener.answer((heard) => ({ status: isSigned(heard) ? 200 : 401 }));
  await act('intent-to-receive');
  listener.heard.length = 0;
}

function deliveries(): z.infer<typeof Delivery>[] {
  return listener.heard.map(({ body }) => Delivery.parse(JSON.parse(body)));
}

it('makes an address active that answers one signed post among wrong ones rightly', async () => {
  act('webhook', { url: listener.url, key: KEY });
  listener.answer((heard) => ({ status: isSigned(heard) ? 200 : 401 }));

  expect(await act('intent-to-receive')).toEqual({ status: 'active', faults: [] });
  expect(listener.heard.map(isSigned)).toEqual([false, true, false, false]);
  expect(deliveries().flatMap(({ events }) => events)).toEqual([]);
});

it('takes no address that answers 200 to anybody, or with a body or a cookie', async () => {
  act('webhook', { url: listener.url, key: KEY });
  listener.answer(() => ({ status: 200, body: 'ok', headers: { 'set-cookie': 'a=b' } }));

  expect(await act('intent-to-receive')).toEqual({
    status: 'intent-needed',
    faults: expect.arrayContaining([
      'answered 200 instead of 401',
      'the answer has a body',
      'the answer sets a cookie',
    ]),
  });
});

it('tells of contacts and invoices that are made and changed, signed', async () => {
  await activate();
  const contact = served.xero.desk.create('contacts', { Name: 'Acme' });
  await act('webhook-deliveries');
  served.xero.desk.edit('contacts', contact, { Name: 'Acme Ltd' });
  const invoice = served.xero.desk.create('invoices', {
    Type: 'ACCREC',
    Contact: { ContactID: contact },
    LineItems: [{ Description: 'Work', Quantity: '1', UnitAmount: '100', AccountCode: '200' }],
  });
  await act('webhook-deliveries');

  const [first, second] = deliveries();
  expect(listener.heard.every(isSigned)).toBe(true);
  expect(first).toEqual({
    events: [
      {
        resourceUrl: `${served.world.origin}/xero/api.xro/2.0/Contacts/${contact}`,
        resourceId: contact,
        tenantId: served.xero.tenantIds[0],
        tenantType: 'ORGANISATION',
        eventCategory: 'CONTACT',
        eventType: 'CREATE',
        eventDateUtc: '2026-11-02T08:00:00.000',
      },
    ],
    firstEventSequence: 1,
    lastEventSequence: 1,
    entropy: expect.stringMatching(/^[A-Z0-9]{20}$/),
  });
  expect(
    second?.events.map(({ eventCategory, eventType, resourceId }) => [eventCategory, eventType, resourceId]),
  ).toEqual([
    ['CONTACT', 'UPDATE', contact],
    ['INVOICE', 'CREATE', invoice],
  ]);
});

it('tells nothing of a write that was refused', async () => {
  await activate();
  const contact = served.xero.desk.create('contacts', { Name: 'Acme' });
  await act('webhook-deliveries');
  listener.heard.length = 0;
  const LineItems = [{ Description: 'Work', Quantity: '1', UnitAmount: '100', AccountCode: 'none such' }];
  const body = {
    Invoices: [{ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: contact }, LineItems }],
  };
  const refused = await served.call('PUT', '/api.xro/2.0/Invoices', { body });
  await act('webhook-deliveries');

  expect(refused.status).toBe(400);
  expect(deliveries()).toEqual([]);
});

it('tries again at once, then every 15 minutes for a day, and switches the address off', async () => {
  await activate();
  listener.answer(() => ({ status: 500 }));
  served.xero.desk.create('contacts', { Name: 'Acme' });
  await act('webhook-deliveries');
  const atOnce = listener.heard.length;
  for (let quarter = 0; quarter < 96; quarter += 1) {
    served.world.clock.advance(15 * 60_000);
    await act('webhook-deliveries');
  }
  const inADay = listener.heard.length;
  served.xero.desk.create('contacts', { Name: 'Later' });
  await act('webhook-deliveries');

  expect([atOnce, inADay, listener.heard.length]).toEqual([2, 98, 98]);
});

it('keeps the webhook in a snapshot', async () => {
  await activate();
  const snapshot = JSON.parse(JSON.stringify(served.xero.snapshot()));
  served.xero.reset();
  served.xero.restore(snapshot);
  served.xero.desk.create('contacts', { Name: 'Acme' });
  await act('webhook-deliveries');

  expect(deliveries().map(({ events }) => events.map(({ eventType }) => eventType))).toEqual([['CREATE']]);
});
