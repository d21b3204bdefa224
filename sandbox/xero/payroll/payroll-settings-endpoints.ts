import type { Books } from '../books/books.ts';
import type { EarningsRate } from '../books/earnings-rate.ts';
import type { Employee } from '../books/employee.ts';
import { type CalendarType, type PayCalendar, periodOf } from '../books/pay-calendar.ts';
import { today } from '../documents/today.ts';
import { param, type XeroEndpoint } from '../endpoint.ts';
import { notFound } from '../wire/refusal.ts';
import { addDays, dateString, daysBetween, ticks } from '../wire/wire-time.ts';
import { payrollAnswer, payrollPage } from './payroll-envelope.ts';

const EMPLOYEES = ['payroll.employees'];
const SETTINGS = ['payroll.settings'];

/** Employees, pay calendars, earnings rates and settings of Payroll 2.0, as far as timesheets need them. */
export const payrollSettingsEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Employees',
    operation: 'payroll.employees.list',
    scopes: EMPLOYEES,
    handle: (call) => {
      const wanted = (call.query.filter ?? '')
        .split(',')
        .map((part) => part.split('==').map((side) => side.trim()));
      const found = [...call.books.employees.rows()].filter((employee) =>
        wanted.every(
          ([name, value]) => value === undefined || nameOf(employee, name) === value.toLowerCase(),
        ),
      );
      return payrollPage(call, 'employees', found, (employee) => showEmployee(call.books, employee));
    },
  },
  {
    method: 'GET',
    path: '/Employees/:EmployeeID',
    operation: 'payroll.employees.get',
    scopes: EMPLOYEES,
    handle: (call) => {
      const found = call.books.employees.get(param(call, 'EmployeeID'));
      if (found === undefined) throw notFound();
      return payrollAnswer(call.books, { employee: showEmployee(call.books, found) });
    },
  },
  {
    method: 'GET',
    path: '/PayRunCalendars',
    operation: 'payroll.calendars.list',
    scopes: SETTINGS,
    handle: (call) =>
      payrollPage(call, 'payRunCalendars', [...call.books.payCalendars.rows()], (calendar) =>
        showCalendar(call.books, calendar),
      ),
  },
  {
    method: 'GET',
    path: '/PayRunCalendars/:PayrollCalendarID',
    operation: 'payroll.calendars.get',
    scopes: SETTINGS,
    handle: (call) => {
      const found = call.books.payCalendars.get(param(call, 'PayrollCalendarID'));
      if (found === undefined) throw notFound();
      return payrollAnswer(call.books, { payRunCalendar: showCalendar(call.books, found) });
    },
  },
  {
    method: 'GET',
    path: '/EarningsRates',
    operation: 'payroll.earnings-rates.list',
    scopes: SETTINGS,
    handle: (call) =>
      payrollPage(call, 'earningsRates', [...call.books.earningsRates.rows()], showEarningsRate),
  },
  {
    method: 'GET',
    path: '/EarningsRates/:EarningsRateID',
    operation: 'payroll.earnings-rates.get',
    scopes: SETTINGS,
    handle: (call) => {
      const found = call.books.earningsRates.get(param(call, 'EarningsRateID'));
      if (found === undefined) throw notFound();
      return payrollAnswer(call.books, { earningsRate: showEarningsRate(found) });
    },
  },
  {
    method: 'GET',
    path: '/Settings',
    operation: 'payroll.settings.get',
    scopes: SETTINGS,
    handle: ({ books }) => payrollAnswer(books, { settings: { accounts: settingsAccounts(books) } }),
  },
  {
    method: 'GET',
    path: '/Settings/TrackingCategories',
    operation: 'payroll.settings.tracking',
    scopes: SETTINGS,
    handle: ({ books }) => {
      // The British API does not have this one.
      if (books.organisation.region !== 'NZ') throw notFound();
      return payrollAnswer(books, {
        trackingCategories: {
          employeeGroupsTrackingCategoryID: null,
          timesheetTrackingCategoryID: books.timesheetCategoryId ?? null,
        },
      });
    },
  },
];

function nameOf(employee: Employee, name: string | undefined): string | undefined {
  const names: Record<string, string> = { firstName: employee.firstName, lastName: employee.lastName };
  return names[name ?? '']?.toLowerCase();
}

function showEmployee(books: Books, employee: Employee): object {
  const isUk = books.organisation.region === 'UK';
  return {
    employeeID: employee.id,
    ...(isUk ? { title: '' } : {}),
    firstName: employee.firstName,
    lastName: employee.lastName,
    dateOfBirth: dateString(employee.dateOfBirth),
    gender: employee.gender,
    email: employee.email,
    phoneNumber: null,
    startDate: dateString(employee.startDate),
    address: {
      addressLine1: employee.addressLine1,
      addressLine2: null,
      city: employee.city,
      ...(isUk ? {} : { suburb: null }),
      postCode: employee.postCode,
      countryName: null,
    },
    payrollCalendarID: employee.calendarId ?? null,
    updatedDateUTC: ticks(employee.updatedMs),
    createdDateUTC: ticks(employee.createdMs),
    endDate: employee.endDate === undefined ? null : dateString(employee.endDate),
  };
}

const TYPES: Readonly<Record<CalendarType, string>> = {
  WEEKLY: 'Weekly',
  FORTNIGHTLY: 'Fortnightly',
  FOURWEEKLY: 'FourWeekly',
  TWICEMONTHLY: 'TwiceMonthly',
  MONTHLY: 'Monthly',
  QUARTERLY: 'Quarterly',
};

/** A calendar shows the period that runs now, and when it is paid. */
function showCalendar(books: Books, calendar: PayCalendar): object {
  const { start, end } = periodOf(calendar, today(books));
  const lag = daysBetween(periodOf(calendar, calendar.startDate).end, calendar.paymentDate) - 1;
  return {
    payrollCalendarID: calendar.id,
    name: calendar.name,
    calendarType: TYPES[calendar.type],
    periodStartDate: dateString(start),
    periodEndDate: dateString(end),
    paymentDate: dateString(addDays(end, lag)),
    updatedDateUTC: ticks(calendar.updatedMs),
  };
}

function showEarningsRate(rate: EarningsRate): object {
  return {
    earningsRateID: rate.id,
    name: rate.name,
    earningsType: rate.earningsType,
    rateType: rate.rateType,
    typeOfUnits: rate.typeOfUnits.toLowerCase(),
    currentRecord: rate.isCurrent,
    expenseAccountID: rate.expenseAccountId,
    fixedAmount: rate.fixedAmount ?? null,
    ratePerUnit: rate.ratePerUnit ?? null,
    multipleOfOrdinaryEarningsRate: rate.multiple ?? null,
  };
}

function settingsAccounts(books: Books): object[] {
  const accounts = [
    ['BANK', '090'],
    ['WAGESEXPENSE', '477'],
    ['WAGESPAYABLE', '804'],
  ] as const;
  return accounts.flatMap(([type, code]) => {
    const account = books.accountByCode(code);
    return account === undefined ? [] : [{ accountID: account.id, type, code, name: account.name }];
  });
}
