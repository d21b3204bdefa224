import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HeldDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { DocumentResult } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { bodyOf, called, invoice, LINE, ok, refused, row, scripted } from './xero-client.ts';

const PUT = 'PUT /api.xro/2.0/Invoices?summarizeErrors=false&unitdp=4';
const lookUp = (...numbers: readonly string[]): string =>
  `GET /api.xro/2.0/Invoices?InvoiceNumbers=${numbers.join(',')}&unitdp=4&page=1&pageSize=1000`;
const invoices = (...rows: readonly object[]): ScriptedAnswer =>
  ok({ Id: 'x', Status: 'OK', Invoices: rows });
const silence = new NoAnswerError('cut', 'unknown', { system: 'xero' });
const create = (number: string, changed = {}) =>
  ({ action: 'create', document: invoice(number, changed) }) as const;

const held: HeldDocument = {
  id: 'id-ZP-1',
  kind: 'sales-invoice',
  number: 'ZP-1',
  status: 'draft',
  contactId: 'c-1',
  date: '2026-11-02',
  dueDate: '2026-11-16',
  currency: 'AUD',
  reference: 'Kitchen, phase 1',
  lines: [
    {
      id: 'line-ZP-1',
      description: 'Design, 2:20 h',
      quantity: '2.3333',
      unitAmount: '150.1234',
      accountCode: '200',
      taxType: 'OUTPUT',
      amount: '350.28',
      taxAmount: '35.03',
      tracking: [{ category: 'Region', option: 'North' }],
    },
  ],
  subTotal: '350.28',
  totalTax: '35.03',
  total: '385.31',
  modifiedAt: 1793617200000,
  hasAttachments: false,
  lineAmounts: 'exclusive',
};

/** Fills a request by itself. */
const heavy = { lines: Array.from({ length: 900 }, () => ({ ...LINE, description: 'x'.repeat(4000) })) };
const USED_UP = { status: 429, headers: { 'x-rate-limit-problem': 'day', 'retry-after': '80000' } };

const short = (results: readonly DocumentResult[]): string[] =>
  results.map((result) =>
    result.outcome === 'written' ? `written ${result.held.id}` : `${result.outcome} ${result.error.code}`,
  );

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

describe('an unanswered create', () => {
  test('that has landed is found by its number and not sent again', async () => {
    const { client, requests } = scripted([silence, invoices(row('ZP-1'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(requests.map(called)).toEqual([PUT, lookUp('ZP-1')]);
    expect(results).toEqual([{ outcome: 'written', held }]);
  });

  test('that has not landed is sent again under the same key', async () => {
    const { client, requests } = scripted([silence, invoices(), invoices(row('ZP-1'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(requests.map(called)).toEqual([PUT, lookUp('ZP-1'), PUT]);
    expect(requests[2]?.headers['idempotency-key']).toBe(requests[0]?.headers['idempotency-key']);
    expect(short(results)).toEqual(['written id-ZP-1']);
  });

  test('that is sent again minutes later has the key of its first minute: Xero knows the two for one', async () => {
    const { client, requests, advance } = scripted([
      () => {
        advance(100_000);
        throw silence;
      },
      invoices(),
      invoices(row('ZP-1')),
    ]);

    await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(requests[2]?.headers['idempotency-key']).toBe(requests[0]?.headers['idempotency-key']);
  });

  test('that was a server error is sent under another key, or Xero would repeat its error', async () => {
    const { client, requests } = scripted([{ status: 500 }, invoices(), invoices(row('ZP-1'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(requests[2]?.headers['idempotency-key']).not.toBe(requests[0]?.headers['idempotency-key']);
    expect(short(results)).toEqual(['written id-ZP-1']);
  });

  test('that landed in part is sent again for the rest', async () => {
    const { client, requests } = scripted([silence, invoices(row('ZP-1')), invoices(row('ZP-2'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [
      create('ZP-1'),
      create('ZP-2'),
    ]);

    expect(bodyOf(requests[2])).toMatchObject({ Invoices: [{ InvoiceNumber: 'ZP-2' }] });
    expect(short(results)).toEqual(['written id-ZP-1', 'written id-ZP-2']);
  });

  test('is not sent again in part where Xero would take a second one with the number', async () => {
    const bill = { Type: 'ACCPAY' };
    const { client, requests } = scripted([silence, invoices(row('ZB-1', bill))]);

    const results = await createXeroConnector(client).write('bill', [
      create('ZB-1', { kind: 'bill' }),
      create('ZB-2', { kind: 'bill' }),
    ]);

    expect(requests).toHaveLength(2);
    expect(short(results)).toEqual(['written id-ZB-1', 'uncertain NO_ANSWER']);
  });

  test('is not taken for landed because a voided document has its number', async () => {
    const { client } = scripted([
      silence,
      invoices(row('ZP-1', { Status: 'VOIDED' })),
      invoices(refused('ZP-1', 'Invoice # must be unique.')),
      invoices(row('ZP-1', { Status: 'VOIDED' })),
    ]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(short(results)).toEqual(['refused DOCUMENT_UNKNOWN']);
  });

  test('that lands after it was looked for is found when the second is refused for it', async () => {
    const { client } = scripted([
      silence,
      invoices(),
      invoices(refused('ZP-1', 'Invoice # must be unique.')),
      invoices(row('ZP-1')),
    ]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(short(results)).toEqual(['written id-ZP-1']);
  });

  test('twice is looked for twice, and then uncertain', async () => {
    const { client, requests } = scripted([silence, invoices(), silence, invoices()]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(requests.map(called)).toEqual([PUT, lookUp('ZP-1'), PUT, lookUp('ZP-1')]);
    expect(short(results)).toEqual(['uncertain NO_ANSWER']);
  });

  test('stays uncertain where looking for it is refused for the day', async () => {
    const day = { status: 429, headers: { 'x-rate-limit-problem': 'day', 'retry-after': '80000' } };
    const { client } = scripted([silence, day]);

    const results = await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]);

    expect(short(results)).toEqual(['uncertain NO_ANSWER']);
  });

  test('stays uncertain where the second send is refused for the day, whatever else was written', async () => {
    const { client, requests } = scripted([invoices(row('ZP-0')), silence, invoices(), USED_UP]);

    const results = await createXeroConnector(client).write('sales-invoice', [
      create('ZP-0', heavy),
      create('ZP-1'),
    ]);

    expect(requests.map(called)).toEqual([PUT, PUT, lookUp('ZP-1'), PUT]);
    expect(short(results)).toEqual(['written id-ZP-0', 'uncertain NO_ANSWER']);
  });

  test('in one half of a batch stays uncertain where the other half is refused for the day', async () => {
    const whole = { status: 400, body: JSON.stringify({ ErrorNumber: 14, Message: 'Not the right shape' }) };
    const { client } = scripted([invoices(row('ZP-0')), whole, silence, USED_UP]);

    const results = await createXeroConnector(client).write('sales-invoice', [
      create('ZP-0', heavy),
      create('ZP-1'),
      create('ZP-2'),
    ]);

    expect(short(results)).toEqual(['written id-ZP-0', 'uncertain NO_ANSWER', 'refused QUOTA_USED_UP']);
  });

  test('an element that the answer does not mention is looked for', async () => {
    const { client } = scripted([invoices(row('ZP-1')), invoices(row('ZP-2'))]);

    const results = await createXeroConnector(client).write('sales-invoice', [
      create('ZP-1'),
      create('ZP-2'),
    ]);

    expect(short(results)).toEqual(['written id-ZP-1', 'written id-ZP-2']);
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
