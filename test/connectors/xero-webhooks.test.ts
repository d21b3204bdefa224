import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  isSignedByXero,
  readXeroDelivery,
} from '@stackbridge/shared-mappers/connectors/xero/webhook-delivery.ts';
import { type ServedXero, serveXero } from '../sandbox/xero/served-xero.ts';
import { listenForWebhooks, type WebhookListener } from '../support/webhook-listener.ts';

/** As the vendor's own description of its webhooks shows it. */
const CREDIT_NOTE = `{"events":[{"resourceUrl":"https://api.xero.com/api.xro/2.0/CreditNotes/55d84274-a3da-4829-a7c0-0cab601b95cc","resourceId":"55d84274-a3da-4829-a7c0-0cab601b95cc","tenantId":"aef86862-2015-4b6b-88bc-d89032cecc50","tenantType":"ORGANISATION","eventCategory":"CREDITNOTE","eventType":"CREATE","eventDateUtc":"2025-12-02T00:44:09.923","data":{"Type":"ACCPAYCREDIT","Status":"DRAFT"}}],"firstEventSequence":76,"lastEventSequence":76,"entropy":"FXNGWLCCGVANWHKILRUB"}`;
const KEY = 'a-key-of-the-app';
const sign = (body: string, key = KEY): string => createHmac('sha256', key).update(body).digest('base64');

describe('a delivery', () => {
  it('points at the records that were made or changed', () => {
    expect(readXeroDelivery(CREDIT_NOTE)).toEqual([
      {
        category: 'CREDITNOTE',
        type: 'CREATE',
        id: '55d84274-a3da-4829-a7c0-0cab601b95cc',
        tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50',
        at: Date.parse('2025-12-02T00:44:09.923Z'),
      },
    ]);
  });

  it('of a kind that is not known yet is handed on as well', () => {
    const body = CREDIT_NOTE.replace('"CREATE"', '"DELETE"');

    expect(readXeroDelivery(body)?.map(({ type }) => type)).toEqual(['DELETE']);
  });

  it('that only tries the address has no events', () => {
    expect(
      readXeroDelivery('{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"A"}'),
    ).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['another shape', '{"events":[{"resourceId":7}]}'],
  ])('that is none is nothing: %s', (_name, body) => {
    expect(readXeroDelivery(body)).toBeUndefined();
  });
});

describe('a signature', () => {
  it('counts when it is of the body and the key', () => {
    expect(isSignedByXero(CREDIT_NOTE, sign(CREDIT_NOTE), KEY)).toBe(true);
  });

  it.each([
    ['another body', `${CREDIT_NOTE} `, sign(CREDIT_NOTE), KEY],
    ['another key', CREDIT_NOTE, sign(CREDIT_NOTE, 'a guess'), KEY],
    ['no key at all', CREDIT_NOTE, sign(CREDIT_NOTE, ''), ''],
    ['something else', CREDIT_NOTE, 'none', KEY],
    ['no header', CREDIT_NOTE, undefined, KEY],
  ])('does not count with %s', (_name, body, header, key) => {
    expect(isSignedByXero(body, header, key)).toBe(false);
  });
});

describe('Xero as it is simulated', () => {
  let served: ServedXero;
  let listener: WebhookListener;

  beforeEach(async () => {
    served = await serveXero();
    listener = await listenForWebhooks();
    listener.answer(({ body, headers }) => ({
      status: isSignedByXero(body, String(headers['x-xero-signature']), KEY) ? 200 : 401,
    }));
  });
  afterEach(async () => {
    await listener.close();
    await served.close();
  });

  it('accepts an address that checks signatures so, and is read', async () => {
    served.xero.actions.webhook?.run({ url: listener.url, key: KEY });
    const intent = await served.xero.actions['intent-to-receive']?.run({});
    listener.heard.length = 0;
    const id = served.xero.desk.create('contacts', { Name: 'Acme' });
    await served.xero.actions['webhook-deliveries']?.run({});

    expect(intent).toEqual({ status: 'active', faults: [] });
    expect(listener.heard.map(({ body }) => readXeroDelivery(body))).toEqual([
      [
        {
          category: 'CONTACT',
          type: 'CREATE',
          id,
          tenantId: served.xero.tenantIds[0],
          at: served.world.clock.now(),
        },
      ],
    ]);
  });
});
