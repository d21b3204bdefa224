import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { bodyOf, called, LINE, refused, row, scripted } from './xero-client.ts';

import { create, held, invoices, PUT, short } from './xero-invoices.ts';

describe('creating documents', () => {
  test('sends every value, each number digit by digit, and reads back what Xero made of it', async () => {
    const { client, requests } = scripted([invoices(row('ZP-1'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(results).toEqual([{ outcome: 'written', held }]);
    expect(requests.map(called)).toEqual([PUT]);
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(requests[0]?.body).toContain('"Quantity":2.3333,"UnitAmount":150.1234,"LineAmount":350.28,');
    expect(bodyOf(requests[0])).toEqual({
      Invoices: [
        {
          Type: 'ACCREC',
          Contact: { ContactID: 'c-1' },
          Date: '2026-11-02',
          DueDate: '2026-11-16',
          CurrencyCode: 'AUD',
          LineAmountTypes: 'Exclusive',
          Status: 'DRAFT',
          InvoiceNumber: 'ZP-1',
          Reference: 'Kitchen, phase 1',
          Url: 'https://projects.example/ms/1',
          LineItems: [
            {
              Description: 'Design, 2:20 h',
              Quantity: 2.3333,
              UnitAmount: 150.1234,
              LineAmount: 350.28,
              AccountCode: '200',
              TaxType: 'OUTPUT',
              Tracking: [{ Name: 'Region', Option: 'North' }],
            },
          ],
        },
      ],
    });
  });

  test("leaves out a link that holds the vendor's name: Xero would refuse the document with it", async () => {
    const { client, requests } = scripted([invoices(row('ZP-1'))]);
    const url = 'https://projects.zoho.com/portal/saxerotech#zp/projects/1';

    await createXeroConnector(client).write('sales-invoice', [create('ZP-1', { url })]);

    expect(JSON.stringify(bodyOf(requests[0]))).not.toContain('Url');
  });

  test('takes 50 a call', async () => {
    const numbers = Array.from({ length: 51 }, (_, index) => `ZP-${index}`);
    const answers = [numbers.slice(0, 50), numbers.slice(50)].map((some) =>
      invoices(...some.map((n) => row(n))),
    );
    const { client, requests } = scripted(answers);

    const results = await createXeroConnector(client).write(
      'sales-invoice',
      numbers.map((n) => create(n)),
    );

    expect(requests).toHaveLength(2);
    expect(short(results)).toEqual(numbers.map((number) => `written id-${number}`));
  });

  test('stays below what a request may weigh', async () => {
    const long = { lines: Array.from({ length: 100 }, () => ({ ...LINE, description: 'ü'.repeat(4000) })) };
    const numbers = ['ZP-1', 'ZP-2', 'ZP-3', 'ZP-4', 'ZP-5'];
    const answers = [numbers.slice(0, 4), numbers.slice(4)].map((some) =>
      invoices(...some.map((n) => row(n))),
    );
    const { client, requests } = scripted(answers);

    await createXeroConnector(client).write(
      'sales-invoice',
      numbers.map((n) => create(n, long)),
    );

    expect(requests.map(({ body = '' }) => new TextEncoder().encode(body).length < 3_500_000)).toEqual([
      true,
      true,
    ]);
  });

  test('gives each refused element its own reason and the others their documents', async () => {
    const { client } = scripted([
      invoices(
        row('ZP-1'),
        refused('ZP-2', "Account code '999' is not a valid code for this document."),
        refused('ZP-3', 'The document date cannot be before the period lock date'),
      ),
    ]);

    const results = await createXeroConnector(client).write(
      'sales-invoice',
      ['ZP-1', 'ZP-2', 'ZP-3'].map((n) => create(n)),
    );

    expect(short(results)).toEqual(['written id-ZP-1', 'refused ACCOUNT_UNUSABLE', 'refused PERIOD_LOCKED']);
  });

  test('halves a batch that is refused whole until the one at fault is found', async () => {
    const refusal = {
      status: 400,
      body: JSON.stringify({ ErrorNumber: 14, Message: 'Not the right shape' }),
    };
    const { client, requests } = scripted([
      refusal,
      invoices(row('ZP-1'), row('ZP-2')),
      refusal,
      refusal,
      invoices(row('ZP-4')),
    ]);

    const results = await createXeroConnector(client).write(
      'sales-invoice',
      ['ZP-1', 'ZP-2', 'ZP-3', 'ZP-4'].map((n) => create(n)),
    );

    expect(requests).toHaveLength(5);
    expect(short(results)).toEqual([
      'written id-ZP-1',
      'written id-ZP-2',
      'refused REJECTED',
      'written id-ZP-4',
    ]);
  });
});

describe('a limit', () => {
  const minute = { status: 429, headers: { 'x-rate-limit-problem': 'minute', 'retry-after': '20' } };
  const day = { status: 429, headers: { 'x-rate-limit-problem': 'DayLimit', 'retry-after': '80000' } };

  test('is waited for as long as it asks, and the create is sent once more', async () => {
    const { client, slept } = scripted([minute, invoices(row('ZP-1'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(short(results)).toEqual(['written id-ZP-1']);
    expect(slept[0]).toBeGreaterThanOrEqual(20_000);
  });

  test('longer than the patience ends cleanly, without a sleep', async () => {
    const { client, slept } = scripted([day]);

    await expect(createXeroConnector(client).write('sales-invoice', [create('ZP-1')])).rejects.toMatchObject({
      code: 'QUOTA_USED_UP',
      class: 'Throttled',
      context: { retryAfterMs: 80_000_000 },
    });
    expect(slept).toEqual([]);
  });

  test('met half-way leaves what is written accounted for', async () => {
    const numbers = Array.from({ length: 51 }, (_, index) => `ZP-${index}`);
    const { client } = scripted([invoices(...numbers.slice(0, 50).map((n) => row(n))), day]);

    const results = await createXeroConnector(client).write(
      'sales-invoice',
      numbers.map((n) => create(n)),
    );

    expect(short(results).slice(48)).toEqual([
      'written id-ZP-48',
      'written id-ZP-49',
      'refused QUOTA_USED_UP',
    ]);
  });
});
