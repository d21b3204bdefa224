import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { bodyOf, called, ok, row, scripted, silence } from './xero-client.ts';

describe('what hangs on a document', () => {
  const receipt = {
    fileName: 'Taxi 5/11 + "night".pdf',
    contentType: 'application/pdf',
    base64: btoa('%PDF'),
  };

  test('a file goes up as its bytes, under a name that Xero takes, hidden from the customer', async () => {
    const { client, requests } = scripted([ok({ Attachments: [] }), ok({ Attachments: [] })]);
    const xero = createXeroConnector(client);

    await xero.attach('bill', 'd-1', receipt);
    await xero.attach('spend-money', 'd-2', receipt);

    expect(requests.map(called)).toEqual([
      'PUT /api.xro/2.0/Invoices/d-1/Attachments/Taxi 5-11 - -night-.pdf?IncludeOnline=false',
      'PUT /api.xro/2.0/BankTransactions/d-2/Attachments/Taxi 5-11 - -night-.pdf',
    ]);
    expect(requests[0]).toMatchObject({
      bodyBase64: btoa('%PDF'),
      headers: { 'content-type': 'application/pdf' },
    });
  });

  test('a file without an answer is looked for before it goes up again', async () => {
    const there = ok({ Attachments: [{ FileName: 'a.pdf' }] });
    const found = scripted([silence, there]);
    const missing = scripted([silence, ok({ Attachments: [] }), there]);
    const file = { ...receipt, fileName: 'a.pdf' };

    await createXeroConnector(found.client).attach('bill', 'd-1', file);
    await createXeroConnector(missing.client).attach('bill', 'd-1', file);

    expect(found.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
    expect(missing.requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT']);
  });

  test('a text is put on once, then replaced under its name, and read back as it is', async () => {
    const text = '{"stackbridge":1}';
    const file = { fileName: 'stackbridge.txt', text };
    const { client, requests } = scripted([silence, { status: 200, body: text }, ok({}), { body: text }]);
    const xero = createXeroConnector(client);

    await xero.writeFile('bill', 'd-1', file, false);
    await xero.writeFile('bill', 'd-1', file, true);
    const read = await xero.readFile('bill', 'd-1', 'stackbridge.txt');

    expect(read).toBe(text);
    expect(requests.map(called)).toEqual([
      'PUT /api.xro/2.0/Invoices/d-1/Attachments/stackbridge.txt?IncludeOnline=false',
      'GET /api.xro/2.0/Invoices/d-1/Attachments/stackbridge.txt',
      'POST /api.xro/2.0/Invoices/d-1/Attachments/stackbridge.txt',
      'GET /api.xro/2.0/Invoices/d-1/Attachments/stackbridge.txt',
    ]);
    expect(requests[2]).toMatchObject({ body: text, headers: { 'content-type': 'text/plain' } });
  });

  test('a text that is not there is none', async () => {
    const { client } = scripted([{ status: 404, body: '' }]);

    expect(await createXeroConnector(client).readFile('bill', 'd-1', 'stackbridge.txt')).toBeUndefined();
  });

  test('a file that is too large is refused without a call', async () => {
    const { client } = scripted([]);
    const base64 = 'A'.repeat(14_000_000);

    await expect(
      createXeroConnector(client).attach('bill', 'd-1', { ...receipt, base64 }),
    ).rejects.toMatchObject({
      code: 'VALUE_TOO_LONG',
    });
  });

  test('a line is marked for rebilling once', async () => {
    const link = { LinkedTransactionID: 'l-1', SourceLineItemID: 'line-1', Status: 'APPROVED' };
    const fresh = scripted([
      ok({ LinkedTransactions: [{ ...link, Status: 'VOIDED' }] }),
      ok({ LinkedTransactions: [link] }),
    ]);
    const marked = scripted([ok({ LinkedTransactions: [link] })]);
    const bill = { id: 'd-1' };

    for (const { client } of [fresh, marked]) {
      const xero = createXeroConnector(client);
      const [document] = await documentsOf(bill.id);
      if (document !== undefined) await xero.linkForRebilling(document, 'line-1', 'c-1');
    }

    expect(fresh.requests.map(called)).toEqual([
      'GET /api.xro/2.0/LinkedTransactions?SourceTransactionID=d-1&page=1',
      'PUT /api.xro/2.0/LinkedTransactions',
    ]);
    expect(bodyOf(fresh.requests[1])).toEqual({
      SourceTransactionID: 'd-1',
      SourceLineItemID: 'line-1',
      ContactID: 'c-1',
    });
    expect(marked.requests).toHaveLength(1);
  });

  test('a note is cut at what the history holds, and is not doubled by a lost answer', async () => {
    const note = 'x'.repeat(3000);
    const { client, requests } = scripted([silence, ok({ HistoryRecords: [{ Details: 'x'.repeat(2500) }] })]);

    await createXeroConnector(client).addHistory('sales-invoice', 'd-1', note);

    expect(bodyOf(requests[0])).toEqual({ HistoryRecords: [{ Details: 'x'.repeat(2500) }] });
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });
});

function documentsOf(id: string) {
  const { client } = scripted([ok({ Invoices: [row('N-1', { Type: 'ACCPAY', InvoiceID: id })] })]);
  return createXeroConnector(client).documentsById('bill', [id]);
}
