import { beforeEach, describe, expect, test } from '@jest/globals';
import { change, LINE, listed, pick, type Shown, salesInvoice, write } from './invoice-calls.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

const A = '/api.xro/2.0';
let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

function act(name: string, input: object): unknown {
  return served.xero.actions[name]?.run(input);
}

async function faults(changes: object): Promise<string[]> {
  return (await write(served, salesInvoice(changes))).faults;
}

async function stored(changes: object = {}): Promise<Shown> {
  return (await write(served, salesInvoice(changes))).invoice;
}

describe('what the simulated Xero refuses in an invoice', () => {
  test.each<[string, object, string[]]>([
    ['no contact', { Contact: {} }, ['A Contact must be specified for this type of transaction']],
    ['no type', { Type: undefined }, ['The Type field must be specified.']],
    ['no lines', { LineItems: [] }, ['One or more line items must be specified']],
    ['no due date', { DueDate: undefined }, ['The document DueDate field must be specified.']],
    [
      'an unknown account',
      { LineItems: [{ ...LINE, AccountCode: '999' }] },
      ["Account code '999' is not a valid code for this document."],
    ],
    [
      'a bank account',
      { LineItems: [{ ...LINE, AccountCode: '090' }] },
      ["Account code '090' is not a valid code for this document."],
    ],
    [
      'the debtors’ account',
      { LineItems: [{ ...LINE, AccountCode: '610' }] },
      ["Account code '610' is not a valid code for this document."],
    ],
    [
      'a tax type of the other side',
      { LineItems: [{ ...LINE, TaxType: 'INPUT' }] },
      ["The TaxType code 'INPUT' cannot be used with account code '200'."],
    ],
    [
      'an unknown tax type',
      { LineItems: [{ ...LINE, TaxType: 'OUTPUT2' }] },
      ['The TaxType code OUTPUT2 does not exist or cannot be used for this type of transaction'],
    ],
    [
      'no account',
      { LineItems: [{ Description: 'x', UnitAmount: 1 }] },
      ['Account code must be specified', 'The TaxType field is mandatory'],
    ],
    [
      'no description',
      { LineItems: [{ ...LINE, Description: '' }] },
      ['The Description field must be specified.'],
    ],
    [
      'a description too long',
      { LineItems: [{ ...LINE, Description: 'x'.repeat(4001) }] },
      ['The Description field must be no longer than 4000 characters.'],
    ],
    [
      'an unknown tracking category',
      { LineItems: [{ ...LINE, Tracking: [{ Name: 'Job', Option: 'A' }] }] },
      ["The TrackingCategory 'Job' does not exist or is not active."],
    ],
    [
      'an unknown option',
      { LineItems: [{ ...LINE, Tracking: [{ Name: 'Region', Option: 'Moon' }] }] },
      ["The tracking option 'Moon' does not exist in the TrackingCategory 'Region' or is not active."],
    ],
    ['an unknown item', { LineItems: [{ ...LINE, ItemCode: 'NOPE' }] }, ["Item code 'NOPE' is not valid"]],
    ['a link to Xero itself', { Url: 'https://go.xero.com/x' }, ['Url is not valid']],
    ['a status it cannot begin with', { Status: 'PAID' }, ['Invoice not of valid status for creation']],
    [
      'a total below zero',
      { LineItems: [{ ...LINE, UnitAmount: -5 }] },
      ['The document total cannot be less than zero.'],
    ],
  ])('%s', async (_what, changes, expected) => {
    expect(await faults(changes)).toEqual(expected);
  });

  test('a draft may still lack lines, accounts and a due date', async () => {
    const { invoice, faults: none } = await write(
      served,
      salesInvoice({
        Status: undefined,
        DueDate: undefined,
        LineItems: [{ Description: 'To be filled in' }],
      }),
    );

    expect([none, invoice.Status, invoice.Total]).toEqual([[], 'DRAFT', 0]);
  });

  test('an account that was archived, a contact that was archived', async () => {
    const { Contact } = await stored();
    act('archive-account', { code: '203' });
    act('archive-contact', { contact: 'Acme' });

    expect([
      await faults({ LineItems: [{ ...LINE, AccountCode: '203' }], Contact: { Name: 'Other' } }),
      await faults({ Contact: { ContactID: Object(Contact).ContactID } }),
    ]).toEqual([
      [
        "Account code '203' has been archived, or has been deleted. Each line item must reference a valid account.",
      ],
      ['The contact Acme is archived. It must be restored before it can be used.'],
    ]);
  });

  test('a date on or before a lock date, the later edit of such a document too', async () => {
    const old = await stored({ Date: '2026-10-31', Status: 'DRAFT' });
    act('lock-dates', { period: '2026-10-31', endOfYear: '2026-06-30' });

    const organisation = (await served.call('GET', `${A}/Organisation`)).body;
    expect({
      before: await faults({ Date: '2026-06-30' }),
      on: await faults({ Date: '2026-10-31' }),
      after: await faults({ Date: '2026-11-01' }),
      edit: (await change(served, old, { Reference: 'x' })).faults,
      shown: Object(organisation).Organisations[0].PeriodLockDate,
    }).toEqual({
      before: ['The document date cannot be before the end of year lock date, currently set at 30-Jun-2026'],
      on: ['The document date cannot be before the period lock date, currently set at 31-Oct-2026'],
      after: [],
      edit: ['The document date cannot be before the period lock date, currently set at 31-Oct-2026'],
      shown: '/Date(1793404800000+0000)/',
    });
  });

  test('values of the wrong type fail the whole request', async () => {
    const { status, body } = await served.call('PUT', `${A}/Invoices?summarizeErrors=false`, {
      body: { Invoices: [salesInvoice(), salesInvoice({ Date: 'yesterday' })] },
    });

    expect([status, body, (await listed(served, 'Invoices')).length]).toEqual([
      400,
      {
        ErrorNumber: 14,
        Type: 'PostDataInvalidException',
        Message:
          "JSON for post data was invalid,Could not convert string to DateTime: yesterday. Path 'Invoices[1].Date'.",
      },
      0,
    ]);
  });
});

describe('batches of the simulated Xero', () => {
  const batch = {
    Invoices: [
      salesInvoice({ InvoiceNumber: 'ZP-1' }),
      salesInvoice({ InvoiceNumber: 'ZP-2', Contact: {} }),
      salesInvoice({ InvoiceNumber: 'zp-1', Contact: { Name: 'New' } }),
      salesInvoice({ InvoiceNumber: 'ZP-3' }),
    ],
  };

  test('each element tells how it fared, and the good ones are kept', async () => {
    const { status, body } = await served.call('PUT', `${A}/Invoices?summarizeErrors=false`, { body: batch });

    const shown: Shown[] = Object(body).Invoices;
    expect([
      status,
      shown.map((one) => pick(one, 'StatusAttributeString', 'HasErrors', 'InvoiceNumber')),
    ]).toEqual([
      200,
      [
        { StatusAttributeString: 'OK', HasErrors: false, InvoiceNumber: 'ZP-1' },
        { StatusAttributeString: 'ERROR', HasErrors: true, InvoiceNumber: 'ZP-2' },
        { StatusAttributeString: 'ERROR', HasErrors: true, InvoiceNumber: 'zp-1' },
        { StatusAttributeString: 'OK', HasErrors: false, InvoiceNumber: 'ZP-3' },
      ],
    ]);
    expect((await listed(served, 'Invoices')).map(({ InvoiceNumber }) => InvoiceNumber)).toEqual([
      'ZP-1',
      'ZP-3',
    ]);
  });

  test.each(['', '?summarizeErrors=true'])(
    'one bad element fails all of them with "%s", and leaves no trace',
    async (query) => {
      const { status, body } = await served.call('PUT', `${A}/Invoices${query}`, { body: batch });

      const { Elements, ...rest } = Object(body);
      expect([
        status,
        rest,
        Elements.map((one: Shown) => [one.InvoiceNumber, one.InvoiceID, one.ValidationErrors]),
      ]).toEqual([
        400,
        { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred' },
        [
          [
            'ZP-2',
            '00000000-0000-0000-0000-000000000000',
            [{ Message: 'A Contact must be specified for this type of transaction' }],
          ],
          ['zp-1', '00000000-0000-0000-0000-000000000000', [{ Message: 'Invoice # must be unique.' }]],
        ],
      ]);
      expect([await listed(served, 'Invoices'), await listed(served, 'Contacts')]).toEqual([[], []]);
    },
  );

  test('one object alone is taken as well as a list', async () => {
    const { status, body } = await served.call('PUT', `${A}/Invoices`, { body: salesInvoice() });

    expect([status, Object(body).Invoices[0].InvoiceNumber]).toEqual([200, 'INV-0001']);
  });
});
