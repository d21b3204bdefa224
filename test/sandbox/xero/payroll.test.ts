import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Employee } from '../../../sandbox/xero/books/employee.ts';
import { type CalendarType, periodOf } from '../../../sandbox/xero/books/pay-calendar.ts';
import { addEmployee } from '../../../sandbox/xero/desk/employee-values.ts';
import { type Answered, type ServedXero, serveXero } from './served-xero.ts';

const V1 = '/payroll.xro/1.0';
const V2 = '/payroll.xro/2.0';

describe('pay periods', () => {
  test.each<[CalendarType, string, string, string, string]>([
    ['WEEKLY', '2021-01-04', '2026-11-04', '2026-11-02', '2026-11-08'],
    ['WEEKLY', '2021-01-04', '2020-12-31', '2020-12-28', '2021-01-03'],
    ['FORTNIGHTLY', '2026-10-19', '2026-11-02', '2026-11-02', '2026-11-15'],
    ['FOURWEEKLY', '2026-10-05', '2026-11-01', '2026-10-05', '2026-11-01'],
    ['TWICEMONTHLY', '2026-01-01', '2026-02-20', '2026-02-16', '2026-02-28'],
    ['TWICEMONTHLY', '2026-01-01', '2026-02-15', '2026-02-01', '2026-02-15'],
    ['MONTHLY', '2021-01-01', '2026-02-14', '2026-02-01', '2026-02-28'],
    ['MONTHLY', '2021-01-31', '2026-03-05', '2026-02-28', '2026-03-30'],
    ['QUARTERLY', '2026-01-01', '2026-11-02', '2026-10-01', '2026-12-31'],
  ])('%s from %s: %s lies in %s to %s', (type, startDate, date, start, end) => {
    const calendar = { id: 'c', name: 'c', type, startDate, paymentDate: startDate, updatedMs: 0 };

    expect(periodOf(calendar, date)).toEqual({ start, end });
  });
});

describe('Australian timesheets of the simulated Xero', () => {
  let served: ServedXero;
  let employee: Employee;
  beforeEach(async () => {
    served = await serveXero();
    employee = addEmployee(served.xero.books(), {});
  });

  function sheet(changes: object = {}, units: readonly number[] = [8, 0, 0, 0, 0, 0, 0]): object {
    return {
      EmployeeID: employee.id,
      StartDate: '2026-11-02',
      EndDate: '2026-11-08',
      Status: 'DRAFT',
      TimesheetLines: [{ EarningsRateID: employee.earningsRateId, NumberOfUnits: units }],
      ...changes,
    };
  }

  async function faults(...sheets: object[]): Promise<string[]> {
    const { status, body } = await served.call('POST', `${V1}/Timesheets`, { body: sheets });
    if (status === 200) return [];
    return Object(body).Elements.flatMap(
      ({ ValidationErrors }: { ValidationErrors: Array<{ Message: string }> }) =>
        ValidationErrors.map(({ Message }) => Message),
    );
  }

  test('a period is the employee’s pay period, filed once, with a number for each day', async () => {
    expect([
      await faults(sheet({ StartDate: '2026-11-03', EndDate: '2026-11-09' })),
      await faults(sheet({}, [8])),
      await faults(sheet({ EmployeeID: '3bf6a4a4-9dcb-4c1e-9f4b-35a6f3f2e0a1' })),
      await faults(sheet()),
      await faults(sheet()),
    ]).toEqual([
      ['The period must be a pay period of the calendar, such as 2026-11-02 to 2026-11-08.'],
      ['The number of units must be given for each of the 7 days of the period; there are 1.'],
      ['The employee could not be found.'],
      [],
      ['Timesheet overlaps an existing timesheet'],
    ]);
  });

  test('one bad timesheet fails all of them', async () => {
    const other = addEmployee(served.xero.books(), { firstName: 'Kim' });

    await faults(sheet(), sheet({ EmployeeID: other.id }, [1]));

    expect(served.xero.books().timesheets.size).toBe(0);
  });

  test('a tracking item is an option of the timesheets’ category', async () => {
    const [region, department] = [...served.xero.books().trackingCategories.rows()];
    const tracked = (id: string | undefined): object =>
      sheet({
        TimesheetLines: [
          {
            EarningsRateID: employee.earningsRateId,
            TrackingItemID: id,
            NumberOfUnits: [1, 0, 0, 0, 0, 0, 0],
          },
        ],
      });

    expect([
      await faults(tracked(department?.options[0]?.id)),
      await faults(tracked(region?.options[0]?.id)),
    ]).toEqual([["The tracking item is not an option of the timesheets' tracking category."], []]);
  });

  test('both Australian APIs show the same timesheet', async () => {
    await faults(sheet({}, [8, 0, 3.75, 0, 0, 0, 0]));
    const id = served.xero.books().timesheets.rows().next().value?.id ?? '';

    const { body } = await served.call('GET', `${V2}/Timesheets/${id}`);

    const { status, totalHours, timesheetLines } = Object(body).timesheet;
    expect([
      status,
      totalHours,
      timesheetLines.map((line: { date: string; numberOfUnits: number }) => [line.date, line.numberOfUnits]),
    ]).toEqual([
      'Draft',
      11.75,
      [
        ['2026-11-02T00:00:00', 8],
        ['2026-11-04T00:00:00', 3.75],
      ],
    ]);
  });

  test('a timesheet that a pay run has taken is never changed', async () => {
    await faults(sheet());
    const id = served.xero.books().timesheets.rows().next().value?.id ?? '';
    served.xero.actions['timesheet-status']?.run({ timesheet: id, status: 'processed' });

    const { body } = await served.call('POST', `${V1}/Timesheets/${id}`, {
      body: [sheet({ Status: 'APPROVED' })],
    });

    expect(Object(body).Elements[0].ValidationErrors).toEqual([
      { Message: 'A processed timesheet cannot be changed.' },
    ]);
  });

  test('only a user who may see payroll gets in', async () => {
    served.xero.actions.settings?.run({ payrollAdmin: false });

    const { status, body } = await served.call('GET', `${V1}/Employees`);

    expect([status, Object(body).Detail]).toEqual([403, 'AuthorizationUnsuccessful']);
  });
});

describe('timesheets of the simulated Xero in other countries', () => {
  async function statusesIn(region: 'NZ' | 'UK' | 'US'): Promise<number[]> {
    const served = await serveXero({ regions: [region] });
    const answers = [`${V1}/Employees`, `${V2}/Employees`, `${V2}/Timesheets`].map((path) =>
      served.call('GET', path),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  }

  test('each country has its own API, or none', async () => {
    expect([await statusesIn('NZ'), await statusesIn('UK'), await statusesIn('US')]).toEqual([
      [404, 200, 200],
      [404, 200, 200],
      [404, 404, 404],
    ]);
  });

  test('lines are added, changed and taken away while it is a draft', async () => {
    const served = await serveXero({ regions: ['NZ'] });
    const employee = addEmployee(served.xero.books(), { calendar: 'Monthly' });
    const call = (
      method: 'POST' | 'PUT' | 'DELETE' | 'GET',
      path: string,
      body?: object,
    ): Promise<Answered> =>
      served.call(method, `${V2}/Timesheets${path}`, body === undefined ? {} : { body });
    const line = (date: string, numberOfUnits: number): object => ({
      date,
      earningsRateID: employee.earningsRateId,
      numberOfUnits,
    });
    const made = await call('POST', '', {
      payrollCalendarID: employee.calendarId,
      employeeID: employee.id,
      startDate: '2026-11-01',
      endDate: '2026-11-30',
    });
    const at = `/${Object(made.body).timesheet.timesheetID}`;

    const first = Object((await call('POST', `${at}/Lines`, line('2026-11-02', 2.3333))).body).timesheetLine;
    await call('POST', `${at}/Lines`, line('2026-11-03', 1));
    await call('PUT', `${at}/Lines/${first.timesheetLineID}`, line('2026-11-02', 2.5));
    const outside = await call('POST', `${at}/Lines`, line('2026-12-01', 1));
    await call('POST', `${at}/Approve`);
    const late = await call('DELETE', `${at}/Lines/${first.timesheetLineID}`);

    const { totalHours, status } = Object((await call('GET', at)).body).timesheet;
    const fieldsOf = ({ body }: Answered): unknown => Object(body).problem.invalidFields;
    expect([totalHours, status, fieldsOf(outside), late.status, fieldsOf(late)]).toEqual([
      3.5,
      'Approved',
      [{ name: 'Date', reason: 'The date must be within the period of the timesheet.' }],
      400,
      [{ name: 'Status', reason: 'Only a draft timesheet can be changed. It is Approved.' }],
    ]);
  });
});
