import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
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

describe('expenses', () => {
  test('come with project, totals, tax, payment and receipt of their detail', async () => {
    const { customer, vendor, project, travel, bank, gst } = stageBooks(sandbox);
    const id = create('expenses', {
      date: '2026-07-03',
      account_id: travel,
      amount: '110.00',
      is_inclusive_tax: true,
      tax_id: gst,
      description: 'Train to Geelong',
      reference_number: 'R-77',
      is_billable: true,
      project_id: project,
      vendor_id: vendor,
      paid_through_account_id: bank,
    });
    const receipt = { fileName: 'ticket.PDF', contentType: 'application/pdf', base64: '/9j/4AD/' };
    act('attach-receipt', { expense: id, receipt });

    expect(await all(account.books.expenses(undefined))).toEqual([
      {
        id,
        booksProjectId: project,
        projectName: 'Website',
        date: '2026-07-03',
        category: 'Travel',
        description: 'Train to Geelong',
        reference: 'R-77',
        currency: 'AUD',
        total: '110',
        totalWithoutTax: '100',
        taxId: gst,
        billable: true,
        customerId: customer,
        customerName: 'Acme Pty Ltd',
        vendorId: vendor,
        vendorName: 'Rail',
        paidThrough: 'Visa',
        receipt: { fileName: 'ticket.PDF', contentType: 'application/pdf' },
        modifiedAt: now(),
      },
    ]);
    expect(await account.books.receipt(id)).toEqual({ contentType: 'application/pdf', base64: '/9j/4AD/' });
  });

  test('are listed with what people know them by, and only as far back as somebody asks', async () => {
    const { travel, gst } = stageBooks(sandbox);
    const values = { date: '2026-07-03', account_id: travel, amount: '110.00', tax_id: gst };
    const old = create('expenses', values);
    later(60 * MINUTE_MS);
    const id = create('expenses', {
      ...values,
      is_inclusive_tax: true,
      description: 'Train',
      is_billable: false,
    });

    const listed = await all(account.books.recentExpenses(now()));

    expect(listed).toEqual([
      {
        id,
        number: '',
        modifiedAt: now(),
        says: expect.stringContaining('Train'),
        date: '2026-07-03',
        category: 'Travel',
        description: 'Train',
        reference: '',
        currency: 'AUD',
        total: '110',
        totalWithoutTax: '100',
        billable: false,
      },
    ]);
    expect((await all(account.books.listedExpenses())).map((one) => one.id)).toEqual(
      expect.arrayContaining([old, id]),
    );
  });

  test('without a receipt, or deleted since, have none', async () => {
    const { travel } = stageBooks(sandbox);
    const id = create('expenses', { date: '2026-07-03', account_id: travel, amount: '5' });
    expect(await Promise.all([account.books.receipt(id), account.books.receipt('123')])).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('of several accounts have all their names for a category', async () => {
    const { travel, meals, gst } = stageBooks(sandbox);
    const line_items = [
      { account_id: travel, amount: '10.10', tax_id: gst },
      { account_id: meals, amount: '20' },
    ];
    create('expenses', { date: '2026-07-03', line_items });

    const [expense] = await all(account.books.expenses(undefined));

    expect(expense).toMatchObject({
      category: 'Travel + Meals',
      taxId: gst,
      totalWithoutTax: '30.1',
      total: '31.11',
    });
  });

  test('on an invoice of the books say so', async () => {
    const { customer, travel, sales } = stageBooks(sandbox);
    const expense = create('expenses', { date: '2026-07-03', account_id: travel, amount: '5' });
    const invoice = create('invoices', {
      date: '2026-07-04',
      customer_id: customer,
      line_items: [{ rate: '5', account_id: sales, expense_id: expense }],
    });
    expect((await all(account.books.expenses(undefined))).map(({ invoiceId }) => invoiceId)).toEqual([
      invoice,
    ]);
    const [read] = await all(account.books.invoices(undefined));
    expect(read?.lines.map(({ expenseId }) => expenseId)).toEqual([expense]);
  });

  test('cost a call each only where they were modified since', async () => {
    const { travel } = stageBooks(sandbox);
    const values = { date: '2026-07-03', account_id: travel, amount: '5' };
    const old = Array.from({ length: 250 }, () => create('expenses', values));
    later(MINUTE_MS);
    const since = now();
    const fresh = create('expenses', values);
    later(MINUTE_MS);
    sandbox.admin.edit('zoho-books', 'expenses', old[0] ?? '', { description: 'Edited' });

    const read = await all(account.books.expenses(since));

    expect(read.map(({ id }) => id)).toEqual([old[0], fresh]);
    expect(account.calls()).toEqual({ 'organizations.list': 1, 'expenses.list': 1, 'expenses.get': 2 });
  });

  test('that are not wanted by day or charge cost no call', async () => {
    const { travel } = stageBooks(sandbox);
    const values = { account_id: travel, amount: '5' };
    create('expenses', { ...values, date: '2026-06-30', is_billable: true });
    create('expenses', { ...values, date: '2026-07-01' });
    const wanted = create('expenses', { ...values, date: '2026-07-01', is_billable: true });

    const read = await all(account.books.expenses(undefined, { from: '2026-07-01', billable: true }));

    expect(read.map(({ id }) => id)).toEqual([wanted]);
    expect(account.calls()['expenses.get']).toBe(1);
  });

  test('deleted while they are read are left out', async () => {
    const { travel } = stageBooks(sandbox);
    const [gone, stays] = [1, 2].map(() =>
      create('expenses', { date: '2026-07-03', account_id: travel, amount: '5' }),
    );
    sandbox.admin.addFault({
      system: 'zoho-books',
      operation: 'expenses.get',
      path: `/expenses/${gone}`,
      effect: { kind: 'status', status: 404 },
    });
    expect((await all(account.books.expenses(undefined))).map(({ id }) => id)).toEqual([stays]);
  });
});
