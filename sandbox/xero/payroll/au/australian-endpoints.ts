import type { Answer } from '../../../simulator.ts';
import { elementsOf } from '../../accounting/elements.ts';
import { envelope } from '../../accounting/envelope.ts';
import type { Employee } from '../../books/employee.ts';
import { EMPTY_GUID } from '../../books/ids.ts';
import type { PayCalendar } from '../../books/pay-calendar.ts';
import type { Timesheet } from '../../books/timesheet.ts';
import { distorted, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, text } from '../../query/columns.ts';
import { modifiedSince, selected } from '../../query/listing.ts';
import { readInput } from '../../wire/input.ts';
import { ElementFault, notFound, validationException } from '../../wire/refusal.ts';
import { dayMs } from '../../wire/wire-time.ts';
import { showAuCalendar, showAuEarningsRate, showAuEmployee, showAuSettings } from './australian-json.ts';
import { AuTimesheetInput, showAuTimesheet, writeAuTimesheet } from './australian-timesheets.ts';

const EMPLOYEES = ['payroll.employees'];
const SETTINGS = ['payroll.settings'];
const TIMESHEETS = ['payroll.timesheets'];
const PAGE = 100;

/** Payroll AU 1.0, as far as timesheets need it. */
export const australianEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Employees',
    operation: 'payroll-au.employees.list',
    scopes: EMPLOYEES,
    handle: (call) =>
      list(call, 'Employees', call.books.employees.rows(), EMPLOYEE_COLUMNS, (one) =>
        showAuEmployee(one, false),
      ),
  },
  {
    method: 'GET',
    path: '/Employees/:EmployeeID',
    operation: 'payroll-au.employees.get',
    scopes: EMPLOYEES,
    handle: (call) => {
      const found = call.books.employees.get(param(call, 'EmployeeID'));
      if (found === undefined) throw notFound();
      return envelope(call.books, { Employees: [showAuEmployee(found, true)] });
    },
  },
  {
    method: 'GET',
    path: '/PayrollCalendars',
    operation: 'payroll-au.calendars.list',
    scopes: SETTINGS,
    handle: (call) =>
      list(call, 'PayrollCalendars', call.books.payCalendars.rows(), CALENDAR_COLUMNS, (one) =>
        showAuCalendar(call.books, one),
      ),
  },
  {
    method: 'GET',
    path: '/PayrollCalendars/:PayrollCalendarID',
    operation: 'payroll-au.calendars.get',
    scopes: SETTINGS,
    handle: (call) => {
      const found = call.books.payCalendars.get(param(call, 'PayrollCalendarID'));
      if (found === undefined) throw notFound();
      return envelope(call.books, { PayrollCalendars: [showAuCalendar(call.books, found)] });
    },
  },
  {
    method: 'GET',
    path: '/PayItems',
    operation: 'payroll-au.pay-items.list',
    scopes: SETTINGS,
    handle: (call) => {
      const EarningsRates = [...call.books.earningsRates.rows()].map((rate) =>
        showAuEarningsRate(call.books, rate),
      );
      const PayItems = { EarningsRates, DeductionTypes: [], LeaveTypes: [], ReimbursementTypes: [] };
      return envelope(call.books, { PayItems });
    },
  },
  {
    method: 'GET',
    path: '/Settings',
    operation: 'payroll-au.settings.get',
    scopes: SETTINGS,
    handle: ({ books }) => envelope(books, { Settings: showAuSettings(books) }),
  },
  {
    method: 'GET',
    path: '/Timesheets',
    operation: 'payroll-au.timesheets.list',
    scopes: TIMESHEETS,
    handle: (call) =>
      list(call, 'Timesheets', call.books.timesheets.rows(), TIMESHEET_COLUMNS, showAuTimesheet),
  },
  {
    method: 'POST',
    path: '/Timesheets',
    operation: 'payroll-au.timesheets.create',
    scopes: TIMESHEETS,
    handle: (call) => write(call, undefined),
  },
  {
    method: 'GET',
    path: '/Timesheets/:TimesheetID',
    operation: 'payroll-au.timesheets.get',
    scopes: TIMESHEETS,
    handle: (call) => envelope(call.books, { Timesheet: showAuTimesheet(timesheetAt(call)) }),
  },
  {
    method: 'POST',
    path: '/Timesheets/:TimesheetID',
    operation: 'payroll-au.timesheets.update',
    scopes: TIMESHEETS,
    handle: (call) => write(call, timesheetAt(call)),
  },
];

const EMPLOYEE_COLUMNS: Columns<Employee> = {
  resource: 'Employee',
  byPath: {
    EmployeeID: guid(({ id }) => id),
    FirstName: text(({ firstName }) => firstName),
    LastName: text(({ lastName }) => lastName),
    Email: text(({ email }) => email),
    Status: text(({ endDate }) => (endDate === undefined ? 'ACTIVE' : 'TERMINATED')),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

const CALENDAR_COLUMNS: Columns<PayCalendar> = {
  resource: 'PayrollCalendar',
  byPath: {
    PayrollCalendarID: guid(({ id }) => id),
    Name: text(({ name }) => name),
    CalendarType: text(({ type }) => type),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

const TIMESHEET_COLUMNS: Columns<Timesheet> = {
  resource: 'Timesheet',
  byPath: {
    TimesheetID: guid(({ id }) => id),
    EmployeeID: guid(({ employeeId }) => employeeId),
    Status: text(({ status }) => status),
    StartDate: date(({ startDate }) => dayMs(startDate)),
    EndDate: date(({ endDate }) => dayMs(endDate)),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

/** Up to 100 records a call, the first hundred unless a page is asked for; no `pagination` in the answer. */
function list<T extends { readonly updatedMs: number }>(
  call: XeroCall,
  plural: string,
  rows: Iterable<T>,
  columns: Columns<T>,
  show: (row: T) => object,
): Answer {
  const page = Math.max(1, Number.parseInt(call.query.page ?? '1', 10) || 1);
  const found = selected(call, modifiedSince(call, [...rows]), columns).slice((page - 1) * PAGE, page * PAGE);
  return envelope(call.books, { [plural]: distorted(call, found).map(show) });
}

function timesheetAt(call: XeroCall): Timesheet {
  const found = call.books.timesheets.get(param(call, 'TimesheetID'));
  if (found === undefined) throw notFound();
  return found;
}

/** One bad timesheet fails the whole request. */
function write(call: XeroCall, previous: Timesheet | undefined): Answer {
  const { books } = call;
  const elements = elementsOf(call, 'Timesheets');
  return books.journal.attempt(() => {
    const faulty: object[] = [];
    const written = elements.flatMap((element, index) => {
      const input = readInput(AuTimesheetInput, element, `Timesheets[${index}]`);
      const known =
        previous ?? (input.TimesheetID === undefined ? undefined : books.timesheets.get(input.TimesheetID));
      try {
        return [writeAuTimesheet(books, input, known)];
      } catch (error) {
        if (!(error instanceof ElementFault)) throw error;
        const ValidationErrors = error.messages.map((Message) => ({ Message }));
        faulty.push({ ...element, TimesheetID: element.TimesheetID ?? EMPTY_GUID, ValidationErrors });
        return [];
      }
    });
    if (faulty.length > 0) throw validationException(faulty);
    return envelope(books, { Timesheets: written.map(showAuTimesheet) });
  });
}
