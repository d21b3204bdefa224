import { beforeAll, describe, expect, test } from '@jest/globals';
import { change, LINE, listed, type Shown, salesInvoice, write } from './invoice-calls.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

const A = '/api.xro/2.0';
let served: ServedXero;
const contacts = new Map<string, string>();

beforeAll(async () => {
  served = await serveXero();
  served.xero.actions.settings?.run({ perMinute: 1000 });
  const made: Shown[] = [
    { InvoiceNumber: 'ZP-1', Reference: 'Alpha', Date: '2026-09-01', Contact: { Name: 'Acme' } },
    {
      InvoiceNumber: 'ZP-2',
      Reference: 'Beta, "quoted"',
      Date: '2026-10-15',
      Status: 'DRAFT',
      Contact: { Name: 'Acme' },
    },
    {
      InvoiceNumber: 'ZP-3',
      Date: '2026-10-16',
      Contact: { Name: 'Zephyr' },
      LineItems: [{ ...LINE, UnitAmount: 250 }],
    },
    {
      InvoiceNumber: 'B-1',
      Type: 'ACCPAY',
      Date: '2026-10-17',
      Contact: { Name: 'Zephyr' },
      LineItems: [{ ...LINE, AccountCode: '400', TaxType: 'INPUT' }],
    },
  ];
  for (const one of made) {
    const { invoice } = await write(served, salesInvoice(one));
    contacts.set(String(Object(invoice.Contact).Name), String(Object(invoice.Contact).ContactID));
    served.world.clock.advance(60_000);
  }
});

async function numbers(
  query: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const { body } = await served.call('GET', `${A}/Invoices?${new URLSearchParams(query)}`, { headers });
  const shown: Shown[] | undefined = Object(body).Invoices;
  return shown?.map(({ InvoiceNumber }) => InvoiceNumber) ?? Object(body).Message;
}

describe('where, order and filters of the simulated Xero', () => {
  test.each<[string, string[]]>([
    ['Type=="ACCREC" AND Status=="AUTHORISED"', ['ZP-1', 'ZP-3']],
    ['Type=="accrec" && (Status=="DRAFT" || Total>=275)', ['ZP-2', 'ZP-3']],
    ['Date>=DateTime(2026,10,01) AND Date<DateTime(2026, 10, 17)', ['ZP-2', 'ZP-3']],
    ['Date==DateTime.Parse("2026-10-15")', ['ZP-2']],
    ['Reference=="Beta, \\"quoted\\""', ['ZP-2']],
    ['InvoiceNumber.StartsWith("ZP") AND NOT(Total==110)', ['ZP-3']],
    ['Contact.Name.ToLower().Contains("zeph")', ['ZP-3', 'B-1']],
    ['DueDate!=null AND AmountDue>0 AND SentToContact==false AND Type!="ACCPAY"', ['ZP-1', 'ZP-2', 'ZP-3']],
    ['FullyPaidOnDate!=null', []],
  ])('%s', async (where, expected) => {
    expect(await numbers({ where })).toEqual(expected);
  });

  test('ids are compared as guids', async () => {
    const id = contacts.get('Zephyr') ?? '';

    expect(await numbers({ where: `Contact.ContactID==guid("${id.toUpperCase()}")` })).toEqual([
      'ZP-3',
      'B-1',
    ]);
    expect(await numbers({ where: `Contact.ContactID=="${id}"` })).toBe(
      "Operator '==' incompatible with operand types 'Guid' and 'String' (at index 0)",
    );
  });

  test.each([
    ['Foo=="x"', "No property or field 'Foo' exists in type 'Invoice' (at index 0)"],
    ['Total>', 'Expression expected (at index 2)'],
    ['Total', 'Expression of type Boolean expected (at index 1)'],
    ['Contact.ContactID==guid("x")', 'Unrecognized Guid format. (at index 19)'],
    ['Total # 1', "Syntax error '#' (at index 6)"],
  ])('%s cannot be read', async (where, message) => {
    expect(await numbers({ where })).toBe(message);
  });

  test.each<[Record<string, string>, string[]]>([
    [{ order: 'Date DESC' }, ['B-1', 'ZP-3', 'ZP-2', 'ZP-1']],
    [{ order: 'Type,Total DESC, InvoiceNumber' }, ['B-1', 'ZP-3', 'ZP-1', 'ZP-2']],
    [{ InvoiceNumbers: 'zp-1,ZP-3,ZP-9' }, ['ZP-1', 'ZP-3']],
    [{ Statuses: 'DRAFT,PAID' }, ['ZP-2']],
    [{ searchTerm: 'beta' }, ['ZP-2']],
    [{ createdByMyApp: 'true', Statuses: 'DRAFT' }, ['ZP-2']],
  ])('%j', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('contacts filter by id, and what people made is not this app’s', async () => {
    served.xero.desk.create('invoices', {
      ...salesInvoice({ InvoiceNumber: 'P-1', Contact: { Name: 'Person' } }),
    });

    expect(await numbers({ ContactIDs: contacts.get('Acme') ?? '' })).toEqual(['ZP-1', 'ZP-2']);
    expect(await numbers({ createdByMyApp: 'true', searchTerm: 'P-1' })).toEqual(['ZP-1']);
  });

  test('If-Modified-Since leaves what changed after it', async () => {
    expect(await numbers({ Statuses: 'AUTHORISED' }, { 'if-modified-since': '2026-11-02T08:01:00' })).toEqual(
      ['ZP-3', 'B-1', 'P-1'],
    );
  });

  test('a new due date of a part-paid invoice does not count as a change', async () => {
    const [first = {}] = await listed(served, 'Invoices?InvoiceNumbers=ZP-1');
    served.xero.actions.pay?.run({ invoice: 'ZP-1', amount: 1 });
    served.world.clock.advance(60_000);
    const since = { 'if-modified-since': new Date(served.world.clock.now()).toISOString().slice(0, 19) };
    served.world.clock.advance(60_000);

    await change(served, first, { DueDate: '2027-01-31' });
    const quiet = await numbers({}, since);
    await change(served, first, { Reference: 'Omega' });

    expect([quiet, await numbers({}, since)]).toEqual([[], ['ZP-1']]);
  });

  test('a reference finds no bank transaction, whatever it is', async () => {
    await served.call('PUT', `${A}/BankTransactions`, {
      body: {
        Type: 'SPEND',
        Reference: 'R-1',
        Contact: { Name: 'Cabs' },
        BankAccount: { Code: '090' },
        LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '493' }],
      },
    });

    expect(await listed(served, `BankTransactions?where=${encodeURIComponent('Reference=="R-1"')}`)).toEqual(
      [],
    );
  });
});

describe('pages of the simulated Xero', () => {
  test('only a page that was asked for is counted, and only it shows lines', async () => {
    const whole = Object((await served.call('GET', `${A}/Invoices`)).body);
    const page = Object((await served.call('GET', `${A}/Invoices?page=2&pageSize=2`)).body);

    expect([
      'pagination' in whole,
      whole.Invoices[0].LineItems,
      page.pagination,
      page.Invoices.length,
    ]).toEqual([false, [], { page: 2, pageSize: 2, pageCount: 3, itemCount: 5 }, 2]);
    expect(page.Invoices[0].LineItems).toHaveLength(1);
  });

  test('a page holds a thousand at most', async () => {
    const { pagination } = Object((await served.call('GET', `${A}/Contacts?page=1&pageSize=5000`)).body);

    expect(pagination.pageSize).toBe(1000);
  });

  test('a listing that a fault cuts short keeps its totals', async () => {
    served.world.faults.add({
      system: 'xero',
      operation: 'invoices.list',
      effect: { kind: 'truncate', rows: 1 },
    });

    const { pagination, Invoices } = Object((await served.call('GET', `${A}/Invoices?page=1`)).body);

    expect([pagination.itemCount, Invoices.length]).toEqual([5, 4]);
  });

  test('archived contacts are left out unless asked for', async () => {
    served.xero.actions['archive-contact']?.run({ contact: 'Person' });
    const names = async (query: string): Promise<unknown[]> =>
      (await listed(served, `Contacts${query}`)).map(({ Name }) => Name);

    expect([await names(''), await names('?includeArchived=true')]).toEqual([
      ['Acme', 'Zephyr', 'Cabs'],
      ['Acme', 'Zephyr', 'Person', 'Cabs'],
    ]);
  });
});
