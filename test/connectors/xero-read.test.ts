import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { called, ok, row, scripted } from './xero-client.ts';

const page = (rows: Readonly<Record<string, readonly object[]>>, pagination: object): ScriptedAnswer =>
  ok({ pagination, ...rows });

describe('looking documents up', () => {
  test('by number goes a hundred a call, each a page with lines', async () => {
    const numbers = Array.from({ length: 150 }, (_, index) => `ZP-${index}`);
    const answer: ScriptedAnswer = ({ url }) => {
      const wanted = new URL(url).searchParams.get('InvoiceNumbers')?.split(',') ?? [];
      return { body: JSON.stringify({ Invoices: wanted.map((number) => row(number)) }) };
    };
    const { client, requests } = scripted([answer, answer]);

    const found = await createXeroConnector(client).documentsByNumber('sales-invoice', numbers);

    expect(requests).toHaveLength(2);
    expect(found.map(({ number }) => number)).toEqual(numbers);
  });

  test('asks for a number with a comma by a filter of its own', async () => {
    const { client, requests } = scripted([ok({ Invoices: [row('A-1')] }), ok({ Invoices: [row('B,2')] })]);

    const found = await createXeroConnector(client).documentsByNumber('sales-invoice', ['A-1', 'B,2']);

    expect(requests.map(called)).toEqual([
      'GET /api.xro/2.0/Invoices?InvoiceNumbers=A-1&unitdp=4&page=1&pageSize=1000',
      'GET /api.xro/2.0/Invoices?where=InvoiceNumber=="B,2"&unitdp=4&page=1&pageSize=1000',
    ]);
    expect(found.map(({ number }) => number)).toEqual(['A-1', 'B,2']);
  });

  test('leaves out another kind of document with the same number', async () => {
    const { client } = scripted([
      ok({ Invoices: [row('N-1', { Type: 'ACCPAY', InvoiceID: 'bill' }), row('N-1')] }),
    ]);

    const found = await createXeroConnector(client).documentsByNumber('sales-invoice', ['N-1']);

    expect(found.map(({ id }) => id)).toEqual(['id-N-1']);
  });

  test('goes on through all pages, and counts a row that is on two of them once', async () => {
    const { client, requests } = scripted([
      page({ Invoices: [row('1'), row('2')] }, { page: 1, pageSize: 2, pageCount: 2, itemCount: 3 }),
      page({ Invoices: [row('2'), row('3')] }, { page: 2, pageSize: 2, pageCount: 2, itemCount: 3 }),
    ]);

    const found = await createXeroConnector(client).documentsByNumber('sales-invoice', ['1', '2', '3']);

    expect(requests).toHaveLength(2);
    expect(found.map(({ number }) => number)).toEqual(['1', '2', '3']);
  });

  test('says so where fewer came than there are', async () => {
    const { client } = scripted([
      page({ Invoices: [row('1')] }, { page: 1, pageSize: 1000, pageCount: 1, itemCount: 2 }),
    ]);

    await expect(
      createXeroConnector(client).documentsByNumber('sales-invoice', ['1', '2']),
    ).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
    });
  });

  test('picks spend money from what is dated then, since its reference cannot be searched', async () => {
    const spent = (id: string, Reference: string): object => ({
      ...row(''),
      Type: 'SPEND',
      BankTransactionID: id,
      InvoiceID: undefined,
      InvoiceNumber: undefined,
      DueDateString: undefined,
      Status: 'AUTHORISED',
      Reference,
    });
    const rows = [spent('b-1', 'ZB-7 Taxi'), spent('b-2', 'ZB-70 Taxi'), spent('b-3', 'by hand')];
    const { client, requests } = scripted([ok({ BankTransactions: rows })]);

    const found = await createXeroConnector(client).documentsByNumber('spend-money', ['ZB-7'], {
      from: '2026-11-01',
      to: '2026-11-03',
    });

    expect(requests.map(called)).toEqual([
      'GET /api.xro/2.0/BankTransactions?where=Type=="SPEND" AND Date>=DateTime(2026,11,01) AND Date<=DateTime(2026,11,03)&unitdp=4&page=1&pageSize=1000',
    ]);
    expect(found).toMatchObject([{ id: 'b-1', number: 'ZB-7', reference: 'Taxi', status: 'authorised' }]);
    expect(found[0]).not.toHaveProperty('dueDate');
  });

  test('for nothing takes no call', async () => {
    const { client } = scripted([]);
    const xero = createXeroConnector(client);

    expect(await xero.documentsByNumber('sales-invoice', [])).toEqual([]);
    expect(await xero.documentsById('bill', [])).toEqual([]);
    expect(await xero.contactsByNumber([])).toEqual([]);
  });
});

describe('documents that have changed', () => {
  test('are asked for by the second, in UTC', async () => {
    const { client, requests } = scripted([ok({ Invoices: [row('ZP-1')] })]);
    const since = Date.parse('2026-11-01T08:00:00.900Z');

    const changed = await createXeroConnector(client).documentsChanged('sales-invoice', since);

    expect(changed.map(({ number }) => number)).toEqual(['ZP-1']);
    expect(requests.map(called)).toEqual([
      'GET /api.xro/2.0/Invoices?where=Type=="ACCREC"&unitdp=4&page=1&pageSize=1000',
    ]);
    expect(requests[0]?.headers['if-modified-since']).toBe('2026-11-01T08:00:00');
  });
});
