import type { Step } from './play-steps.ts';

const V1 = '/payroll.xro/1.0';
export const PAYROLL_AU: readonly Step[] = [
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
export const PAYROLL_SETTINGS: readonly Step[] = [
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
export const TRACKING: readonly Step[] = [{ method: 'GET', path: `${V2}/Settings/TrackingCategories` }];
export const TIMESHEETS: readonly Step[] = [
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
