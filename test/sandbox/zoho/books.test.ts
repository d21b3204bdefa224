import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedZoho, serveZoho } from './served-zoho.ts';

let served: ServedZoho;
let ids: { customer: string; project: string; travel: string; bank: string; gst: string };
beforeEach(async () => {
  served = await serveZoho();
  const { desk } = served.books;
  const customer = desk.create('contacts', { contact_name: 'Acme' });
  ids = {
    customer,
    project: desk.create('projects', { project_name: 'Engine', customer_id: customer }),
    travel: desk.create('accounts', { account_name: 'Travel Expense' }),
    bank: desk.create('accounts', { account_name: 'Bank', account_type: 'bank' }),
    gst: desk.create('taxes', { tax_name: 'GST', tax_percentage: '10' }),
  };
});
afterEach(() => served.close());

function spend(values: object = {}): string {
  return served.books.desk.create('expenses', {
    date: '2026-10-01',
    account_id: ids.travel,
    amount: '19.99',
    tax_id: ids.gst,
    project_id: ids.project,
    ...values,
  });
}

describe('expenses', () => {
  test('are listed without their project; the detail names it', async () => {
    const id = spend({ is_billable: true, paid_through_account_id: ids.bank, description: 'Taxi' });

    const { body: list } = await served.ledger('/expenses');
    const { body: detail } = await served.ledger(`/expenses/${id}`);

    const [row] = Object(list).expenses;
    expect(row).not.toHaveProperty('project_id');
    expect(row).not.toHaveProperty('line_items');
    expect(row).toMatchObject({
      expense_id: id,
      account_name: 'Travel Expense',
      total: 21.99,
      total_without_tax: 19.99,
      currency_code: 'AUD',
      customer_id: ids.customer,
      customer_name: 'Acme',
      is_billable: true,
      status: 'unbilled',
      last_modified_time: '2026-11-02T19:00:00+1100',
    });
    expect(detail).toMatchObject({
      code: 0,
      message: 'success',
      expense: {
        project_id: ids.project,
        project_name: 'Engine',
        paid_through_account_id: ids.bank,
        invoice_id: '',
        expense_receipt_name: '',
        line_items: [{ account_id: ids.travel, amount: 19.99, tax_id: ids.gst, tax_percentage: 10 }],
      },
    });
  });

  test('are not narrowed by a project, nor by a time of change unless it is known to work', async () => {
    spend();
    const since = `/expenses?last_modified_time=${encodeURIComponent('2027-01-01T00:00:00+0000')}`;
    const count = async (path: string) => Object((await served.ledger(path)).body).expenses.length;

    expect(await count('/expenses?project_id=1')).toBe(1);
    expect(await count(since)).toBe(1);
    served.books.actions.settings?.run({ sinceFilter: 'honoured' });
    expect(await count(since)).toBe(0);
  });

  test('come sorted by their last change where that is asked for', async () => {
    const [first, second] = [spend(), spend()];
    served.world.clock.advance(60_000);
    served.books.desk.edit('expenses', first, { description: 'late' });
    const sorted = async (order: string) => {
      const { body } = await served.ledger(`/expenses?sort_column=last_modified_time&sort_order=${order}`);
      return Object(body).expenses.map((row: { expense_id: string }) => row.expense_id);
    };

    expect(await sorted('D')).toEqual([first, second]);
    expect(await sorted('A')).toEqual([second, first]);
  });

  test('contain their tax or have it added, to the cent, line by line', async () => {
    const lines = [
      { account_id: ids.travel, amount: '0.05', tax_id: ids.gst },
      { account_id: ids.travel, amount: '0.05', tax_id: ids.gst },
    ];
    const added = spend({ line_items: lines });
    const contained = spend({ line_items: lines, is_inclusive_tax: true });
    const totals = async (id: string) => {
      const { sub_total, tax_amount, total, account_name } = Object(
        Object((await served.ledger(`/expenses/${id}`)).body).expense,
      );
      return { sub_total, tax_amount, total, account_name };
    };

    expect(await totals(added)).toEqual({
      sub_total: 0.1,
      tax_amount: 0.02,
      total: 0.12,
      account_name: 'Split',
    });
    expect(await totals(contained)).toEqual({
      sub_total: 0.1,
      tax_amount: 0,
      total: 0.1,
      account_name: 'Split',
    });
  });

  test('hand over their receipt, or have none', async () => {
    const id = spend();
    const none = await served.ledger(`/expenses/${id}/receipt`);
    const receipt = { fileName: 'r.pdf', contentType: 'application/pdf', base64: btoa('%PDF') };
    served.books.actions['attach-receipt']?.run({ expense: id, receipt });
    const found = await served.ledger(`/expenses/${id}/receipt`);

    expect(none.status).toBe(404);
    expect(Object(none.body).code).not.toBe(0);
    expect(found).toMatchObject({
      status: 200,
      text: '%PDF',
      headers: { 'content-type': 'application/pdf' },
    });
  });

  test('are recorded with 201 and the vendor’s sentence', async () => {
    const path = `/zoho-books/books/v3/expenses?organization_id=${served.books.books.organisation.id}`;

    const answer = await served.call('POST', path, {
      body: { date: '2026-10-01', account_id: ids.travel, amount: 12.5 },
    });

    expect(answer).toMatchObject({
      status: 201,
      body: {
        code: 0,
        message: 'The expense has been recorded.',
        expense: { total: 12.5, status: 'nonbillable' },
      },
    });
  });

  test('are invoiced by an invoice made in the books, until it is deleted', async () => {
    const id = spend({ is_billable: true });
    const { desk } = served.books;
    const invoice = desk.create('invoices', {
      date: '2026-10-05',
      customer_id: ids.customer,
      line_items: [
        { rate: '19.99', quantity: '1.5', account_id: ids.travel, tax_id: ids.gst, expense_id: id },
      ],
    });
    const billed = Object((await served.ledger(`/expenses/${id}`)).body).expense;
    const { body } = await served.ledger(`/invoices/${invoice}`);
    desk.remove('invoices', invoice);
    const freed = Object((await served.ledger(`/expenses/${id}`)).body).expense;

    expect(billed).toMatchObject({ status: 'invoiced', invoice_id: invoice });
    expect(body).toMatchObject({
      invoice: {
        invoice_number: 'INV-000001',
        customer_name: 'Acme',
        line_items: [{ rate: 19.99, quantity: 1.5, item_total: 29.99, expense_id: id }],
        sub_total: 29.99,
        tax_total: 3,
        total: 32.99,
      },
    });
    expect(freed).toMatchObject({ status: 'unbilled', invoice_id: '' });
  });
});

describe('the books', () => {
  test('page by two hundred and say whether there is more', async () => {
    for (let n = 0; n < 201; n++) spend();
    const first = Object((await served.ledger('/expenses?per_page=500')).body);
    const second = Object((await served.ledger('/expenses?page=2')).body);

    expect(first.expenses).toHaveLength(200);
    expect(first.page_context).toMatchObject({ page: 1, per_page: 200, has_more_page: true });
    expect(second.expenses).toHaveLength(1);
    expect(second.page_context).toMatchObject({ page: 2, has_more_page: false });
  });

  test.each(['/contacts', '/projects', '/invoices', '/settings/taxes', '/chartofaccounts'])(
    'list %s',
    async (path) => {
      expect(await served.ledger(path)).toMatchObject({
        status: 200,
        body: { code: 0, page_context: { page: 1 } },
      });
    },
  );

  test('need to be told the organisation', async () => {
    const answer = await served.call('GET', '/zoho-books/books/v3/expenses');
    const other = await served.call('GET', '/zoho-books/books/v3/organizations');

    expect(answer.status).toBe(400);
    expect(Object(answer.body).code).not.toBe(0);
    expect(other).toMatchObject({ status: 200, body: { organizations: [{ organization_id: '800018022' }] } });
  });

  test('refuse with a code that is not 0, with HTTP 200 where it must be', async () => {
    const usual = await served.ledger('/expenses/1');
    served.books.actions.settings?.run({ errorsAs200: true });
    const other = await served.ledger('/expenses/1');

    expect([usual.status, other.status]).toEqual([404, 200]);
    expect(usual.body).toEqual({ code: 1002, message: 'Expense does not exist.' });
    expect(other.body).toEqual(usual.body);
  });

  test('answer a hundred calls a minute and say what is left of the day', async () => {
    const first = await served.ledger('/projects');
    for (let n = 1; n < 100; n++) await served.ledger('/projects');
    const refused = await served.ledger('/projects');
    served.world.clock.advance(60_000);

    expect(first.headers).toMatchObject({ 'x-rate-limit-limit': '10000', 'x-rate-limit-remaining': '9999' });
    expect(refused).toMatchObject({ status: 429, body: { code: 44 }, headers: { 'retry-after': '60' } });
    expect((await served.ledger('/projects')).status).toBe(200);
  });

  test('answer so many calls a day', async () => {
    served.books.actions.settings?.run({ perDay: 1 });
    await served.ledger('/projects');

    expect(await served.ledger('/projects')).toMatchObject({ status: 429, body: { code: 45 } });
    served.world.clock.advance(86_400_000);
    served.accounts.reset();
    expect((await served.ledger('/projects')).status).toBe(200);
  });

  test('keep a customer that a transaction names', () => {
    expect(() => served.books.desk.remove('contacts', ids.customer)).toThrow('is used by');
  });
});
