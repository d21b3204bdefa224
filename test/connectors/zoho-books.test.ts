import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { all, openZohoAccount, stageBooks, type ZohoAccount } from './zoho-account.ts';

const MINUTE_MS = 60_000;

let sandbox: Sandbox;
let account: ZohoAccount;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  account = openZohoAccount(sandbox);
});
afterEach(() => account.close());

const create = (collection: string, values: Record<string, unknown>) =>
  sandbox.admin.create('zoho-books', collection, values);
const act = (action: string, input: unknown) => sandbox.admin.act('zoho-books', action, input);
const now = () => sandbox.world.clock.now();
const later = (ms: number) => sandbox.admin.clock({ advanceMs: ms });

describe('invoices', () => {
  const line = (values: Record<string, unknown>) => ({ name: 'Work', description: 'July', ...values });

  test('come with lines, taxes and totals, all of them exact', async () => {
    const { customer, project, sales, gst } = stageBooks(sandbox);
    const id = create('invoices', {
      status: 'overdue',
      date: '2026-07-04',
      due_date: '2026-08-04',
      customer_id: customer,
      project_id: project,
      reference_number: 'PO 9',
      line_items: [line({ rate: '150.1234', quantity: '2.3333', account_id: sales, tax_id: gst })],
    });

    const [invoice] = await all(account.books.invoices(undefined));

    expect(invoice).toEqual({
      id,
      number: 'INV-000001',
      status: 'open',
      customerId: customer,
      customerName: 'Acme Pty Ltd',
      date: '2026-07-04',
      dueDate: '2026-08-04',
      currency: 'AUD',
      reference: 'PO 9',
      lineAmounts: 'exclusive',
      lines: [
        {
          id: expect.any(String),
          description: 'Work\nJuly',
          quantity: '2.3333',
          unitAmount: '150.1234',
          amount: '350.28',
          account: 'Sales',
          taxId: gst,
          booksProjectId: project,
        },
      ],
      subTotal: '350.28',
      totalTax: '35.03',
      total: '385.31',
      modifiedAt: now(),
    });
  });

  test('with prices that include tax have line amounts that do', async () => {
    const { customer, sales, gst } = stageBooks(sandbox);
    create('invoices', {
      date: '2026-07-04',
      customer_id: customer,
      is_inclusive_tax: true,
      line_items: [line({ rate: '110', quantity: '1', account_id: sales, tax_id: gst })],
    });
    const [invoice] = await all(account.books.invoices(undefined));
    expect(invoice).toMatchObject({
      lineAmounts: 'inclusive',
      subTotal: '100',
      totalTax: '10',
      total: '110',
    });
    expect(invoice?.lines.map(({ amount }) => amount)).toEqual(['110']);
  });

  test('of every status are read, those unchanged since are not', async () => {
    const { customer, sales } = stageBooks(sandbox);
    const values = {
      date: '2026-07-04',
      customer_id: customer,
      line_items: [line({ rate: '1', account_id: sales })],
    };
    create('invoices', values);
    later(MINUTE_MS);
    const since = now();
    for (const status of ['draft', 'sent', 'paid', 'void']) create('invoices', { ...values, status });

    const read = await all(account.books.invoices(since));

    expect(read.map(({ status }) => status)).toEqual(['void', 'paid', 'open', 'draft']);
    expect(account.calls()['invoices.get']).toBe(4);
  });
});

describe('what an account map is drafted from', () => {
  test('projects, customers, accounts and taxes are listed', async () => {
    const { customer, project, travel, gst } = stageBooks(sandbox);

    expect(await all(account.books.projects())).toEqual([
      { id: project, name: 'Website', customerId: customer, customerName: 'Acme Pty Ltd' },
    ]);
    expect(await all(account.books.customers())).toEqual([
      { id: customer, name: 'Acme Pty Ltd', email: 'ap@acme.test' },
    ]);
    expect(await account.books.categories()).toContainEqual({ id: travel, name: 'Travel', type: 'expense' });
    expect(await account.books.taxes()).toEqual([{ id: gst, name: 'GST', percentage: '10' }]);
  });
});

describe('limits and sign-in', () => {
  test('the day used up is waited out beyond any patience', async () => {
    act('settings', { perDay: 1 });
    await all(account.books.customers()).catch(() => undefined);
    await expect(account.books.taxes()).rejects.toMatchObject({ class: 'Throttled' });
  });

  test.each([[false], [true]])('a bad token is renewed, errors as 200: %s', async (errorsAs200) => {
    stageBooks(sandbox);
    act('settings', { errorsAs200 });
    sandbox.admin.act('zoho-accounts', 'expire-tokens', {});
    expect(await all(account.books.customers())).toHaveLength(1);
  });

  test('an organisation that the account does not have is told with those it has', async () => {
    const source = createZohoBooksConnector({
      client: account.booksClient.client,
      organisation: 'Other Ltd',
    });
    await expect(source.taxes()).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
      message: 'Zoho Books has no organisation Other Ltd for this account; it has Stackbridge Sandbox',
    });
  });
});
