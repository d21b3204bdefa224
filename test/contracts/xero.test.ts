import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Region } from '../../sandbox/xero/books/organisation.ts';
import { addEmployee } from '../../sandbox/xero/desk/employee-values.ts';
import { seedXero } from '../../sandbox/xero/seed/seed-xero.ts';
import { type Answered, type Method, type ServedXero, serveXero } from '../sandbox/xero/served-xero.ts';
import { loadXeroSpec, type PayrollCountry, type XeroSpec } from '../support/xero-spec.ts';

const A = '/api.xro/2.0';
const P = '/projects.xro/2.0';

interface Step {
  method: Method;
  /** `{name}` stands for an id noted before. */
  path: string;
  body?: unknown;
  /** Notes an id of the answer: a name, and where it is, `Invoices.0.InvoiceID`. */
  note?: readonly [name: string, at: string];
  status?: number;
}

const LINE = {
  Description: 'Work',
  Quantity: 2.3333,
  UnitAmount: 99.9999,
  AccountCode: '200',
  TaxType: 'OUTPUT',
};
const COST = { Description: 'Taxi', Quantity: 1, UnitAmount: 40, AccountCode: '493', TaxType: 'INPUT' };

/** A history that touches each route of the Accounting API. */
const ACCOUNTING: readonly Step[] = [
  { method: 'GET', path: '/connections' },
  { method: 'GET', path: `${A}/Organisation` },
  { method: 'GET', path: `${A}/Organisation/Actions` },
  { method: 'GET', path: `${A}/Users`, note: ['user', 'Users.0.UserID'] },
  { method: 'GET', path: `${A}/Users/{user}` },
  { method: 'GET', path: `${A}/BrandingThemes`, note: ['theme', 'BrandingThemes.0.BrandingThemeID'] },
  { method: 'GET', path: `${A}/BrandingThemes/{theme}` },
  {
    method: 'GET',
    path: `${A}/Accounts?where=Type%3D%3D%22BANK%22&order=Name`,
    note: ['bank', 'Accounts.0.AccountID'],
  },
  {
    method: 'PUT',
    path: `${A}/Accounts`,
    body: { Code: '204', Name: 'Licences', Type: 'REVENUE', TaxType: 'OUTPUT' },
    note: ['account', 'Accounts.0.AccountID'],
  },
  {
    method: 'PUT',
    path: `${A}/Accounts`,
    body: { Code: '204', Name: 'Sales', Type: 'REVENUE' },
    status: 400,
  },
  { method: 'GET', path: `${A}/Accounts/{account}` },
  { method: 'POST', path: `${A}/Accounts/{account}`, body: { Accounts: [{ Name: 'Licence fees' }] } },
  { method: 'POST', path: `${A}/Accounts/{account}`, body: { Accounts: [{ Status: 'ARCHIVED' }] } },
  { method: 'DELETE', path: `${A}/Accounts/{account}` },
  { method: 'GET', path: `${A}/TaxRates` },
  { method: 'GET', path: `${A}/TaxRates/OUTPUT` },
  {
    method: 'PUT',
    path: `${A}/TaxRates`,
    body: { TaxRates: [{ Name: 'Own', TaxComponents: [{ Name: 'State', Rate: 2.25 }] }] },
  },
  {
    method: 'POST',
    path: `${A}/TaxRates`,
    body: { TaxRates: [{ Name: 'Own', TaxType: 'TAX001', Status: 'DELETED' }] },
  },
  {
    method: 'GET',
    path: `${A}/TrackingCategories?includeArchived=true`,
    note: ['category', 'TrackingCategories.1.TrackingCategoryID'],
  },
  { method: 'PUT', path: `${A}/TrackingCategories`, body: { Name: 'Third' }, status: 400 },
  {
    method: 'PUT',
    path: `${A}/TrackingCategories/{category}/Options`,
    body: { Name: 'Research' },
    note: ['option', 'Options.0.TrackingOptionID'],
  },
  { method: 'POST', path: `${A}/TrackingCategories/{category}/Options/{option}`, body: { Name: 'R & D' } },
  { method: 'DELETE', path: `${A}/TrackingCategories/{category}/Options/{option}` },
  { method: 'POST', path: `${A}/TrackingCategories/{category}`, body: { Name: 'Section' } },
  { method: 'GET', path: `${A}/TrackingCategories/{category}` },
  { method: 'DELETE', path: `${A}/TrackingCategories/{category}` },
  { method: 'PUT', path: `${A}/Currencies`, body: { Code: 'EUR' } },
  { method: 'GET', path: `${A}/Currencies` },
  {
    method: 'PUT',
    path: `${A}/Items?summarizeErrors=false&unitdp=4`,
    body: {
      Items: [{ Code: 'DEV', Name: 'Development', SalesDetails: { UnitPrice: 120.125, AccountCode: '200' } }],
    },
    note: ['item', 'Items.0.ItemID'],
  },
  { method: 'GET', path: `${A}/Items` },
  { method: 'POST', path: `${A}/Items/{item}`, body: { Items: [{ Code: 'DEV', Name: 'Developing' }] } },
  { method: 'GET', path: `${A}/Items/{item}` },
  {
    method: 'PUT',
    path: `${A}/Contacts?summarizeErrors=false`,
    body: {
      Contacts: [
        {
          Name: 'Acme',
          ContactNumber: 'Z-1',
          EmailAddress: 'pay@acme.test',
          Addresses: [{ AddressType: 'POBOX', AddressLine1: '1 Road', City: 'Perth' }],
          Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '555-1212' }],
          ContactPersons: [
            { FirstName: 'Ann', LastName: 'Low', EmailAddress: 'ann@acme.test', IncludeInEmails: true },
          ],
        },
        { Name: 'acme ' },
      ],
    },
    note: ['contact', 'Contacts.0.ContactID'],
  },
  { method: 'PUT', path: `${A}/Contacts`, body: { Contacts: [{ Name: 'Acme' }] }, status: 400 },
  { method: 'POST', path: `${A}/Contacts`, body: { Contacts: [{ ContactNumber: 'Z-1', FirstName: 'Ann' }] } },
  { method: 'POST', path: `${A}/Contacts/{contact}`, body: { Contacts: [{ LastName: 'Low' }] } },
  { method: 'GET', path: `${A}/Contacts?page=1&pageSize=10&includeArchived=true&searchTerm=acme` },
  { method: 'GET', path: `${A}/Contacts` },
  { method: 'GET', path: `${A}/Contacts/{contact}` },
  { method: 'GET', path: `${A}/Contacts/Z-1` },
  { method: 'GET', path: `${A}/Contacts/{contact}/History` },
  {
    method: 'PUT',
    path: `${A}/Invoices?summarizeErrors=false&unitdp=4`,
    body: {
      Invoices: [
        {
          Type: 'ACCREC',
          InvoiceNumber: 'ZP-1',
          Reference: 'Milestone',
          Contact: { ContactID: '{contact}' },
          Date: '2026-11-01',
          DueDate: '2026-12-01',
          LineAmountTypes: 'Exclusive',
          Status: 'AUTHORISED',
          LineItems: [{ ...LINE, Tracking: [{ Name: 'Region', Option: 'North' }], DiscountRate: 10 }],
        },
        { Type: 'ACCREC', InvoiceNumber: 'ZP-1', Contact: { ContactID: '{contact}' }, LineItems: [LINE] },
      ],
    },
    note: ['invoice', 'Invoices.0.InvoiceID'],
  },
  {
    method: 'PUT',
    path: `${A}/Invoices`,
    body: {
      Invoices: [{ Type: 'ACCREC', Status: 'AUTHORISED', LineItems: [{ ...LINE, AccountCode: '999' }] }],
    },
    status: 400,
  },
  { method: 'POST', path: `${A}/Invoices/{invoice}`, body: { Invoices: [{ SentToContact: true }] } },
  {
    method: 'GET',
    path: `${A}/Invoices?page=1&pageSize=50&unitdp=4&Statuses=AUTHORISED,PAID&order=Date%20DESC`,
  },
  { method: 'GET', path: `${A}/Invoices?InvoiceNumbers=ZP-1&createdByMyApp=true` },
  { method: 'GET', path: `${A}/Invoices?IDs={invoice}&ContactIDs={contact}&summaryOnly=true&page=1` },
  { method: 'GET', path: `${A}/Invoices?where=Foo%3D%3D1`, status: 400 },
  { method: 'GET', path: `${A}/Invoices/{invoice}/OnlineInvoice` },
  { method: 'POST', path: `${A}/Invoices/{invoice}/Email`, body: {} },
  {
    method: 'PUT',
    path: `${A}/Invoices/{invoice}/Attachments/ledger.json?IncludeOnline=true`,
    body: { lines: [] },
  },
  { method: 'POST', path: `${A}/Invoices/{invoice}/Attachments/ledger.json`, body: { lines: [1] } },
  { method: 'GET', path: `${A}/Invoices/{invoice}/Attachments` },
  {
    method: 'PUT',
    path: `${A}/Invoices/{invoice}/History`,
    body: { HistoryRecords: [{ Details: 'Billed by Stackbridge' }] },
  },
  { method: 'GET', path: `${A}/Invoices/{invoice}/History` },
  {
    method: 'PUT',
    path: `${A}/Payments?summarizeErrors=false`,
    body: {
      Payments: [
        { Invoice: { InvoiceID: '{invoice}' }, Account: { Code: '090' }, Date: '2026-11-02', Amount: 10 },
      ],
    },
    note: ['payment', 'Payments.0.PaymentID'],
  },
  { method: 'GET', path: `${A}/Payments?page=1` },
  { method: 'GET', path: `${A}/Payments/{payment}` },
  { method: 'GET', path: `${A}/Invoices/{invoice}?unitdp=4` },
  { method: 'POST', path: `${A}/Payments/{payment}`, body: { Status: 'DELETED' } },
  {
    method: 'PUT',
    path: `${A}/BankTransactions?summarizeErrors=false&unitdp=4`,
    body: {
      BankTransactions: [
        {
          Type: 'SPEND',
          Contact: { Name: 'Yellow Cabs' },
          BankAccount: { AccountID: '{bank}' },
          LineAmountTypes: 'Inclusive',
          LineItems: [COST],
        },
      ],
    },
    note: ['spend', 'BankTransactions.0.BankTransactionID'],
  },
  {
    method: 'GET',
    path: `${A}/BankTransactions/{spend}`,
    note: ['cost', 'BankTransactions.0.LineItems.0.LineItemID'],
  },
  { method: 'GET', path: `${A}/BankTransactions?page=1` },
  {
    method: 'POST',
    path: `${A}/BankTransactions/{spend}`,
    body: {
      BankTransactions: [
        { Type: 'SPEND', BankAccount: { AccountID: '{bank}' }, LineItems: [], Reference: 'R-1' },
      ],
    },
  },
  { method: 'PUT', path: `${A}/BankTransactions/{spend}/Attachments/receipt.txt`, body: { receipt: true } },
  {
    method: 'PUT',
    path: `${A}/LinkedTransactions`,
    body: { SourceTransactionID: '{spend}', SourceLineItemID: '{cost}', ContactID: '{contact}' },
    note: ['link', 'LinkedTransactions.0.LinkedTransactionID'],
  },
  {
    method: 'PUT',
    path: `${A}/LinkedTransactions`,
    body: { SourceTransactionID: '{spend}', SourceLineItemID: '{link}' },
    status: 400,
  },
  { method: 'GET', path: `${A}/LinkedTransactions?page=1&Status=APPROVED` },
  { method: 'GET', path: `${A}/LinkedTransactions/{link}` },
  {
    method: 'POST',
    path: `${A}/LinkedTransactions/{link}`,
    body: { LinkedTransactions: [{ ContactID: '{contact}' }] },
  },
  { method: 'DELETE', path: `${A}/LinkedTransactions/{link}`, status: 204 },
  {
    method: 'POST',
    path: `${A}/Invoices`,
    body: { Invoices: [{ Type: 'ACCREC', InvoiceNumber: 'ZP-1', Status: 'VOIDED' }] },
  },
];

const PROJECTS: readonly Step[] = [
  { method: 'GET', path: `${A}/Contacts`, note: ['contact', 'Contacts.0.ContactID'] },
  { method: 'GET', path: `${P}/ProjectsUsers?page=1&pageSize=10`, note: ['user', 'items.0.userId'] },
  {
    method: 'POST',
    path: `${P}/Projects`,
    body: {
      contactId: '{contact}',
      name: 'Website',
      estimateAmount: 99.99,
      deadlineUtc: '2026-12-24T12:00:00Z',
    },
    note: ['project', 'projectId'],
    status: 201,
  },
  { method: 'POST', path: `${P}/Projects`, body: { contactId: '{contact}', name: '' }, status: 400 },
  { method: 'PUT', path: `${P}/Projects/{project}`, body: { name: 'New website' }, status: 204 },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Tasks`,
    body: { name: 'Build', rate: { currency: 'AUD', value: 120 }, chargeType: 'TIME', estimateMinutes: 600 },
    note: ['task', 'taskId'],
    status: 201,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Tasks?page=1&pageSize=500&chargeType=TIME` },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Time`,
    body: {
      userId: '{user}',
      taskId: '{task}',
      dateUtc: '2026-11-01T09:00:00Z',
      duration: 140,
      description: 'Log 1',
    },
    note: ['time', 'timeEntryId'],
  },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Time`,
    body: { userId: '{user}', taskId: '{task}', dateUtc: '2026-11-01T09:00:00Z', duration: 0 },
    status: 400,
  },
  {
    method: 'GET',
    path: `${P}/Projects/{project}/Time?states=ACTIVE&isChargeable=true&dateAfterUtc=2026-10-01T00:00:00Z`,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Time/{time}` },
  {
    method: 'PUT',
    path: `${P}/Projects/{project}/Time/{time}`,
    body: { userId: '{user}', taskId: '{task}', dateUtc: '2026-11-01T09:00:00Z', duration: 150 },
    status: 204,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Tasks/{task}` },
  { method: 'GET', path: `${P}/Projects/{project}` },
  { method: 'GET', path: `${P}/Projects?states=INPROGRESS&contactID={contact}` },
  { method: 'DELETE', path: `${P}/Projects/{project}/Time/{time}`, status: 204 },
  { method: 'DELETE', path: `${P}/Projects/{project}/Tasks/{task}`, status: 204 },
  { method: 'PATCH', path: `${P}/Projects/{project}`, body: { status: 'CLOSED' }, status: 204 },
];

const V1 = '/payroll.xro/1.0';
const PAYROLL_AU: readonly Step[] = [
  { method: 'GET', path: `${V1}/Employees?page=1`, note: ['employee', 'Employees.0.EmployeeID'] },
  { method: 'GET', path: `${V1}/Employees/{employee}` },
  {
    method: 'GET',
    path: `${V1}/PayrollCalendars`,
    note: ['calendar', 'PayrollCalendars.0.PayrollCalendarID'],
  },
  { method: 'GET', path: `${V1}/PayrollCalendars/{calendar}` },
  { method: 'GET', path: `${V1}/PayItems`, note: ['rate', 'PayItems.EarningsRates.0.EarningsRateID'] },
  { method: 'GET', path: `${V1}/Settings` },
  {
    method: 'POST',
    path: `${V1}/Timesheets`,
    body: [
      {
        EmployeeID: '{employee}',
        StartDate: '/Date(1793577600000+0000)/',
        EndDate: '/Date(1794096000000+0000)/',
        Status: 'DRAFT',
        TimesheetLines: [{ EarningsRateID: '{rate}', NumberOfUnits: [8, 7.5, 0, 4, 0, 0, 0] }],
      },
    ],
    note: ['timesheet', 'Timesheets.0.TimesheetID'],
  },
  { method: 'GET', path: `${V1}/Timesheets?page=1` },
  { method: 'GET', path: `${V1}/Timesheets/{timesheet}` },
  {
    method: 'POST',
    path: `${V1}/Timesheets/{timesheet}`,
    body: [
      {
        EmployeeID: '{employee}',
        StartDate: '/Date(1793577600000+0000)/',
        EndDate: '/Date(1794096000000+0000)/',
        Status: 'APPROVED',
      },
    ],
  },
];

/** Payroll 2.0, which begins with what only New Zealand and the United Kingdom have. */
const V2 = '/payroll.xro/2.0';
const PAYROLL_SETTINGS: readonly Step[] = [
  {
    method: 'GET',
    path: `${V2}/Employees?page=1&filter=firstName%3D%3DMira`,
    note: ['employee', 'employees.0.employeeID'],
  },
  { method: 'GET', path: `${V2}/Employees/{employee}` },
  {
    method: 'GET',
    path: `${V2}/PayRunCalendars?page=1`,
    note: ['calendar', 'payRunCalendars.0.payrollCalendarID'],
  },
  { method: 'GET', path: `${V2}/PayRunCalendars/{calendar}` },
  { method: 'GET', path: `${V2}/EarningsRates`, note: ['rate', 'earningsRates.0.earningsRateID'] },
  { method: 'GET', path: `${V2}/EarningsRates/{rate}` },
  { method: 'GET', path: `${V2}/Settings` },
];
const TRACKING: readonly Step[] = [{ method: 'GET', path: `${V2}/Settings/TrackingCategories` }];
const TIMESHEETS: readonly Step[] = [
  {
    method: 'POST',
    path: `${V2}/Timesheets`,
    body: {
      payrollCalendarID: '{calendar}',
      employeeID: '{employee}',
      startDate: '2026-11-02',
      endDate: '2026-11-08',
      timesheetLines: [{ date: '2026-11-02', earningsRateID: '{rate}', numberOfUnits: 7.25 }],
    },
    note: ['timesheet', 'timesheet.timesheetID'],
  },
  {
    method: 'POST',
    path: `${V2}/Timesheets`,
    body: {
      payrollCalendarID: '{calendar}',
      employeeID: '{employee}',
      startDate: '2026-11-03',
      endDate: '2026-11-09',
    },
    status: 400,
  },
  {
    method: 'POST',
    path: `${V2}/Timesheets/{timesheet}/Lines`,
    body: { date: '2026-11-03', earningsRateID: '{rate}', numberOfUnits: 8 },
    note: ['line', 'timesheetLine.timesheetLineID'],
  },
  {
    method: 'PUT',
    path: `${V2}/Timesheets/{timesheet}/Lines/{line}`,
    body: { date: '2026-11-03', earningsRateID: '{rate}', numberOfUnits: 7 },
  },
  { method: 'GET', path: `${V2}/Timesheets/{timesheet}` },
  {
    method: 'GET',
    path: `${V2}/Timesheets?page=1&status=Draft&startDate=2026-11-01&filter=employeeId%3D%3D{employee}&sort=startDate`,
  },
  { method: 'POST', path: `${V2}/Timesheets/{timesheet}/Approve` },
  { method: 'POST', path: `${V2}/Timesheets/{timesheet}/Approve`, status: 400 },
  { method: 'POST', path: `${V2}/Timesheets/{timesheet}/RevertToDraft` },
];

describe('the simulated Xero', () => {
  let au: XeroSpec;
  beforeAll(() => {
    au = loadXeroSpec();
  }, 60_000);

  test('answers as the vendor’s accounting document says, and its tests ask so', async () => {
    const served = await serveXero();

    const played = await play(served, au, ACCOUNTING);

    expect(played).toEqual({ faults: [], statuses: statusesOf(ACCOUNTING) });
  });

  test('answers as the vendor’s projects document says', async () => {
    const served = await serveXero();
    seedXero(served.xero.books(), { contacts: 1, invoices: 0 });

    const played = await play(served, au, PROJECTS);

    expect(played).toEqual({ faults: [], statuses: statusesOf(PROJECTS) });
  });

  test('answers as the vendor’s older document of the Australian payroll says', async () => {
    const served = await serveXero();
    addEmployee(served.xero.books(), {});

    const played = await play(served, au, PAYROLL_AU);

    expect(played).toEqual({ faults: [], statuses: statusesOf(PAYROLL_AU) });
  });

  test.each<[Region, PayrollCountry]>([
    ['NZ', 'nz'],
    ['UK', 'uk'],
  ])('answers as the vendor’s payroll document of %s says', async (region, country) => {
    const served = await serveXero({ regions: [region] });
    addEmployee(served.xero.books(), { firstName: 'Mira' });
    const steps = [...PAYROLL_SETTINGS, ...(region === 'NZ' ? TRACKING : []), ...TIMESHEETS];

    const played = await play(served, loadXeroSpec(country), steps);

    expect(played).toEqual({ faults: [], statuses: statusesOf(steps) });
  });

  test('answers as the vendor’s newer document of the Australian payroll says', async () => {
    const served = await serveXero();
    const books = served.xero.books();
    const employee = addEmployee(books, {});
    const known = new Map([
      ['employee', employee.id],
      ['calendar', employee.calendarId ?? ''],
      ['rate', employee.earningsRateId ?? ''],
    ]);

    const played = await play(served, au, TIMESHEETS, known);

    expect(played).toEqual({ faults: [], statuses: statusesOf(TIMESHEETS) });
  });

  test.each([
    ['an unknown path', 'GET', `${A}/Invoice`, ''],
    ['an unknown parameter', 'GET', `${A}/Invoices?limit=10`, ''],
    ['a parameter of the wrong type', 'GET', `${A}/Invoices?page=one`, ''],
    ['an id that is none', 'GET', `${A}/Invoices?IDs=ZP-1`, ''],
    ['a key that the body has not', 'PUT', `${A}/Invoices`, '{"Invoices":[{"Lines":[]}]}'],
    ['a value that is no choice', 'PUT', `${A}/Invoices`, '{"Invoices":[{"Status":"APPROVED"}]}'],
    ['a missing body', 'POST', `${P}/Projects`, ''],
    ['a missing key', 'POST', `${P}/Projects`, '{"contactId":"3bf6a4a4-9dcb-4c1e-9f4b-35a6f3f2e0a1"}'],
  ])('is held against documents that notice %s', (_what, method, path, requestBody) => {
    const requestHeaders = { 'xero-tenant-id': 'x', 'content-type': 'application/json' };

    expect(au.requestFaults({ method, path, requestHeaders, requestBody })).not.toEqual([]);
  });
});

async function play(
  served: ServedXero,
  spec: XeroSpec,
  steps: readonly Step[],
  ids: Map<string, string> = new Map(),
): Promise<{ faults: string[]; statuses: number[] }> {
  const faults: string[] = [];
  const statuses: number[] = [];
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids.get(name) ?? whole);
  served.xero.actions.settings?.run({ perMinute: 1000 });
  for (const step of steps) {
    const path = filled(step.path);
    const requestBody = step.body === undefined ? '' : filled(JSON.stringify(step.body));
    const headers = requestBody === '' ? {} : { 'content-type': 'application/json' };
    const answer = await served.call(step.method, path, {
      headers,
      ...(requestBody === '' ? {} : { body: requestBody }),
    });
    const exchange = {
      method: step.method,
      path,
      requestHeaders: { ...served.headers, ...headers },
      requestBody,
      status: answer.status,
      contentType: String(answer.headers['content-type']),
      answerBody: answer.text,
    };
    // What is refused here is refused for its content, which the document cannot know; unless it says so itself.
    if ((step.status ?? 200) < 400) faults.push(...spec.requestFaults(exchange));
    faults.push(...spec.answerFaults(exchange));
    statuses.push(answer.status);
    if (step.note !== undefined) ids.set(step.note[0], valueAt(answer, step.note[1]));
  }
  return { faults, statuses };
}

function statusesOf(steps: readonly Step[]): number[] {
  return steps.map(({ status, path }) => status ?? (path.endsWith('/Email') ? 204 : 200));
}

function valueAt({ body }: Answered, at: string): string {
  let value: unknown = body;
  for (const key of at.split('.')) value = Object(value)[key];
  return String(value);
}
