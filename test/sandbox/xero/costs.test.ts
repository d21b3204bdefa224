import { beforeEach, describe, expect, test } from '@jest/globals';
import { change, faultsOf, LINE, type Shown, salesInvoice, write } from './invoice-calls.ts';
import { type Answered, type ServedXero, serveXero } from './served-xero.ts';

const A = '/api.xro/2.0';
const COST = { Description: 'Taxi', Quantity: 1, UnitAmount: 44, AccountCode: '493' };
const SPEND = { Type: 'SPEND', Contact: { Name: 'Cabs' }, BankAccount: { Code: '090' }, LineItems: [COST] };

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

async function spend(changes: object): Promise<Shown> {
  const { body } = await served.call('PUT', `${A}/BankTransactions?summarizeErrors=false`, {
    body: { ...SPEND, ...changes },
  });
  return Object(body).BankTransactions[0];
}

async function bill(changes: object = {}): Promise<Shown> {
  const LineItems = [{ ...COST, TaxType: 'INPUT' }];
  return (
    await write(served, salesInvoice({ Type: 'ACCPAY', Contact: { Name: 'Cabs' }, LineItems, ...changes }))
  ).invoice;
}

function link(body: object, method: 'PUT' | 'POST' = 'PUT', id = ''): Promise<Answered> {
  return served.call(method, `${A}/LinkedTransactions${id === '' ? '' : `/${id}`}`, { body });
}

function linkShown({ body }: Answered): Shown {
  return (Object(body).LinkedTransactions ?? Object(body).Elements)[0];
}

function sourceOf(document: Shown): { SourceTransactionID: unknown; SourceLineItemID: unknown } {
  return {
    SourceTransactionID: document.InvoiceID ?? document.BankTransactionID,
    SourceLineItemID: Object(document.LineItems)[0].LineItemID,
  };
}

describe('money spent in the simulated Xero', () => {
  test('is authorised and unreconciled from the start, tax included unless said otherwise', async () => {
    const { Status, IsReconciled, LineAmountTypes, TotalTax, CurrencyCode } = await spend({});

    expect({ Status, IsReconciled, LineAmountTypes, TotalTax, CurrencyCode }).toEqual({
      Status: 'AUTHORISED',
      IsReconciled: false,
      LineAmountTypes: 'Inclusive',
      TotalTax: 4,
      CurrencyCode: 'AUD',
    });
  });

  test('a bank account without a code is named by its id', async () => {
    const card = served.xero.desk
      .list('accounts', { limit: 100, offset: 0 })
      .records.find(({ Name }) => Name === 'Company Credit Card');

    const { BankAccount } = await spend({ BankAccount: { AccountID: card?.AccountID } });

    expect(BankAccount).toEqual({ AccountID: card?.AccountID, Name: 'Company Credit Card' });
  });

  test.each([
    ['no bank account', { BankAccount: undefined }, 'Bank Account must be specified'],
    [
      'an account that is no bank',
      { BankAccount: { Code: '400' } },
      'The bank account could not be found or is not active.',
    ],
    ['a draft', { Status: 'DRAFT' }, "The Status 'DRAFT' is not valid for this type of transaction"],
    ['no contact', { Contact: undefined }, 'A Contact must be specified for this type of transaction'],
    [
      'a currency that is not the account’s',
      { CurrencyCode: 'USD' },
      'The currency of the transaction must be the currency of the bank account.',
    ],
  ])('%s is refused', async (_what, changes, fault) => {
    expect(faultsOf(await spend(changes))).toEqual([fault]);
  });

  test('is edited while unreconciled, and deleted', async () => {
    const { BankTransactionID: id } = await spend({});
    const edit = async (changes: object): Promise<Shown> => {
      const { body } = await served.call('POST', `${A}/BankTransactions/${String(id)}`, { body: changes });
      return (Object(body).BankTransactions ?? Object(body).Elements)[0];
    };

    const edited = await edit({ Reference: 'R-1' });
    const deleted = await edit({ Status: 'DELETED' });

    expect([
      edited.Reference,
      edited.Total,
      deleted.Status,
      faultsOf(await edit({ Reference: 'x' })),
    ]).toEqual([
      'R-1',
      44,
      'DELETED',
      ['This Bank Transaction cannot be edited as it has been reconciled or deleted.'],
    ]);
  });
});

describe('costs billed on in the simulated Xero', () => {
  test('a link’s status follows its documents', async () => {
    const statusOf = async (id: unknown): Promise<unknown> =>
      linkShown(await served.call('GET', `${A}/LinkedTransactions/${String(id)}`)).Status;
    const source = await bill({ Status: 'DRAFT' });
    const { LinkedTransactionID: id } = linkShown(await link(sourceOf(source)));
    const statuses = [await statusOf(id)];

    await change(served, source, { Status: 'AUTHORISED' });
    statuses.push(await statusOf(id));
    const target = (await write(served, salesInvoice({ Status: 'DRAFT' }))).invoice;
    await link({ TargetTransactionID: target.InvoiceID }, 'POST', String(id));
    statuses.push(await statusOf(id));
    await change(served, target, { Status: 'AUTHORISED' });
    statuses.push(await statusOf(id));
    await change(served, target, { Status: 'VOIDED' });
    statuses.push(await statusOf(id));
    await change(served, source, { Status: 'VOIDED' });
    statuses.push(await statusOf(id));

    expect(statuses).toEqual(['DRAFT', 'APPROVED', 'ONDRAFT', 'BILLED', 'APPROVED', 'VOIDED']);
  });

  test('links are found by source, customer, target and status', async () => {
    const source = await bill();
    const target = (await write(served, salesInvoice({ Status: 'DRAFT' }))).invoice;
    await link({ ...sourceOf(source), TargetTransactionID: target.InvoiceID });
    const found = async (query: string): Promise<number> =>
      Object((await served.call('GET', `${A}/LinkedTransactions?${query}`)).body).LinkedTransactions.length;

    expect([
      await found(`SourceTransactionID=${String(source.InvoiceID)}`),
      await found(`TargetTransactionID=${String(target.InvoiceID)}&Status=ONDRAFT`),
      await found(`ContactID=${String(Object(target.Contact).ContactID)}`),
      await found('Status=BILLED'),
    ]).toEqual([1, 1, 1, 0]);
  });

  test('a link of what was billed stays; another is removed', async () => {
    const draft = (await write(served, salesInvoice({ Status: 'DRAFT' }))).invoice;
    const billed = linkShown(await link({ ...sourceOf(await bill()), TargetTransactionID: draft.InvoiceID }));
    const open = linkShown(await link(sourceOf(await bill())));
    await change(served, draft, { Status: 'AUTHORISED' });
    const remove = async ({ LinkedTransactionID: id }: Shown): Promise<number> =>
      (await served.call('DELETE', `${A}/LinkedTransactions/${String(id)}`)).status;

    expect([await remove(billed), await remove(open)]).toEqual([400, 204]);
  });

  test('what cannot be linked', async () => {
    const source = sourceOf(await bill());
    const other = sourceOf(await spend({}));
    const sale = (await write(served, salesInvoice())).invoice;
    const draft = (await write(served, salesInvoice({ Status: 'DRAFT' }))).invoice;
    const cabs = Object((await bill()).Contact).ContactID;
    const faults = async (body: object): Promise<string[]> => faultsOf(linkShown(await link(body)));
    await link(other);

    expect([
      await faults({ ...source, SourceLineItemID: other.SourceLineItemID }),
      await faults(sourceOf(sale)),
      await faults(other),
      await faults({ ...source, TargetTransactionID: sale.InvoiceID }),
      await faults({ ...source, TargetTransactionID: draft.InvoiceID, ContactID: cabs }),
    ]).toEqual([
      ['The SourceLineItemID and SourceTransactionID do not match'],
      ['The SourceTransactionID could not be found, or is no bill or spend money transaction'],
      ['The SourceLineItemID is already linked'],
      ['The TargetTransactionID must be a draft or submitted sales invoice'],
      ['The ContactID does not match the contact of the target transaction'],
    ]);
  });
});

describe('files in the simulated Xero', () => {
  const upload = (method: 'PUT' | 'POST', path: string, body: string | Buffer = 'x'): Promise<Answered> =>
    served.call(method, `${A}/${path}`, { body, headers: { 'content-type': 'text/plain' } });
  const namesOf = async (path: string): Promise<string[]> =>
    Object((await served.call('GET', `${A}/${path}`)).body).Attachments.map(
      ({ FileName }: Shown) => FileName,
    );

  test('PUT adds a file, even a second of one name; POST replaces it', async () => {
    const at = `BankTransactions/${String((await spend({})).BankTransactionID)}/Attachments`;
    await upload('PUT', `${at}/receipt.txt`);
    await upload('POST', `${at}/receipt.txt`, 'yz');
    const replaced = await namesOf(at);
    await upload('PUT', `${at}/receipt.txt`);

    expect([replaced, await namesOf(at)]).toEqual([['receipt.txt'], ['receipt.txt', 'receipt.txt']]);
  });

  test('a document shows that it has some, and which', async () => {
    const invoice = await bill();
    await upload('PUT', `Invoices/${String(invoice.InvoiceID)}/Attachments/a b.txt`.replace(' ', '%20'));

    const { body } = await served.call('GET', `${A}/Invoices/${String(invoice.InvoiceID)}`);

    const [shown] = Object(body).Invoices;
    expect([shown.HasAttachments, shown.Attachments[0].FileName]).toEqual([true, 'a b.txt']);
  });

  test('ten files at most, ten megabytes each, names without signs of paths', async () => {
    const at = `Invoices/${String((await bill()).InvoiceID)}/Attachments`;
    const big = await upload('PUT', `${at}/big.txt`, Buffer.alloc(10 * 1024 * 1024 + 1));
    const odd = await upload('PUT', `${at}/a%3Ab.txt`);
    for (let i = 0; i < 10; i++) await upload('PUT', `${at}/${i}.txt`);

    const more = await upload('PUT', `${at}/more.txt`);

    const messageOf = ({ body }: Answered): unknown => Object(body).Elements?.[0].ValidationErrors[0].Message;
    expect([big.status, messageOf(odd), messageOf(more)]).toEqual([
      413,
      'The file name contains characters that are not allowed.',
      'A maximum of 10 attachments can be added to a document.',
    ]);
  });

  test('an unknown document has neither files nor a history', async () => {
    const id = '3bf6a4a4-9dcb-4c1e-9f4b-35a6f3f2e0a1';

    const statuses = await Promise.all(
      [`Invoices/${id}/Attachments`, `Invoices/${id}/History`, `BankTransactions/${id}`].map(
        async (path) => (await served.call('GET', `${A}/${path}`)).status,
      ),
    );

    expect(statuses).toEqual([404, 404, 404]);
  });

  test('a note is at most 2,500 characters long', async () => {
    const at = `${A}/Invoices/${String((await bill()).InvoiceID)}/History`;
    const note = async (Details: string): Promise<number> =>
      (await served.call('PUT', at, { body: { HistoryRecords: [{ Details }] } })).status;

    expect([await note('x'.repeat(2500)), await note('x'.repeat(2501)), await note('')]).toEqual([
      200, 400, 400,
    ]);
  });
});

describe('contacts of the simulated Xero', () => {
  const save = async (method: 'PUT' | 'POST', contact: object): Promise<Shown> => {
    const { body } = await served.call(method, `${A}/Contacts?summarizeErrors=false`, {
      body: { Contacts: [contact] },
    });
    return Object(body).Contacts[0];
  };

  test('POST finds one by number, then by name; PUT takes neither twice', async () => {
    const first = await save('PUT', { Name: 'Acme', ContactNumber: 'Z-1' });

    expect([
      (await save('POST', { ContactNumber: 'z-1', Name: 'Acme Ltd' })).ContactID,
      (await save('POST', { Name: 'ACME LTD', EmailAddress: 'a@acme.test' })).ContactID,
      faultsOf(await save('PUT', { Name: 'acme ltd' })),
      faultsOf(await save('PUT', { Name: 'Other', ContactNumber: 'Z-1' })),
    ]).toEqual([
      first.ContactID,
      first.ContactID,
      [
        'The contact name acme ltd is already assigned to another contact. The contact name must be unique across all active contacts.',
      ],
      ['The contact number Z-1 is already assigned to another contact. The contact number must be unique.'],
    ]);
  });

  test('an archived name is free again', async () => {
    await save('PUT', { Name: 'Acme' });
    served.xero.actions['archive-contact']?.run({ contact: 'Acme' });

    expect(faultsOf(await save('PUT', { Name: 'Acme' }))).toEqual([]);
    expect(() => served.xero.actions['restore-contact']?.run({ contact: 'Zed' })).toThrow(
      'No such contact: Zed',
    );
  });

  test('a name with angle brackets is refused', async () => {
    expect(faultsOf(await save('PUT', { Name: 'A<b>' }))).toEqual([
      'The contact name cannot contain the characters < or >.',
    ]);
  });

  test('balances are what is due, and overdue', async () => {
    const late = salesInvoice({
      Date: '2026-09-01',
      DueDate: '2026-10-01',
      LineItems: [{ ...LINE, UnitAmount: 50 }],
    });
    const { invoice } = await write(served, late);
    await write(served, salesInvoice());

    const { body } = await served.call('GET', `${A}/Contacts/${String(Object(invoice.Contact).ContactID)}`);

    expect(Object(body).Contacts[0].Balances.AccountsReceivable).toEqual({ Outstanding: 165, Overdue: 55 });
  });
});
