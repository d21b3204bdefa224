import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { bodyOf, called, invoice, LINE, row, scripted, silence } from './xero-client.ts';

import { held, invoices, short } from './xero-invoices.ts';

describe('updating a draft', () => {
  const READ = 'GET /api.xro/2.0/Invoices?IDs=id-ZP-1&unitdp=4&page=1&pageSize=1000';
  const POST = 'POST /api.xro/2.0/Invoices?summarizeErrors=false&unitdp=4';
  const update = (document = invoice('ZP-1')) =>
    ({ action: 'update', id: 'id-ZP-1', document, held }) as const;

  test('looks at it once more, and keeps the ids of lines that go on', async () => {
    const { client, requests } = scripted([invoices(row('ZP-1')), invoices(row('ZP-1'))]);
    const lines = [{ ...LINE, description: 'Workshop' }, LINE];

    const results = await createXeroConnector(client).write('sales-invoice', [
      update(invoice('ZP-1', { lines })),
    ]);

    expect(requests.map(called)).toEqual([READ, POST]);
    expect(bodyOf(requests[1])).toMatchObject({
      Invoices: [
        {
          InvoiceID: 'id-ZP-1',
          Status: 'DRAFT',
          LineItems: [
            expect.not.objectContaining({ LineItemID: expect.anything() }),
            { LineItemID: 'line-ZP-1', Description: 'Design, 2:20 h' },
          ],
        },
      ],
    });
    expect(short(results)).toEqual(['written id-ZP-1']);
  });

  test.each([
    ['authorised meanwhile', row('ZP-1', { Status: 'AUTHORISED' }), 'refused DOCUMENT_CLOSED'],
    ['paid meanwhile', row('ZP-1', { Status: 'PAID' }), 'refused DOCUMENT_CLOSED'],
    ['voided meanwhile', row('ZP-1', { Status: 'VOIDED' }), 'refused DOCUMENT_VOIDED'],
    [
      'changed by a person meanwhile',
      row('ZP-1', { Reference: 'Mine' }),
      'refused DOCUMENT_CHANGED_BY_PERSON',
    ],
  ])('that was %s writes nothing', async (_what, now, outcome) => {
    const { client, requests } = scripted([invoices(now)]);

    const results = await createXeroConnector(client).write('sales-invoice', [update()]);

    expect(requests.map(called)).toEqual([READ]);
    expect(short(results)).toEqual([outcome]);
  });

  test('that is gone writes nothing', async () => {
    const { client } = scripted([invoices()]);

    expect(short(await createXeroConnector(client).write('sales-invoice', [update()]))).toEqual([
      'refused RECORD_GONE',
    ]);
  });

  test('that only got a file since goes on', async () => {
    const touched = row('ZP-1', { HasAttachments: true, UpdatedDateUTC: '/Date(1793617999000+0000)/' });
    const { client } = scripted([invoices(touched), invoices(touched)]);

    expect(short(await createXeroConnector(client).write('sales-invoice', [update()]))).toEqual([
      'written id-ZP-1',
    ]);
  });

  test('is repeated where no answer came: twice ends as once', async () => {
    const { client, requests } = scripted([invoices(row('ZP-1')), silence, invoices(row('ZP-1'))]);

    expect(short(await createXeroConnector(client).write('sales-invoice', [update()]))).toEqual([
      'written id-ZP-1',
    ]);
    expect(requests.map(called)).toEqual([READ, POST, POST]);
  });
});
