import type { Books } from '../books/books.ts';
import type { Region } from '../books/organisation.ts';

type Rate = readonly [name: string, earningsType: string, multiple?: number];

/** Each region's payroll has its own names for kinds of earnings. The US have no payroll API. */
const RATES: Readonly<Record<Region, readonly Rate[]>> = {
  AU: [
    ['Ordinary Hours', 'ORDINARYTIMEEARNINGS'],
    ['Overtime Hours', 'OVERTIMEEARNINGS', 1.5],
  ],
  NZ: [
    ['Ordinary Time', 'RegularEarnings'],
    ['Overtime', 'OvertimeEarnings', 1.5],
  ],
  UK: [
    ['Regular Hours', 'RegularEarnings'],
    ['Overtime Hours', 'OvertimeEarnings', 1.5],
  ],
  US: [],
};

/** Pay calendars (weeks from Monday, calendar months), earnings rates and the timesheets' tracking category. */
export function setUpPayroll(books: Books, openedMs: number): void {
  const rates = RATES[books.organisation.region];
  if (rates.length === 0) return;
  const wages = books.accountByCode('477');
  for (const [name, earningsType, multiple] of rates) {
    books.earningsRates.put({
      id: books.ids.next(),
      name,
      earningsType,
      rateType: multiple === undefined ? 'RatePerUnit' : 'MultipleOfOrdinaryEarningsRate',
      typeOfUnits: 'Hours',
      expenseAccountId: wages?.id ?? '',
      ...(multiple === undefined ? { ratePerUnit: 45 } : { multiple }),
      isCurrent: true,
      updatedMs: openedMs,
    });
  }
  const calendar = { updatedMs: openedMs };
  books.payCalendars.put({
    ...calendar,
    id: books.ids.next(),
    name: 'Weekly',
    type: 'WEEKLY',
    startDate: '2021-01-04',
    paymentDate: '2021-01-13',
  });
  books.payCalendars.put({
    ...calendar,
    id: books.ids.next(),
    name: 'Monthly',
    type: 'MONTHLY',
    startDate: '2021-01-01',
    paymentDate: '2021-01-29',
  });
}
