import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { LINE, salesInvoice, write } from '../sandbox/xero/invoice-calls.ts';
import { type ServedXero, serveXero } from '../sandbox/xero/served-xero.ts';

const A = '/api.xro/2.0';
const FIXTURES = new URL('../../../shared/fixtures/xero/', import.meta.url);

/** Keys that only recordings of other features have. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'RepeatingInvoiceID',
  'BatchPayment',
  'PrepaymentID',
  'Id',
  'TaxNumbeType',
]);
/** Keys that resources show only where they hold something. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'FullyPaidOnDate',
  'Attachments',
  'ItemCode',
  'SalesDefaultLineAmountType',
  'PurchasesDefaultLineAmountType',
  'CompanyNumber',
  'FirstName',
  'LastName',
  'DefaultCurrency',
  'PaymentTerms',
  'TaxNumber',
  'Balances',
  'ValidationErrors',
]);

interface Recording {
  operationId: string;
  status: string;
  response_example: unknown;
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));
}

/** The example of an answer that comes with the vendor's document. */
function recorded(operationId: string, status = '200'): unknown {
  const all: Recording[] = Object(fixture('openapi-examples.json'));
  return all.find((one) => one.operationId === operationId && one.status === status)?.response_example;
}

function keysOf(value: unknown): string[] {
  return Object.keys(Object(value)).filter((key) => !ELSEWHERE.has(key) && !OPTIONAL.has(key));
}

/** Keys of a recording that an answer lacks. */
function missing(recording: unknown, answer: unknown): string[] {
  return keysOf(recording).filter((key) => !(key in Object(answer)));
}

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

describe('the simulated Xero beside recorded answers', () => {
  test('an invoice has the keys of recorded ones', async () => {
    const { invoice } = await write(served, salesInvoice({ LineItems: [LINE], Reference: 'x' }));
    const recording = Object(recorded('createInvoices')).Invoices[0];

    expect({
      invoice: missing(recording, invoice),
      line: missing(recording.LineItems[0], Object(invoice.LineItems)[0]),
      contact: missing(recording.Contact, invoice.Contact),
    }).toEqual({ invoice: [], line: [], contact: [] });
  });

  test.each([
    ['getAccounts', 'Accounts', `${A}/Accounts?where=${encodeURIComponent('Type=="BANK"')}`],
    ['getTaxRates', 'TaxRates', `${A}/TaxRates`],
    ['getTrackingCategories', 'TrackingCategories', `${A}/TrackingCategories`],
    ['getCurrencies', 'Currencies', `${A}/Currencies`],
    ['getUsers', 'Users', `${A}/Users`],
    ['getBrandingThemes', 'BrandingThemes', `${A}/BrandingThemes`],
  ])('%s lists what recorded lists have', async (operationId, plural, path) => {
    const { body } = await served.call('GET', path);
    const recording = Object(recorded(operationId));

    expect([
      missing(recording, { ...Object(body), pagination: 0 }),
      missing(recording[plural][0], Object(body)[plural][0]),
    ]).toEqual([[], []]);
  });

  test('the organisation has the keys of a recorded one', async () => {
    served.xero.actions['lock-dates']?.run({ period: '2026-06-30', endOfYear: '2026-06-30' });
    const { body } = await served.call('GET', `${A}/Organisation`);

    // The API key is of a way to sign in that is gone.
    expect(
      missing(Object(recorded('getOrganisations')).Organisations[0], Object(body).Organisations[0]),
    ).toEqual(['APIKey']);
  });

  test('a bank transaction and an attachment have the keys of recorded ones', async () => {
    const spent = await served.call('PUT', `${A}/BankTransactions`, {
      body: {
        Type: 'SPEND',
        Contact: { Name: 'Cabs' },
        BankAccount: { Code: '090' },
        LineItems: [{ ...LINE, AccountCode: '493', TaxType: 'INPUT' }],
      },
    });
    const [transaction] = Object(spent.body).BankTransactions;
    const at = `${A}/BankTransactions/${transaction.BankTransactionID}/Attachments`;
    await served.call('PUT', `${at}/a.txt`, { body: 'x', headers: { 'content-type': 'text/plain' } });
    const files = await served.call('GET', at);

    expect([
      missing(Object(recorded('createBankTransactions')).BankTransactions[0], transaction),
      missing(
        Object(recorded('getBankTransactionAttachments')).Attachments[0],
        Object(files.body).Attachments[0],
      ),
    ]).toEqual([[], []]);
  });

  test('an account and a contact that exist are refused in the recorded words', async () => {
    const refusal = async (path: string, body: object): Promise<unknown[]> => {
      await served.call('PUT', path, { body });
      const { body: refused } = await served.call('PUT', path, { body });
      return [
        ...['ErrorNumber', 'Type', 'Message'].map((key) => Object(refused)[key]),
        Object(refused).Elements[0].ValidationErrors[0],
      ];
    };
    const words = (operationId: string): unknown[] => {
      const recording = Object(recorded(operationId, '400'));
      return [
        ...['ErrorNumber', 'Type', 'Message'].map((key) => recording[key]),
        recording.Elements[0].ValidationErrors[0],
      ];
    };

    expect([
      await refusal(`${A}/Accounts`, { Code: '123456', Name: 'Foobar', Type: 'EXPENSE' }),
      await refusal(`${A}/Contacts`, { Contacts: [{ Name: 'Buzz Lightyear' }] }),
    ]).toEqual([words('createAccount'), words('createContacts')]);
  });

  test('sign-in fails in the recorded shapes', async () => {
    const tenant = await served.call('GET', `${A}/Organisation`, { headers: { 'xero-tenant-id': 'x' } });
    served.world.clock.set('2026-11-02T08:30:00Z');
    const expired = await served.call('GET', `${A}/Organisation`);

    const expiredWords = Object(fixture('expired_oauth2_token.json'));
    expect([{ ...Object(tenant.body), instance: 0 }, Object.keys(Object(expired.body))]).toEqual([
      { ...Object(fixture('invalid_tenant_header.json')), instance: 0 },
      Object.keys(expiredWords),
    ]);
    expect(Object(expired.body).Detail.replaceAll(/\d/g, '0')).toBe(
      expiredWords.Detail.replaceAll(/\d/g, '0'),
    );
  });

  test('connections have the keys and the seven digits of recorded ones', async () => {
    const { body } = await served.call('GET', '/connections');
    const [recording] = Object(fixture('connections.json'));

    const [connection] = Object(body);
    expect(missing(recording, connection)).toEqual([]);
    expect(connection.createdDateUtc.replaceAll(/\d/g, '0')).toBe(
      recording.createdDateUtc.replaceAll(/\d/g, '0'),
    );
  });
});
