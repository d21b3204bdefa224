import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { createXeroPayroll } from '@stackbridge/shared-mappers/connectors/xero/payroll.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import type { DesiredDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type {
  AccountingTarget,
  DocumentResult,
} from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { xeroClientOf } from '../support/xero-connection.ts';
import { invoice, LINE } from './xero-client.ts';

let sandbox: Sandbox;
let http: PooledHttp;
let xero: AccountingTarget;
let contactId: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.world.calls.recording = true;
  http = createHttp();
  xero = createXeroConnector(organisation().client);
  const [made] = await xero.createContacts([{ name: 'Acme', number: 'ZC-1' }]);
  contactId = made?.outcome === 'written' ? made.contact.id : '';
});
afterEach(async () => {
  await http.close();
  await sandbox.close();
});

const desired = (number: string, changed: Partial<DesiredDocument> = {}): DesiredDocument =>
  invoice(number, { contactId, ...changed });
const create = (number: string, changed: Partial<DesiredDocument> = {}) =>
  ({ action: 'create', document: desired(number, changed) }) as const;
const heldOf = (result: DocumentResult | undefined) => {
  if (result?.outcome !== 'written') throw new Error(`Not written: ${result?.error.message}`);
  return result.held;
};
const short = (results: readonly DocumentResult[]): string[] =>
  results.map((result) =>
    result.outcome === 'written' ? 'written' : `${result.outcome} ${result.error.code}`,
  );
const invoicesHeld = (): number => sandbox.admin.records('xero', 'invoices').total;
const fault = (
  method: string,
  path: string,
  effect: Parameters<typeof sandbox.admin.addFault>[0]['effect'],
) => sandbox.admin.addFault({ system: 'xero', method, path, effect });

test('the chart is read whole in five calls', async () => {
  sandbox.admin.act('xero', 'lock-dates', { period: '2026-09-30' });
  const before = calls();

  const chart = await xero.chart();

  expect(calls() - before).toBe(5);
  expect(chart.organisation).toMatchObject({
    name: 'Demo Company (AU)',
    country: 'AU',
    baseCurrency: 'AUD',
    periodLockDate: '2026-09-30',
  });
  expect(chart.accounts.find(({ code }) => code === '200')).toMatchObject({
    name: 'Sales',
    active: true,
    class: 'revenue',
    taxType: 'OUTPUT',
    isSystem: false,
  });
  expect(chart.taxRates.find(({ taxType }) => taxType === 'OUTPUT')).toMatchObject({
    effectiveRate: '10',
    appliesTo: ['asset', 'equity', 'liability', 'revenue'],
  });
  expect(chart.tracking.map(({ name }) => name)).toEqual(['Region', 'Department']);
  expect(chart.currencies).toContain('AUD');
});

describe('a sales invoice', () => {
  test('is made as it was asked for, to the cent, and found again by number and id', async () => {
    const held = heldOf((await xero.write('sales-invoice', [create('ZP-1')]))[0]);

    expect(held).toMatchObject({
      number: 'ZP-1',
      status: 'draft',
      contactId,
      date: '2026-11-02',
      dueDate: '2026-11-16',
      reference: 'Kitchen, phase 1',
      subTotal: '350.28',
      totalTax: '35.03',
      total: '385.31',
      lines: [
        {
          quantity: '2.3333',
          unitAmount: '150.1234',
          amount: '350.28',
          taxAmount: '35.03',
          tracking: [{ category: 'Region', option: 'North' }],
        },
      ],
    });
    expect(await xero.documentsByNumber('sales-invoice', ['ZP-1', 'ZP-2'])).toEqual([held]);
    expect(await xero.documentsById('sales-invoice', [held.id])).toEqual([held]);
    expect(await xero.documentsByNumber('bill', ['ZP-1'])).toEqual([]);
  });

  test('that is refused is refused alone', async () => {
    const lines = [{ ...LINE, accountCode: '999' }];

    const results = await xero.write('sales-invoice', [
      create('ZP-1'),
      create('ZP-2', { lines }),
      create('ZP-3', { currency: 'JPY' }),
      create('ZP-4', { lines: [{ ...LINE, taxType: 'INPUT' }] }),
      create('ZP-5', { lines: [{ ...LINE, amount: '350.29' }] }),
      create('ZP-6'),
    ]);

    expect(short(results)).toEqual([
      'written',
      'refused ACCOUNT_UNUSABLE',
      'refused CURRENCY_NOT_SUBSCRIBED',
      'refused TAX_NOT_ALLOWED',
      'refused TOTAL_DIFFERS',
      'written',
    ]);
  });

  test('in a locked period, or of an archived contact, is refused with what to mend', async () => {
    sandbox.admin.act('xero', 'lock-dates', { period: '2026-11-02' });
    const locked = await xero.write('sales-invoice', [create('ZP-1')]);
    sandbox.admin.act('xero', 'lock-dates', { period: null });
    sandbox.admin.act('xero', 'archive-contact', { contact: contactId });
    sandbox.world.clock.advance(60_000);
    const archived = await xero.write('sales-invoice', [create('ZP-1')]);

    expect([...short(locked), ...short(archived)]).toEqual([
      'refused PERIOD_LOCKED',
      'refused CONTACT_UNUSABLE',
    ]);
  });

  test('with a number that is taken is not updated by a create', async () => {
    await xero.write('sales-invoice', [create('ZP-1')]);
    sandbox.world.clock.advance(7 * 60_000);

    const results = await xero.write('sales-invoice', [create('ZP-1', { reference: 'Another' })]);

    expect(short(results)).toEqual(['refused DOCUMENT_UNKNOWN']);
    expect(await xero.documentsByNumber('sales-invoice', ['ZP-1'])).toMatchObject([
      { reference: 'Kitchen, phase 1' },
    ]);
  });

  test.each(['drop-before', 'drop-after'] as const)(
    'whose create gets no answer (%s) is there once',
    async (kind) => {
      fault('PUT', '/Invoices', { kind });

      const results = await xero.write('sales-invoice', [create('ZP-1'), create('ZP-2')]);

      expect(short(results)).toEqual(['written', 'written']);
      expect(invoicesHeld()).toBe(2);
    },
  );

  test('whose create gets no answer twice is there once', async () => {
    sandbox.admin.addFault({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      times: 2,
      effect: { kind: 'drop-before' },
    });

    expect(short(await xero.write('sales-invoice', [create('ZP-1')]))).toEqual(['uncertain NO_ANSWER']);
    expect(short(await xero.write('sales-invoice', [create('ZP-1')]))).toEqual(['written']);
    expect(invoicesHeld()).toBe(1);
  });

  test('whose create meets a server error is made by another try', async () => {
    fault('PUT', '/Invoices', { kind: 'status', status: 500 });

    expect(short(await xero.write('sales-invoice', [create('ZP-1')]))).toEqual(['written']);
    expect(invoicesHeld()).toBe(1);
  });

  test('is made with a new token where the old one has ended', async () => {
    sandbox.xero.auth.expireAccessTokens();

    expect(short(await xero.write('sales-invoice', [create('ZP-1')]))).toEqual(['written']);
  });

  test('still a draft is updated, and its lines that go on keep their ids', async () => {
    const held = heldOf((await xero.write('sales-invoice', [create('ZP-1')]))[0]);
    const document = desired('ZP-1', {
      lines: [{ ...LINE, description: 'Workshop' }, LINE],
      reference: 'New',
    });

    const updated = heldOf(
      (await xero.write('sales-invoice', [{ action: 'update', id: held.id, document, held }]))[0],
    );

    expect(updated).toMatchObject({ id: held.id, reference: 'New', total: '770.62' });
    expect(updated.lines.map(({ description }) => description)).toEqual(['Workshop', 'Design, 2:20 h']);
    expect(updated.lines[1]?.id).toBe(held.lines[0]?.id);
  });

  test('that a person authorised, edited or voided since is left alone', async () => {
    const results = await xero.write(
      'sales-invoice',
      ['ZP-1', 'ZP-2', 'ZP-3'].map((number) => create(number)),
    );
    const helds = results.map(heldOf);
    sandbox.admin.act('xero', 'authorise', { invoice: 'ZP-1' });
    sandbox.admin.act('xero', 'edit-invoice', { invoice: 'ZP-2', values: { Reference: 'Mine' } });
    sandbox.admin.act('xero', 'delete-invoice', { invoice: 'ZP-3' });
    const writes = calls('POST');

    const updates = helds.map((held) => {
      const document = desired(held.number, { reference: 'Ours' });
      return { action: 'update', id: held.id, document, held } as const;
    });

    expect(short(await xero.write('sales-invoice', updates))).toEqual([
      'refused DOCUMENT_CLOSED',
      'refused DOCUMENT_CHANGED_BY_PERSON',
      'refused DOCUMENT_VOIDED',
    ]);
    expect(calls('POST')).toBe(writes);
  });
});

test('a thousand invoices are made in 20 calls, within the minute’s 60', async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => `ZP-${index}`);
  const before = calls();

  expect(await xero.documentsByNumber('sales-invoice', numbers)).toEqual([]);
  const results = await xero.write(
    'sales-invoice',
    numbers.map((number) => create(number)),
  );

  expect(new Set(short(results))).toEqual(new Set(['written']));
  expect(calls('PUT', '/Invoices')).toBe(20);
  expect(calls() - before).toBe(30);
});

test('a day’s quota that is used up ends the work at once', async () => {
  sandbox.admin.act('xero', 'use-up-calls', { day: 0 });
  sandbox.admin.act('xero', 'settings', { limitSpelling: 'words' });

  await expect(xero.write('sales-invoice', [create('ZP-1')])).rejects.toMatchObject({
    code: 'QUOTA_USED_UP',
    context: { retryAfterMs: expect.any(Number) },
  });
});

test('a minute’s quota that others used up is waited for', async () => {
  const { client, slept } = organisation();
  sandbox.admin.act('xero', 'use-up-calls', { minute: 0 });

  expect(short(await createXeroConnector(client).write('sales-invoice', [create('ZP-1')]))).toEqual([
    'written',
  ]);
  expect(slept.length).toBeGreaterThan(0);
});

describe('an expense', () => {
  const lines = [{ ...LINE, accountCode: '493', taxType: 'INPUT' }];

  test('owed is a bill, with its receipt, marked for rebilling once', async () => {
    const bill = { kind: 'bill', lines } as const;
    const held = heldOf((await xero.write('bill', [create('ZB-1', bill)]))[0]);
    const [lineHeld] = held.lines;
    const receipt = {
      fileName: 'taxi 1.pdf',
      contentType: 'application/pdf',
      base64: btoa('%PDF-1.7 \u00ff\u0000'),
    };

    await xero.attach('bill', held.id, receipt);
    await xero.linkForRebilling(held, lineHeld?.id ?? '', contactId);
    await xero.linkForRebilling(held, lineHeld?.id ?? '', contactId);
    await xero.addHistory('bill', held.id, 'Made by Stackbridge from expense 1');

    expect(held).toMatchObject({ kind: 'bill', number: 'ZB-1', reference: '', total: '385.31' });
    expect(await xero.attachments('bill', held.id)).toEqual(['taxi 1.pdf']);
    expect(sandbox.admin.records('xero', 'attachments').records).toMatchObject([{ Content: receipt.base64 }]);
    expect(sandbox.admin.records('xero', 'linkedTransactions').total).toBe(1);
    expect(await xero.documentsByNumber('bill', ['ZB-1'])).toMatchObject([{ hasAttachments: true }]);
  });

  test('paid by card is spend money, found again among what is dated then', async () => {
    const card = (await xero.chart()).accounts.find(({ type, code }) => type === 'BANK' && code === '');
    const { dueDate: _none, ...rest } = desired('ZB-2');
    const document: DesiredDocument = {
      ...rest,
      kind: 'spend-money',
      status: 'authorised',
      bankAccountId: card?.id ?? '',
      lines,
    };

    fault('PUT', '/BankTransactions', { kind: 'drop-after' });
    const held = heldOf((await xero.write('spend-money', [{ action: 'create', document }]))[0]);

    expect(held).toMatchObject({
      number: 'ZB-2',
      reference: 'Kitchen, phase 1',
      status: 'authorised',
      subTotal: '350.28',
      total: '385.31',
    });
    expect(await xero.documentsById('spend-money', [held.id])).toEqual([held]);
    expect(sandbox.admin.records('xero', 'bankTransactions').total).toBe(1);
    const update = { action: 'update', id: held.id, document } as const;
    expect(short(await xero.write('spend-money', [update]))).toEqual(['refused DOCUMENT_CLOSED']);
  });
});

describe('contacts', () => {
  test('are found by number and by name, archived ones too', async () => {
    sandbox.admin.act('xero', 'archive-contact', { contact: contactId });

    const archived = { id: contactId, name: 'Acme', number: 'ZC-1', active: false };
    expect(await xero.contactsByNumber(['ZC-1', 'ZC-2'])).toEqual([archived]);
    expect(await xero.contactsByName(['ACME'])).toEqual([archived]);
  });

  test('whose name is taken are refused alone, and a lost answer makes none twice', async () => {
    fault('PUT', '/Contacts', { kind: 'drop-after' });

    const results = await xero.createContacts([
      { name: 'Beta', number: 'ZC-2' },
      { name: 'acme', number: 'ZC-3' },
    ]);

    expect(results).toMatchObject([
      { outcome: 'written', contact: { name: 'Beta' } },
      { outcome: 'refused', error: { code: 'REJECTED' } },
    ]);
    expect(sandbox.admin.records('xero', 'contacts').total).toBe(2);
  });

  test('without a number of ours are told apart by their names, also where the answer is lost', async () => {
    const wanted = [
      { name: 'Beta', number: '' },
      { name: 'Gamma', number: '' },
    ];
    fault('PUT', '/Contacts', { kind: 'drop-after' });

    const results = await xero.createContacts(wanted);

    const made = results.map((result) => result.outcome === 'written' && result.contact);
    expect(made).toMatchObject(wanted);
    expect(await xero.contactsByName(['Beta', 'Gamma'])).toEqual(made);
    expect(sandbox.admin.records('xero', 'contacts').total).toBe(3);
  });

  test('that were merged, one into the next, stand for the last under their own names', async () => {
    const [beta, gamma] = await xero.createContacts([
      { name: 'Beta', number: 'ZC-2' },
      { name: 'Gamma', number: '' },
    ]);
    if (beta?.outcome !== 'written' || gamma?.outcome !== 'written') throw new Error('Not written');
    sandbox.admin.act('xero', 'merge-contacts', { contact: contactId, into: beta.contact.id });
    sandbox.admin.act('xero', 'merge-contacts', { contact: beta.contact.id, into: gamma.contact.id });

    const stand = { id: gamma.contact.id, active: true, merged: true };
    const acme = { ...stand, name: 'Acme', number: 'ZC-1' };
    expect(await xero.contactsByNumber(['ZC-1', 'ZC-2'])).toEqual([
      acme,
      { ...stand, name: 'Beta', number: 'ZC-2' },
    ]);
    expect(await xero.contactsByName(['Acme', 'Gamma'])).toEqual([acme, gamma.contact]);
  });
});

test('time goes onto a project once, whatever answers are lost', async () => {
  const projects = createXeroProjects(organisation().client);
  const [user] = await projects.users();
  const project = await projects.createProject({ name: 'Kitchen', contactId });
  const rate = { currency: 'AUD', value: '150.5' };
  const task = await projects.createTask({ projectId: project.id, name: 'Design', chargeType: 'time', rate });
  const entry = {
    projectId: project.id,
    taskId: task.id,
    userId: user?.id ?? '',
    date: '2026-11-02',
    minutes: 140,
    description: 'Design [log 77]',
  };

  fault('POST', '/Time', { kind: 'drop-after' });
  const held = await projects.createTimeEntry(entry);
  await projects.updateTimeEntry(held, { ...entry, minutes: 60 });

  expect(task).toMatchObject({ name: 'Design', chargeType: 'time', rate, open: true });
  expect(await projects.projects()).toMatchObject([{ name: 'Kitchen', contactId, open: true }]);
  expect(await projects.tasks(project.id)).toEqual([task]);
  const dated = { from: '2026-11-02', to: '2026-11-02' };
  expect(await projects.timeEntries(project.id, dated)).toEqual([{ ...held, minutes: 60 }]);
  await expect(projects.deleteTimeEntry(held)).rejects.toMatchObject({ code: 'TIME_ENTRY_CHANGED' });
  await projects.deleteTimeEntry({ ...held, minutes: 60 });
  await projects.deleteTimeEntry({ ...held, minutes: 60 });
  expect(await projects.timeEntries(project.id, dated)).toEqual([]);
});

test.each(['v1', 'v2'] as const)(
  'a timesheet of Australia (%s) is made once and changed',
  async (timesheets) => {
    sandbox.admin.act('xero', 'seed', { employees: 1, contacts: 0, invoices: 0 });
    const payroll = createXeroPayroll({
      client: organisation().client,
      country: 'AU',
      timesheets,
    });
    const [employee] = await payroll.employees();
    const [calendar] = await payroll.payCalendars();
    const [ordinary, overtime] = await payroll.earningsRates();
    const line = { date: '2026-11-03', earningsRateId: ordinary?.id ?? '', units: '7.3333' };
    const wanted = {
      employeeId: employee?.id ?? '',
      payCalendarId: employee?.payCalendarId ?? '',
      from: '2026-11-02',
      to: '2026-11-08',
      lines: [line],
    };

    fault('POST', '/Timesheets', { kind: 'drop-after' });
    const held = await payroll.createTimesheet(wanted);
    const lines = [line, { ...line, date: '2026-11-08', earningsRateId: overtime?.id ?? '', units: '2' }];
    const changed = await payroll.updateTimesheet(held, { ...wanted, lines });

    expect(calendar).toMatchObject({ name: 'Weekly', frequency: 'weekly', periodStart: '2026-11-02' });
    expect(held).toEqual({ ...wanted, id: held.id, status: 'draft' });
    expect(changed).toEqual({ ...held, lines });
    const found = await payroll.timesheets({ from: '2026-11-05', to: '2026-11-05' });
    expect(await Promise.all(found.map(payroll.readTimesheet))).toEqual([changed]);
    await expect(payroll.updateTimesheet(held, wanted)).rejects.toMatchObject({ code: 'TIMESHEET_CHANGED' });
    sandbox.admin.act('xero', 'timesheet-status', { timesheet: held.id, status: 'approved' });
    await expect(payroll.updateTimesheet(changed, wanted)).rejects.toMatchObject({
      code: 'TIMESHEET_CLOSED',
    });
    expect(sandbox.admin.records('xero', 'timesheets').total).toBe(1);
  },
);

const organisation = () => xeroClientOf({ world: sandbox.world, settings: sandbox.connections.xero }, http);

/** Calls of Xero's so far, of one method and path. */
function calls(method = '', path = ''): number {
  return sandbox.world.calls
    .list()
    .filter((call) => call.system === 'xero' && call.method.startsWith(method) && call.path.includes(path))
    .length;
}
