import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  BankTransaction,
  type Contact,
  Invoice,
  LineAmountTypes,
  type LineItem,
  XeroClient,
} from 'xero-node';
import { TimesheetStatus } from 'xero-node/dist/gen/model/payroll-au/timesheetStatus.js';
import { ChargeType } from 'xero-node/dist/gen/model/projects/chargeType.js';
import { CurrencyCode } from 'xero-node/dist/gen/model/projects/currencyCode.js';
import { addEmployee } from '../../../sandbox/xero/desk/employee-values.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

let served: ServedXero;
let client: XeroClient;
let tenant: string;

beforeEach(async () => {
  served = await serveXero({ listens: true });
  client = connect(served, served.world.origin);
  tenant = served.xero.books().organisation.id;
});
afterEach(() => served.close());

const line: LineItem = {
  description: 'Development',
  quantity: 2.3333,
  unitAmount: 99.9999,
  accountCode: '200',
  taxType: 'OUTPUT',
};

function draft(contact: Contact, more: Partial<Invoice> = {}): Invoice {
  return {
    type: Invoice.TypeEnum.ACCREC,
    contact,
    date: '2026-11-01',
    dueDate: '2026-12-01',
    lineAmountTypes: LineAmountTypes.Exclusive,
    lineItems: [line],
    ...more,
  };
}

describe('the official client', () => {
  test('reads the organisation, its chart, tax rates and tracking', async () => {
    const { accountingApi: api } = client;

    const organisation = (await api.getOrganisations(tenant)).body.organisations?.[0];
    const accounts = (await api.getAccounts(tenant, undefined, 'Type=="REVENUE"', 'Code')).body.accounts;
    const rates = (await api.getTaxRates(tenant)).body.taxRates;
    const categories = (await api.getTrackingCategories(tenant)).body.trackingCategories;

    expect({
      name: organisation?.name,
      currency: organisation?.baseCurrency,
      sales: accounts?.map(({ code }) => code),
      output: rates?.find(({ taxType }) => taxType === 'OUTPUT')?.effectiveRate,
      categories: categories?.map(({ name }) => name),
    }).toEqual({
      name: 'Demo Company (AU)',
      currency: 'AUD',
      sales: ['200', '203', '206', '260', '270'],
      output: 10,
      categories: ['Region', 'Department'],
    });
  });

  test('creates invoices, a bad one among good ones, and reads them by number', async () => {
    const { accountingApi: api } = client;
    const [contact = {}] =
      (await api.createContacts(tenant, { contacts: [{ name: 'Acme' }] })).body.contacts ?? [];
    const good = draft({ contactID: contact.contactID ?? '' }, { invoiceNumber: 'ZP-1' });
    const bad = { ...good, invoiceNumber: 'ZP-2', lineItems: [{ ...line, accountCode: '999' }] };

    const created = await api.createInvoices(tenant, { invoices: [good, bad] }, false, 4);
    const found = await api.getInvoices(
      tenant,
      undefined,
      undefined,
      undefined,
      undefined,
      ['ZP-1', 'ZP-2'],
      undefined,
      undefined,
      1,
      false,
      false,
      4,
    );

    const [first, second] = created.body.invoices ?? [];
    expect([first?.statusAttributeString, second?.statusAttributeString]).toEqual(['OK', 'ERROR']);
    expect(second?.validationErrors).toEqual([
      { message: "Account code '999' is not a valid code for this document." },
    ]);
    expect(
      found.body.invoices?.map(({ invoiceNumber, date, subTotal, totalTax, total, lineItems }) => ({
        invoiceNumber,
        date,
        subTotal,
        totalTax,
        total,
        unitAmount: lineItems?.[0]?.unitAmount,
      })),
    ).toEqual([
      {
        invoiceNumber: 'ZP-1',
        // The client makes dates of what its types call text.
        date: new Date('2026-11-01T00:00:00Z'),
        subTotal: 233.33,
        totalTax: 23.33,
        total: 256.66,
        unitAmount: 99.9999,
      },
    ]);
  });

  test('attaches a file and reads it back byte for byte, and notes what it did', async () => {
    const { accountingApi: api } = client;
    const { body } = await api.createInvoices(tenant, { invoices: [draft({ name: 'Acme' })] });
    const id = body.invoices?.[0]?.invoiceID ?? '';
    const bytes = Buffer.from('{ "lines": [1,2] }');

    await api.createInvoiceAttachmentByFileName(tenant, id, 'stackbridge.json', bytes, true);
    await api.createInvoiceHistory(tenant, id, { historyRecords: [{ details: 'Billed' }] });
    const listed = (await api.getInvoiceAttachments(tenant, id)).body.attachments;
    const content = (
      await api.getInvoiceAttachmentByFileName(tenant, id, 'stackbridge.json', 'application/json')
    ).body;
    const history = (await api.getInvoiceHistory(tenant, id)).body.historyRecords;

    expect(
      listed?.map(({ fileName, contentLength, includeOnline }) => ({
        fileName,
        contentLength,
        includeOnline,
      })),
    ).toEqual([{ fileName: 'stackbridge.json', contentLength: 18, includeOnline: true }]);
    expect(content.toString()).toBe(bytes.toString());
    expect(history?.map(({ changes }) => changes)).toEqual(['Note', 'Attached a file', 'Created']);
  });

  test('spends money and links the cost to a customer', async () => {
    const { accountingApi: api } = client;
    const [customer] =
      (await api.createContacts(tenant, { contacts: [{ name: 'Acme' }] })).body.contacts ?? [];
    const spend: BankTransaction = {
      type: BankTransaction.TypeEnum.SPEND,
      contact: { name: 'Yellow Cabs' },
      bankAccount: { code: '090' },
      lineItems: [{ description: 'Taxi', quantity: 1, unitAmount: 44, accountCode: '493' }],
    };

    const { body } = await api.createBankTransactions(tenant, { bankTransactions: [spend] });
    const made = body.bankTransactions?.[0];
    const linked = await api.createLinkedTransaction(tenant, {
      sourceTransactionID: made?.bankTransactionID ?? '',
      sourceLineItemID: made?.lineItems[0]?.lineItemID ?? '',
      contactID: customer?.contactID ?? '',
    });

    expect({
      types: made?.lineAmountTypes,
      tax: made?.totalTax,
      total: made?.total,
      link: linked.body.linkedTransactions?.[0]?.status,
    }).toEqual({ types: 'Inclusive', tax: 4, total: 44, link: 'APPROVED' });
  });

  test('throws a refusal as JSON text that holds the vendor’s words', async () => {
    const { accountingApi: api } = client;
    await api.createInvoices(tenant, { invoices: [draft({ name: 'Acme' }, { invoiceNumber: 'ZP-1' })] });

    const refused: unknown = await api
      .createInvoices(tenant, { invoices: [draft({ name: 'Acme' }, { invoiceNumber: 'ZP-1' })] })
      .catch((error: unknown) => error);

    const { response } = JSON.parse(String(refused));
    expect([response.statusCode, response.body.Elements[0].ValidationErrors]).toEqual([
      400,
      [{ Message: 'Invoice # must be unique.' }],
    ]);
  });

  test('logs time to a project', async () => {
    const { accountingApi, projectApi } = client;
    const [contact] =
      (await accountingApi.createContacts(tenant, { contacts: [{ name: 'Acme' }] })).body.contacts ?? [];
    const [user] = (await projectApi.getProjectUsers(tenant)).body.items ?? [];
    const { body: project } = await projectApi.createProject(tenant, {
      contactId: contact?.contactID ?? '',
      name: 'Website',
    });
    const projectId = project.projectId ?? '';
    const { body: task } = await projectApi.createTask(tenant, projectId, {
      name: 'Build',
      rate: { currency: CurrencyCode.AUD, value: 120 },
      chargeType: ChargeType.TIME,
    });

    await projectApi.createTimeEntry(tenant, projectId, {
      userId: user?.userId ?? '',
      taskId: task.taskId ?? '',
      dateUtc: new Date('2026-11-01T09:00:00Z'),
      duration: 140,
      description: 'Log 1',
    });
    const listed = (await projectApi.getProjects(tenant)).body;

    expect(
      listed.items?.map(({ name, minutesLogged, totalToBeInvoiced }) => [
        name,
        minutesLogged,
        totalToBeInvoiced?.value,
      ]),
    ).toEqual([['Website', 140, 280]]);
  });

  test('files an Australian timesheet of a number per day', async () => {
    const employee = addEmployee(served.xero.books(), {});
    const { payrollAUApi: api } = client;

    const created = await api.createTimesheet(tenant, [
      {
        employeeID: employee.id,
        startDate: '2026-11-02',
        endDate: '2026-11-08',
        status: TimesheetStatus.DRAFT,
        timesheetLines: [
          { earningsRateID: employee.earningsRateId ?? '', numberOfUnits: [8, 7.5, 0, 0, 0, 0, 0] },
        ],
      },
    ]);

    const [timesheet] = created.body.timesheets ?? [];
    expect([timesheet?.hours, timesheet?.timesheetLines?.[0]?.numberOfUnits]).toEqual([
      15.5,
      [8, 7.5, 0, 0, 0, 0, 0],
    ]);
  });

  test('files a timesheet in New Zealand and approves it', async () => {
    const nz = await serveXero({ listens: true, regions: ['NZ'] });
    const { payrollNZApi: api } = connect(nz, nz.world.origin);
    const books = nz.xero.books();
    const employee = addEmployee(books, {});
    const tenantId = books.organisation.id;

    const { body } = await api.createTimesheet(tenantId, {
      payrollCalendarID: employee.calendarId ?? '',
      employeeID: employee.id,
      startDate: '2026-11-02',
      endDate: '2026-11-08',
      timesheetLines: [
        { date: '2026-11-03', earningsRateID: employee.earningsRateId ?? '', numberOfUnits: 6.5 },
      ],
    });
    const approved = await api.approveTimesheet(tenantId, body.timesheet?.timesheetID ?? '');
    await nz.close();

    expect([
      body.timesheet?.status,
      approved.body.timesheet?.status,
      approved.body.timesheet?.totalHours,
    ]).toEqual(['Draft', 'Approved', 6.5]);
  });
});

/** The official client on loopback: the APIs' addresses are moved, and a finished sign-in is handed over. */
function connect({ xero }: ServedXero, origin: string): XeroClient {
  const moved = new XeroClient({ clientId: xero.auth.clientId, clientSecret: xero.auth.clientSecret });
  moved.accountingApi.basePath = `${origin}/xero/api.xro/2.0`;
  moved.projectApi.basePath = `${origin}/xero/projects.xro/2.0`;
  moved.payrollAUApi.basePath = `${origin}/xero/payroll.xro/1.0`;
  moved.payrollNZApi.basePath = `${origin}/xero/payroll.xro/2.0`;
  moved.setTokenSet({ access_token: xero.auth.firstAccessToken, token_type: 'Bearer' });
  return moved;
}
