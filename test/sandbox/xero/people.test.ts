import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { seedXero } from '../../../sandbox/xero/seed/seed-xero.ts';
import { pick, read, salesInvoice, write } from './invoice-calls.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

const PAGE = { limit: 100, offset: 0 };
let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

describe('people at the simulated Xero’s screens', () => {
  test('edit a draft, and the API shows what they did', async () => {
    const { invoice } = await write(served, salesInvoice({ Status: 'DRAFT', InvoiceNumber: 'ZP-1' }));
    served.world.clock.advance(60_000);

    served.xero.actions['edit-invoice']?.run({
      invoice: 'ZP-1',
      values: { Reference: 'By hand', DueDate: '2026-12-24' },
    });

    const edited = await read(served, invoice);
    expect(pick(edited, 'Reference', 'DueDateString', 'UpdatedDateUTC')).toEqual({
      Reference: 'By hand',
      DueDateString: '2026-12-24T00:00:00',
      UpdatedDateUTC: '/Date(1793606460000+0000)/',
    });
  });

  test('authorise, void and delete, by the same rules as the API', async () => {
    await write(served, salesInvoice({ Status: 'DRAFT', InvoiceNumber: 'ZP-1' }));
    const { actions, desk } = served.xero;

    actions.authorise?.run({ invoice: 'ZP-1' });
    expect(() => actions['delete-invoice']?.run({ invoice: 'ZP-1' })).toThrow(
      'Invoice not of valid status for modification',
    );
    actions.void?.run({ invoice: 'ZP-1' });

    expect(desk.list('invoices', PAGE).records.map(({ Status }) => Status)).toEqual(['VOIDED']);
  });

  test('make, change and remove records', () => {
    const { desk } = served.xero;
    const id = desk.create('contacts', { Name: 'Acme' });
    desk.edit('contacts', id, { EmailAddress: 'a@acme.test' });
    desk.remove('contacts', id);

    const { total, records } = desk.list('contacts', { ...PAGE, ids: [id] });
    expect([total, pick(records[0] ?? {}, 'Name', 'EmailAddress', 'ContactStatus')]).toEqual([
      1,
      { Name: 'Acme', EmailAddress: 'a@acme.test', ContactStatus: 'ARCHIVED' },
    ]);
    expect(() => desk.list('nothing', PAGE)).toThrow('No collection nothing');
    expect(() => desk.create('history', {})).toThrow('history cannot be written');
  });

  test('each organisation has records of its own', async () => {
    const two = await serveXero({ regions: ['AU', 'UK'] });
    const [, british = ''] = two.xero.tenantIds;

    two.xero.desk.create(`${british}/contacts`, { Name: 'Acme' });

    expect([
      two.xero.desk.list('contacts', PAGE).total,
      two.xero.desk.list(`${british}/contacts`, PAGE).total,
    ]).toEqual([0, 1]);
  });
});

describe('the simulated Xero as a whole', () => {
  test('the same seed fills it alike', async () => {
    const other = await serveXero();
    seedXero(served.xero.books(), { seed: 7 });
    seedXero(other.xero.books(), { seed: 7 });

    expect(other.xero.snapshot()).toEqual(served.xero.snapshot());
  });

  test('seeded invoices add up, and employees work where there is payroll', async () => {
    const us = await serveXero({ regions: ['US'] });

    const manifest = seedXero(served.xero.books(), { contacts: 40, invoices: 10, lines: 5, employees: 6 });
    const american = seedXero(us.xero.books(), { invoices: 1 });

    expect([
      manifest.contacts.length,
      manifest.invoices.length,
      manifest.employees.length,
      american.employees,
    ]).toEqual([40, 10, 6, []]);
  });

  test('a snapshot brings back everything, ids to come included', async () => {
    seedXero(served.xero.books(), { invoices: 3 });
    await write(served, salesInvoice({ InvoiceNumber: 'ZP-1' }));
    served.xero.actions['lock-dates']?.run({ period: '2026-01-31' });
    const saved = structuredClone(served.xero.snapshot());
    const next = (await write(served, salesInvoice())).invoice.InvoiceID;

    served.xero.reset();
    expect(served.xero.desk.list('invoices', PAGE).total).toBe(0);
    served.xero.restore(saved);

    expect(served.xero.snapshot()).toEqual(saved);
    expect((await write(served, salesInvoice())).invoice.InvoiceID).toBe(next);
  });

  test('a reading call changes no id of what is made later', async () => {
    const other = await serveXero();
    await served.call('GET', '/api.xro/2.0/Accounts');

    const [one, two] = [await write(served, salesInvoice()), await write(other, salesInvoice())];

    expect(one.invoice.InvoiceID).toBe(two.invoice.InvoiceID);
  });

  test('faults speak Xero’s own language', async () => {
    const strike = async (effect: object): Promise<unknown[]> => {
      served.world.faults.add(Object({ system: 'xero', effect }));
      const { status, headers, body } = await served.call('GET', '/api.xro/2.0/Organisation');
      return [status, headers['retry-after'], Object(body).Title ?? body];
    };

    expect([
      await strike({ kind: 'throttle', retryAfterS: 30 }),
      await strike({ kind: 'status', status: 500 }),
      await strike({ kind: 'status', status: 503 }),
      await strike({ kind: 'expire-token' }),
    ]).toEqual([
      [429, '30', ''],
      [500, undefined, 'An error occurred'],
      [503, undefined, expect.stringContaining('offline')],
      [401, undefined, 'Unauthorized'],
    ]);
  });
});

describe('Xero in the sandbox', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  test('is reached at its connection, and administered like the others', async () => {
    const { baseUrl, accessToken, tenantId } = sandbox.connections.xero;
    sandbox.admin.create('xero', 'contacts', { Name: 'Acme' });
    sandbox.admin.act('xero', 'archive-account', { code: '203' });

    const answer = await fetch(`${baseUrl}/api.xro/2.0/Contacts`, {
      headers: {
        authorization: `Bearer ${accessToken}`,
        'xero-tenant-id': tenantId,
        accept: 'application/json',
      },
    });

    const { Contacts } = Object(await answer.json());
    expect([Contacts.length, sandbox.world.calls.total('xero', 'contacts.list')]).toEqual([1, 1]);
  });

  test('a lost answer leaves one invoice: the key repeats it within its lifetime', async () => {
    const { baseUrl, accessToken, tenantId } = sandbox.connections.xero;
    const put = (): Promise<Response> =>
      fetch(`${baseUrl}/api.xro/2.0/Invoices`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'xero-tenant-id': tenantId,
          accept: 'application/json',
          'content-type': 'application/json',
          'idempotency-key': 'k1',
        },
        body: JSON.stringify(salesInvoice({ InvoiceNumber: 'ZP-1' })),
      });
    sandbox.admin.addFault({ system: 'xero', operation: 'invoices.create', effect: { kind: 'drop-after' } });

    await expect(put()).rejects.toThrow();
    const again = await put();

    expect([again.status, sandbox.xero.books().invoices.size]).toEqual([200, 1]);
  });
});
