import { describe, expect, test } from '@jest/globals';
import { createXeroPayroll } from '@stackbridge/shared-mappers/connectors/xero/payroll.ts';
import type { DesiredTimesheet } from '@stackbridge/shared-mappers/ports/payroll-target.ts';
import { bodyOf, called, ok, scripted, silence } from './xero-client.ts';

const week: DesiredTimesheet = {
  employeeId: 'e-1',
  payCalendarId: 'cal-1',
  from: '2026-11-02',
  to: '2026-11-08',
  lines: [
    { date: '2026-11-02', earningsRateId: 'r-1', units: '7.3333' },
    { date: '2026-11-04', earningsRateId: 'r-1', units: '0.1' },
    { date: '2026-11-04', earningsRateId: 'r-1', units: '0.2' },
    { date: '2026-11-08', earningsRateId: 'r-2', trackingItemId: 'x-1', units: '4' },
  ],
};

describe('a timesheet in Australia', () => {
  const sheet = {
    TimesheetID: 's-1',
    EmployeeID: 'e-1',
    StartDate: '/Date(1793577600000+0000)/',
    EndDate: '/Date(1794096000000+0000)/',
    Status: 'DRAFT',
    TimesheetLines: [
      { EarningsRateID: 'r-1', NumberOfUnits: [7.3333, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0] },
      { EarningsRateID: 'r-2', TrackingItemID: 'x-1', NumberOfUnits: [0, 0, 0, 0, 0, 0, 4.0] },
    ],
  };

  test('has one number for each day of the period, added up digit by digit', async () => {
    const { client, requests } = scripted([ok({ Timesheets: [sheet] })]);

    const created = await createXeroPayroll({ client, country: 'AU' }).createTimesheet(week);

    expect(requests.map(called)).toEqual(['POST /payroll.xro/1.0/Timesheets']);
    expect(requests[0]?.body).toBe(
      '[{"EmployeeID":"e-1","StartDate":"/Date(1793577600000+0000)/","EndDate":"/Date(1794096000000+0000)/","Status":"DRAFT",' +
        '"TimesheetLines":[{"EarningsRateID":"r-1","NumberOfUnits":[7.3333,0,0.3,0,0,0,0]},' +
        '{"EarningsRateID":"r-2","TrackingItemID":"x-1","NumberOfUnits":[0,0,0,0,0,0,4]}]}]',
    );
    expect(created).toEqual({
      id: 's-1',
      employeeId: 'e-1',
      payCalendarId: 'cal-1',
      from: '2026-11-02',
      to: '2026-11-08',
      status: 'draft',
      lines: [
        { date: '2026-11-02', earningsRateId: 'r-1', units: '7.3333' },
        { date: '2026-11-04', earningsRateId: 'r-1', units: '0.3' },
        { date: '2026-11-08', earningsRateId: 'r-2', trackingItemId: 'x-1', units: '4' },
      ],
    });
  });

  test('that was made without an answer is found by employee and period', async () => {
    const { client, requests } = scripted([
      silence,
      ok({ Timesheets: [{ ...sheet, EmployeeID: 'e-2' }, sheet] }),
      ok({ Employees: [{ EmployeeID: 'e-1', FirstName: 'Ada', PayrollCalendarID: 'cal-1' }] }),
    ]);

    expect(await createXeroPayroll({ client, country: 'AU' }).createTimesheet(week)).toMatchObject({
      id: 's-1',
      payCalendarId: 'cal-1',
    });
    expect(requests).toHaveLength(3);
  });

  test('that is refused within a success is refused', async () => {
    const ValidationErrors = [{ Message: 'The period does not match the pay calendar' }];
    const { client } = scripted([ok({ Timesheets: [{ ...sheet, ValidationErrors }] })]);

    await expect(createXeroPayroll({ client, country: 'AU' }).createTimesheet(week)).rejects.toMatchObject({
      class: 'Rejected',
      message: 'Xero: The period does not match the pay calendar',
    });
  });

  test('takes its settings from the old payroll whichever kind it is of', async () => {
    const { client, requests } = scripted([
      ok({
        PayrollCalendars: [
          {
            PayrollCalendarID: 'cal-1',
            Name: 'Weekly',
            CalendarType: 'WEEKLY',
            StartDate: '/Date(1793577600000+0000)/',
          },
        ],
      }),
      ok({
        PayItems: {
          EarningsRates: [
            { EarningsRateID: 'r-1', Name: 'Ordinary', TypeOfUnits: 'Hours', CurrentRecord: true },
          ],
        },
      }),
      ok({ timesheet: newer() }),
    ]);
    const payroll = createXeroPayroll({ client, country: 'AU', timesheets: 'v2' });

    expect(await payroll.payCalendars()).toEqual([
      { id: 'cal-1', name: 'Weekly', frequency: 'weekly', periodStart: '2026-11-02' },
    ]);
    expect(await payroll.earningsRates()).toEqual([
      { id: 'r-1', name: 'Ordinary', units: 'Hours', active: true },
    ]);
    await payroll.createTimesheet(week);

    expect(requests.map(called)).toEqual([
      'GET /payroll.xro/1.0/PayrollCalendars?page=1',
      'GET /payroll.xro/1.0/PayItems',
      'POST /payroll.xro/2.0/Timesheets',
    ]);
  });
});

function newer(changed: object = {}): object {
  return {
    timesheetID: 's-1',
    payrollCalendarID: 'cal-1',
    employeeID: 'e-1',
    startDate: '2026-11-02 00:00:00',
    endDate: '2026-11-08 00:00:00',
    status: 'Draft',
    totalHours: 8,
    timesheetLines: [
      {
        timesheetLineID: 'l-1',
        date: '2026-11-02 00:00:00',
        earningsRateID: 'r-1',
        trackingItemID: null,
        numberOfUnits: 7.3333,
      },
      {
        timesheetLineID: 'l-2',
        date: '2026-11-03 00:00:00',
        earningsRateID: 'r-1',
        trackingItemID: null,
        numberOfUnits: 1,
      },
      {
        timesheetLineID: 'l-3',
        date: '2026-11-05 00:00:00',
        earningsRateID: 'r-1',
        trackingItemID: null,
        numberOfUnits: 2,
      },
    ],
    ...changed,
  };
}

describe('a timesheet in New Zealand and the United Kingdom', () => {
  test('has one line a day and rate', async () => {
    const { client, requests } = scripted([
      ok({ id: 'x', httpStatusCode: 'OK', problem: null, timesheet: newer() }),
    ]);

    const created = await createXeroPayroll({ client, country: 'NZ' }).createTimesheet(week);

    expect(bodyOf(requests[0])).toMatchObject({
      payrollCalendarID: 'cal-1',
      employeeID: 'e-1',
      startDate: '2026-11-02',
      endDate: '2026-11-08',
      timesheetLines: [
        { date: '2026-11-02', earningsRateID: 'r-1', numberOfUnits: 7.3333 },
        {},
        {},
        { date: '2026-11-08', earningsRateID: 'r-2', trackingItemID: 'x-1', numberOfUnits: 4 },
      ],
    });
    expect(created).toMatchObject({ id: 's-1', from: '2026-11-02', to: '2026-11-08', status: 'draft' });
  });

  test('is listed without its lines, which are read one by one where they are needed', async () => {
    const listed = {
      pagination: { page: 1, pageSize: 100, pageCount: 1, itemCount: 2 },
      timesheets: [
        newer({ timesheetLines: undefined }),
        newer({
          timesheetID: 's-0',
          startDate: '2026-10-05 00:00:00',
          endDate: '2026-10-11 00:00:00',
          timesheetLines: undefined,
        }),
      ],
    };
    const { client, requests } = scripted([ok(listed), ok({ timesheet: newer() })]);

    const payroll = createXeroPayroll({ client, country: 'GB' });
    const found = await payroll.timesheets({ from: '2026-11-01', to: '2026-11-30' });
    const whole = await Promise.all(found.map(payroll.readTimesheet));

    expect(requests.map(called)).toEqual([
      'GET /payroll.xro/2.0/Timesheets?startDate=2026-08-01&page=1',
      'GET /payroll.xro/2.0/Timesheets/s-1',
    ]);
    expect(found).toMatchObject([{ id: 's-1', status: 'draft' }]);
    expect(whole).toMatchObject([{ id: 's-1', lines: [{ units: '7.3333' }, {}, {}] }]);
  });

  test('is brought to its lines with the fewest calls: same ones stay, others change, the rest go or come', async () => {
    const wanted = {
      ...week,
      lines: [
        { date: '2026-11-02', earningsRateId: 'r-1', units: '7.3333' },
        { date: '2026-11-03', earningsRateId: 'r-1', units: '1.5' },
      ],
    };
    const { client, requests } = scripted([
      ok({ timesheet: newer() }),
      ok({}),
      ok({}),
      ok({ timesheet: newer() }),
    ]);
    const payroll = createXeroPayroll({ client, country: 'GB' });

    const lines = [
      { date: '2026-11-02', earningsRateId: 'r-1', units: '7.3333' },
      { date: '2026-11-03', earningsRateId: 'r-1', units: '1' },
      { date: '2026-11-05', earningsRateId: 'r-1', units: '2' },
    ];
    await payroll.updateTimesheet({ ...week, lines, id: 's-1', status: 'draft' }, wanted);

    expect(requests.map(called)).toEqual([
      'GET /payroll.xro/2.0/Timesheets/s-1',
      'PUT /payroll.xro/2.0/Timesheets/s-1/Lines/l-2',
      'DELETE /payroll.xro/2.0/Timesheets/s-1/Lines/l-3',
      'GET /payroll.xro/2.0/Timesheets/s-1',
    ]);
    expect(bodyOf(requests[1])).toEqual({ date: '2026-11-03', earningsRateID: 'r-1', numberOfUnits: 1.5 });
  });
});
