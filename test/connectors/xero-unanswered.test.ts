import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { bodyOf, called, refused, row, scripted, silence } from './xero-client.ts';

import { create, heavy, held, invoices, lookUp, PUT, short, USED_UP } from './xero-invoices.ts';

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
