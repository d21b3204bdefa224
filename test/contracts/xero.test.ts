import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Region } from '../../sandbox/xero/books/organisation.ts';
import { addEmployee } from '../../sandbox/xero/desk/employee-values.ts';
import { seedXero } from '../../sandbox/xero/seed/seed-xero.ts';
import { serveXero } from '../sandbox/xero/served-xero.ts';
import { loadXeroSpec, type PayrollCountry, type XeroSpec } from '../support/xero-spec.ts';
import { play, statusesOf } from './play-steps.ts';
import { ACCOUNTING } from './xero-accounting-steps.ts';
import { PAYROLL_AU, PAYROLL_SETTINGS, TIMESHEETS, TRACKING } from './xero-payroll-steps.ts';
import { PROJECTS } from './xero-projects-steps.ts';

const A = '/api.xro/2.0';
const P = '/projects.xro/2.0';

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
