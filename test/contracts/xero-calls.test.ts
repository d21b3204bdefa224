import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { createXeroPayroll } from '@stackbridge/shared-mappers/connectors/xero/payroll.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { DocumentResult } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { seedXero } from '../../sandbox/xero/seed/seed-xero.ts';
import { invoice, LINE } from '../connectors/xero-client.ts';
import { type ServedXero, serveXero } from '../sandbox/xero/served-xero.ts';
import { xeroClientOf } from '../support/xero-connection.ts';
import {
  type CheckedXeroHttp,
  checkXeroCalls,
  loadXeroSpec,
  type PayrollCountry,
  type XeroSpec,
} from '../support/xero-spec.ts';

const specs = new Map<PayrollCountry, XeroSpec>();
beforeAll(() => {
  for (const country of ['au', 'nz', 'uk'] as const) specs.set(country, loadXeroSpec(country));
}, 60_000);

let served: ServedXero;
let pool: PooledHttp;
afterEach(async () => {
  await pool.close();
  await served.close();
});

async function open(country: PayrollCountry): Promise<{ client: SystemClient; http: CheckedXeroHttp }> {
  const regions = [country === 'au' ? 'AU' : country === 'nz' ? 'NZ' : 'UK'] as const;
  served = await serveXero({ listens: true, regions });
  pool = createHttp();
  const baseUrl = `${served.world.origin}/xero`;
  const http = checkXeroCalls(pool, specs.get(country) ?? loadXeroSpec(country), baseUrl);
  const { auth } = served.xero;
  const settings = {
    baseUrl,
    tokenUrl: `${baseUrl}/identity/connect/token`,
    clientId: auth.clientId,
    clientSecret: auth.clientSecret,
    refreshToken: auth.firstRefreshToken,
    accessToken: auth.firstAccessToken,
  };
  return { client: xeroClientOf({ world: served.world, settings }, http).client, http };
}

/** The documents give it the shape of a whole line; nothing reads it. */
const DELETED_LINE = 'DELETE /Timesheets/{TimesheetID}/Lines/{TimesheetLineID} -> 200';

const heldOf = (result: DocumentResult | undefined) => {
  if (result?.outcome !== 'written') throw new Error(`Not written: ${result?.error.message}`);
  return result.held;
};

test('every call that the accounts take, and every answer to it, fits the vendor’s OpenAPI document', async () => {
  const { client, http } = await open('au');
  const xero = createXeroConnector(client);

  const chart = await xero.chart();
  const [made] = await xero.createContacts([
    { name: 'Acme', number: 'ZC-1' },
    { name: 'Acme', number: 'ZC-2' },
  ]);
  const contactId = made?.outcome === 'written' ? made.contact.id : '';
  await xero.contactsByNumber(['ZC-1']);
  await xero.contactsByName(['Acme', 'The "Best"']);
  const create = (changed = {}) =>
    ({ action: 'create', document: invoice('ZP-1', { contactId, ...changed }) }) as const;
  const held = heldOf(
    (await xero.write('sales-invoice', [create(), create({ number: 'ZP-2', currency: 'JPY' })]))[0],
  );
  const document = { ...create({ reference: 'New', lines: [LINE, LINE] }).document };
  heldOf((await xero.write('sales-invoice', [{ action: 'update', id: held.id, document, held }]))[0]);
  await xero.documentsByNumber('sales-invoice', ['ZP-1', 'ZP-2']);
  const lines = [{ ...LINE, accountCode: '493', taxType: 'INPUT' }];
  const bill = heldOf((await xero.write('bill', [create({ kind: 'bill', number: 'ZB-1', lines })]))[0]);
  const bankAccountId = chart.accounts.find(({ type }) => type === 'BANK')?.id ?? '';
  const spending = create({ kind: 'spend-money', number: 'ZB-2', lines, bankAccountId });
  const spent = heldOf((await xero.write('spend-money', [spending]))[0]);
  await xero.documentsByNumber('spend-money', ['ZB-2'], { from: '2026-11-01', to: '2026-11-03' });
  await xero.documentsById('spend-money', [spent.id]);
  for (const kind of ['sales-invoice', 'bill', 'spend-money'] as const) {
    expect(await xero.documentsChanged(kind, served.world.clock.now() - 3_600_000)).not.toEqual([]);
  }
  const file = { fileName: 'a.pdf', contentType: 'application/pdf', base64: btoa('%PDF') };
  await xero.attach('bill', bill.id, file);
  await xero.attach('spend-money', spent.id, file);
  await xero.attach('sales-invoice', held.id, file);
  await xero.attachments('bill', bill.id);
  await xero.writeFile('bill', bill.id, { fileName: 'a.txt', text: '{}' }, false);
  await xero.writeFile('bill', bill.id, { fileName: 'a.txt', text: '{}' }, true);
  await xero.readFile('bill', bill.id, 'a.txt');
  await xero.attachments('spend-money', spent.id);
  await xero.linkForRebilling(bill, bill.lines[0]?.id ?? '', contactId);
  await xero.linkForRebilling(spent, spent.lines[0]?.id ?? '', contactId);
  await xero.addHistory('bill', bill.id, 'A note');
  await xero.addHistory('sales-invoice', held.id, 'A note');
  await xero.addHistory('spend-money', spent.id, 'A note');

  expect(http.faults).toEqual([]);
  expect(http.checked).toBeGreaterThan(20);
});

test('every call of time on projects, and every answer to it, fits the vendor’s OpenAPI document', async () => {
  const { client, http } = await open('au');
  const projects = createXeroProjects(client);
  const [made] = await createXeroConnector(client).createContacts([{ name: 'Acme', number: 'ZC-1' }]);
  const contactId = made?.outcome === 'written' ? made.contact.id : '';

  const [user] = await projects.users();
  const { id: projectId } = await projects.createProject({ name: 'Kitchen', contactId });
  const rate = { currency: 'AUD', value: '150.5' };
  const task = await projects.createTask({ projectId, name: 'Design', chargeType: 'time', rate });
  const entry = {
    projectId,
    taskId: task.id,
    userId: user?.id ?? '',
    date: '2026-11-02',
    minutes: 140,
    description: 'x',
  };
  const held = await projects.createTimeEntry(entry);
  await projects.projects();
  await projects.tasks(projectId);
  await projects.timeEntries(projectId, { from: '2026-11-01', to: '2026-11-30' });
  await projects.updateTimeEntry(held, { ...entry, minutes: 60 });
  await projects.deleteTimeEntry({ ...held, minutes: 60 });

  expect(http.faults).toEqual([]);
});

test.each([
  ['au', 'AU', 'v1'],
  ['au', 'AU', 'v2'],
  ['nz', 'NZ', 'v2'],
  ['uk', 'GB', 'v2'],
] as const)(
  'every call of payroll (%s, %s, %s), and every answer to it, fits the vendor’s document',
  async (spec, country, timesheets) => {
    const { client, http } = await open(spec);
    seedXero(served.xero.books(), { employees: 1, contacts: 0, invoices: 0 });
    const payroll = createXeroPayroll({ client, country, timesheets });

    await payroll.payCalendars();
    const [employee] = await payroll.employees();
    const [ordinary, overtime] = await payroll.earningsRates();
    const line = { date: '2026-11-03', earningsRateId: ordinary?.id ?? '', units: '7.3333' };
    const wanted = {
      employeeId: employee?.id ?? '',
      payCalendarId: employee?.payCalendarId ?? '',
      from: '2026-11-02',
      to: '2026-11-08',
      lines: [line, { ...line, date: '2026-11-04' }, { ...line, date: '2026-11-05' }],
    };
    const held = await payroll.createTimesheet(wanted);
    const lines = [line, { ...line, date: '2026-11-04', earningsRateId: overtime?.id ?? '' }];
    const changed = await payroll.updateTimesheet(held, { ...wanted, lines });
    const added = await payroll.updateTimesheet(changed, wanted);
    const found = await payroll.timesheets({ from: '2026-11-01', to: '2026-11-30' });

    expect(changed.lines).toEqual(lines);
    expect(await Promise.all(found.map(payroll.readTimesheet))).toEqual([added]);
    expect(http.faults.filter((fault) => !fault.includes(DELETED_LINE))).toEqual([]);
  },
);
