import type { Books } from '../../books/books.ts';
import type { EarningsRate } from '../../books/earnings-rate.ts';
import type { Employee } from '../../books/employee.ts';
import { type PayCalendar, periodOf } from '../../books/pay-calendar.ts';
import { today } from '../../documents/today.ts';
import { addDays, daysBetween, msDate, msStamp } from '../../wire/wire-time.ts';

export function showAuEmployee(employee: Employee, alone: boolean): object {
  return {
    EmployeeID: employee.id,
    FirstName: employee.firstName,
    LastName: employee.lastName,
    Status: employee.endDate === undefined ? 'ACTIVE' : 'TERMINATED',
    Email: employee.email,
    DateOfBirth: msDate(employee.dateOfBirth),
    Gender: employee.gender,
    StartDate: msDate(employee.startDate),
    ...(employee.endDate === undefined ? {} : { TerminationDate: msDate(employee.endDate) }),
    ...(alone
      ? {
          HomeAddress: {
            AddressLine1: employee.addressLine1,
            City: employee.city,
            Region: employee.state,
            PostalCode: employee.postCode,
            Country: 'AUSTRALIA',
          },
        }
      : {}),
    ...(employee.earningsRateId === undefined ? {} : { OrdinaryEarningsRateID: employee.earningsRateId }),
    ...(employee.calendarId === undefined ? {} : { PayrollCalendarID: employee.calendarId }),
    UpdatedDateUTC: msStamp(employee.updatedMs),
    IsSTP2Qualified: true,
  };
}

/** A calendar shows the period that runs now. */
export function showAuCalendar(books: Books, calendar: PayCalendar): object {
  const { start, end } = periodOf(calendar, today(books));
  const lag = daysBetween(periodOf(calendar, calendar.startDate).end, calendar.paymentDate) - 1;
  return {
    PayrollCalendarID: calendar.id,
    Name: calendar.name,
    CalendarType: calendar.type,
    StartDate: msDate(start),
    PaymentDate: msDate(addDays(end, lag)),
    UpdatedDateUTC: msStamp(calendar.updatedMs),
    ReferenceDate: msDate(calendar.startDate),
  };
}

export function showAuEarningsRate(books: Books, rate: EarningsRate): object {
  return {
    EarningsRateID: rate.id,
    Name: rate.name,
    EarningsType: rate.earningsType,
    RateType:
      rate.rateType === 'RatePerUnit'
        ? 'RATEPERUNIT'
        : rate.rateType === 'FixedAmount'
          ? 'FIXEDAMOUNT'
          : 'MULTIPLE',
    AccountCode: books.accounts.get(rate.expenseAccountId)?.code ?? '',
    TypeOfUnits: rate.typeOfUnits,
    ...(rate.ratePerUnit === undefined ? {} : { RatePerUnit: rate.ratePerUnit.toFixed(4) }),
    ...(rate.multiple === undefined ? {} : { Multiplier: rate.multiple }),
    ...(rate.fixedAmount === undefined ? {} : { Amount: rate.fixedAmount }),
    IsExemptFromTax: false,
    IsExemptFromSuper: false,
    IsReportableAsW1: true,
    IsQualifyingEarnings: rate.earningsType === 'ORDINARYTIMEEARNINGS',
    AllowanceContributesToAnnualLeaveRate: false,
    AllowanceContributesToOvertimeRate: false,
    UpdatedDateUTC: msStamp(rate.updatedMs),
    CurrentRecord: rate.isCurrent,
  };
}

export function showAuSettings(books: Books): object {
  const accounts = [
    ['BANK', '090'],
    ['WAGESPAYABLELIABILITY', '804'],
    ['PAYGLIABILITY', '825'],
    ['SUPERANNUATIONEXPENSE', '478'],
    ['WAGESEXPENSE', '477'],
  ] as const;
  const category =
    books.timesheetCategoryId === undefined
      ? undefined
      : books.trackingCategories.get(books.timesheetCategoryId);
  return {
    Accounts: accounts.flatMap(([Type, Code]) => {
      const account = books.accountByCode(Code);
      return account === undefined ? [] : [{ AccountID: account.id, Type, Code, Name: account.name }];
    }),
    TrackingCategories:
      category === undefined
        ? {}
        : { TimesheetCategories: { TrackingCategoryID: category.id, TrackingCategoryName: category.name } },
    DaysInPayrollYear: 365,
    EmployeesAreSTP2: true,
  };
}
