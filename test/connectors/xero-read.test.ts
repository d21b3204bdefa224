import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { bodyOf, called, ok, row, scripted } from './xero-client.ts';

const silence = new NoAnswerError('cut', 'unknown', { system: 'xero' });
const page = (rows: Readonly<Record<string, readonly object[]>>, pagination: object): ScriptedAnswer =>
  ok({ pagination, ...rows });

describe('the chart of accounts', () => {
  test('takes five calls, with rates digit by digit and lock dates as days', async () => {
    const answers: Readonly<Record<string, unknown>> = {
      Organisation: {
        Organisations: [
          {
            OrganisationID: 'o-1',
            Name: 'Acme',
            CountryCode: 'AU',
            BaseCurrency: 'AUD',
            Timezone: 'AUSEASTERNSTANDARDTIME',
            PeriodLockDate: '/Date(1776988800000+0000)/',
          },
        ],
      },
      Accounts: {
        Accounts: [
          {
            AccountID: 'a-1',
            Code: '200',
            Name: 'Sales',
            Status: 'ACTIVE',
            Type: 'REVENUE',
            Class: 'REVENUE',
            TaxType: 'OUTPUT',
          },
          {
            AccountID: 'a-2',
            Name: 'Bank',
            Status: 'ARCHIVED',
            Type: 'BANK',
            Class: 'ASSET',
            TaxType: 'BASEXCLUDED',
            SystemAccount: '',
          },
          {
            AccountID: 'a-3',
            Code: '820',
            Name: 'GST',
            Status: 'ACTIVE',
            Type: 'CURRLIAB',
            Class: 'LIABILITY',
            TaxType: 'BASEXCLUDED',
            SystemAccount: 'GST',
          },
        ],
      },
      TaxRates: {
        TaxRates: [
          {
            Name: 'GST on Income',
            TaxType: 'OUTPUT',
            Status: 'ACTIVE',
            EffectiveRate: 10.0,
            CanApplyToRevenue: true,
            CanApplyToAssets: true,
            CanApplyToExpenses: false,
          },
          { Name: 'Old', TaxType: 'TAX001', Status: 'DELETED', EffectiveRate: 8.25 },
        ],
      },
      TrackingCategories: {
        TrackingCategories: [
          {
            TrackingCategoryID: 't-1',
            Name: 'Region',
            Status: 'ACTIVE',
            Options: [{ TrackingOptionID: 'p-1', Name: 'North', Status: 'ARCHIVED' }],
          },
        ],
      },
      Currencies: { Currencies: [{ Code: 'AUD' }, { Code: 'EUR' }] },
    };
    const answer: ScriptedAnswer = ({ url }) => ({
      body: JSON.stringify(answers[/2\.0\/(\w+)/.exec(url)?.[1] ?? '']),
    });
    const { client, requests } = scripted(Array(5).fill(answer));

    const chart = await createXeroConnector(client).chart();

    expect(requests).toHaveLength(5);
    expect(chart).toEqual({
      organisation: {
        id: 'o-1',
        name: 'Acme',
        country: 'AU',
        baseCurrency: 'AUD',
        timezone: 'AUSEASTERNSTANDARDTIME',
        periodLockDate: '2026-04-24',
      },
      accounts: [
        {
          id: 'a-1',
          code: '200',
          name: 'Sales',
          active: true,
          class: 'revenue',
          type: 'REVENUE',
          taxType: 'OUTPUT',
          isSystem: false,
        },
        {
          id: 'a-2',
          code: '',
          name: 'Bank',
          active: false,
          class: 'asset',
          type: 'BANK',
          taxType: 'BASEXCLUDED',
          isSystem: false,
        },
        {
          id: 'a-3',
          code: '820',
          name: 'GST',
          active: true,
          class: 'liability',
          type: 'CURRLIAB',
          taxType: 'BASEXCLUDED',
          isSystem: true,
        },
      ],
      taxRates: [
        {
          taxType: 'OUTPUT',
          name: 'GST on Income',
          active: true,
          effectiveRate: '10',
          appliesTo: ['asset', 'revenue'],
        },
        { taxType: 'TAX001', name: 'Old', active: false, effectiveRate: '8.25', appliesTo: [] },
      ],
      tracking: [
        { id: 't-1', name: 'Region', active: true, options: [{ id: 'p-1', name: 'North', active: false }] },
      ],
      currencies: ['AUD', 'EUR'],
    });
  });
});

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

describe('contacts', () => {
  const contact = (index: number, changed = {}) => ({
    ContactID: `c-${index}`,
    Name: `Customer ${index}`,
    ContactNumber: `ZC-${index}`,
    ContactStatus: 'ACTIVE',
    ...changed,
  });

  test('a few are asked for by a filter, archived ones too', async () => {
    const { client, requests } = scripted([
      ok({ Contacts: [contact(1, { ContactStatus: 'ARCHIVED' }), contact(12)] }),
    ]);

    const found = await createXeroConnector(client).contactsByNumber(['ZC-1', 'zc-2']);

    expect(requests.map(called)).toEqual([
      'GET /api.xro/2.0/Contacts?includeArchived=true&where=ContactNumber=="ZC-1" OR ContactNumber=="zc-2"&page=1&pageSize=1000',
    ]);
    expect(found).toEqual([{ id: 'c-1', name: 'Customer 1', number: 'ZC-1', active: false }]);
  });

  test('many are picked from the list of all, which is read once for numbers and names', async () => {
    const all = Array.from({ length: 2500 }, (_, index) => contact(index));
    const answer: ScriptedAnswer = ({ url }) => {
      const at = Number(new URL(url).searchParams.get('page')) - 1;
      const Contacts = all.slice(at * 1000, (at + 1) * 1000);
      return {
        body: JSON.stringify({
          Contacts,
          pagination: { page: at + 1, pageSize: 1000, pageCount: 3, itemCount: 2500 },
        }),
      };
    };
    const { client, requests } = scripted([answer, answer, answer]);
    const xero = createXeroConnector(client);

    const numbers = await xero.contactsByNumber(Array.from({ length: 1000 }, (_, index) => `ZC-${index}`));
    const names = await xero.contactsByName(['customer 2400', 'Nobody']);

    expect(requests).toHaveLength(3);
    expect(numbers).toHaveLength(1000);
    expect(names.map(({ id }) => id)).toEqual(['c-2400']);
  });

  test('a name with a quote is never put into a filter', async () => {
    const { client, requests } = scripted([ok({ Contacts: [contact(1, { Name: 'The "Best"' })] })]);

    const found = await createXeroConnector(client).contactsByName(['The "Best"']);

    expect(called(requests[0] ?? { method: 'GET', url: '', headers: {} })).not.toContain('where');
    expect(found.map(({ id }) => id)).toEqual(['c-1']);
  });

  test('are created each with an outcome of its own', async () => {
    const taken = 'The contact name Customer 2 is already assigned to another contact.';
    const { client, requests } = scripted([
      ok({
        Contacts: [
          contact(1),
          { ...contact(2), StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: taken }] },
        ],
      }),
    ]);

    const results = await createXeroConnector(client).createContacts([
      { name: 'Customer 1', number: 'ZC-1' },
      { name: 'Customer 2', number: 'ZC-2' },
    ]);

    expect(requests.map(called)).toEqual(['PUT /api.xro/2.0/Contacts?summarizeErrors=false']);
    expect(bodyOf(requests[0])).toMatchObject({
      Contacts: [{ Name: 'Customer 1', ContactNumber: 'ZC-1' }, {}],
    });
    expect(results).toMatchObject([
      { outcome: 'written', contact: { id: 'c-1', number: 'ZC-1', active: true } },
      { outcome: 'refused', error: { code: 'REJECTED' } },
    ]);
  });

  test('that were created without an answer are found by their number', async () => {
    const { client, requests } = scripted([silence, ok({ Contacts: [contact(1)] })]);

    const results = await createXeroConnector(client).createContacts([
      { name: 'Customer 1', number: 'ZC-1' },
    ]);

    expect(requests).toHaveLength(2);
    expect(results).toMatchObject([{ outcome: 'written', contact: { id: 'c-1' } }]);
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
