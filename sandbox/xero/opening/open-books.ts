import type { World } from '../../world.ts';
import { Books } from '../books/books.ts';
import { guidOf } from '../books/ids.ts';
import type { Region } from '../books/organisation.ts';
import { CHART } from './chart-of-accounts.ts';
import { setUpPayroll } from './payroll-set-up.ts';
import { REGION_FACTS } from './regions.ts';
import { openingTaxRates } from './tax-rates.ts';

/** When every simulated organisation joined Xero. */
export const OPENED_MS = Date.parse('2021-03-04T10:20:30Z');

/** An organisation as a person gets it who tries Xero out: chart, tax rates, tracking, users and payroll; no documents. */
export function openBooks(world: World, region: Region): Books {
  const facts = REGION_FACTS[region];
  const books = new Books(world, {
    id: guidOf(`${world.seed}:organisation:${region}`),
    name: facts.organisationName,
    region,
    countryCode: facts.countryCode,
    baseCurrency: facts.baseCurrency,
    timezone: facts.timezone,
    shortCode: `!${guidOf(`${world.seed}:short:${region}`).slice(0, 5)}`,
    periodLockDate: null,
    endOfYearLockDate: null,
    createdMs: OPENED_MS,
  });
  stock(books);
  return books;
}

/** Fills books that hold nothing. */
function stock(books: Books): void {
  const facts = REGION_FACTS[books.organisation.region];
  for (const rate of openingTaxRates(books.organisation.region, facts.tax)) books.taxRates.put(rate);
  for (const { tax, ...line } of CHART) {
    books.accounts.put({
      id: books.ids.next(),
      code: line.code,
      name: line.name,
      type: line.type,
      status: 'ACTIVE',
      taxType: facts[tax],
      description: '',
      systemAccount: line.systemAccount ?? '',
      enablePayments: line.enablePayments ?? false,
      showInExpenseClaims: line.showInExpenseClaims ?? false,
      ...(line.bankAccountType === undefined
        ? {}
        : {
            bankAccountType: line.bankAccountType,
            bankAccountNumber: `0209087654321${line.code === '' ? '055' : `0${line.code.slice(1)}`}`,
            currencyCode: facts.baseCurrency,
          }),
      updatedMs: OPENED_MS,
    });
  }
  addTracking(books);
  addUsers(books);
  setUpPayroll(books, OPENED_MS);
}

function addTracking(books: Books): void {
  const category = (name: string, options: readonly string[]): string =>
    books.trackingCategories.put({
      id: books.ids.next(),
      name,
      status: 'ACTIVE',
      options: options.map((option) => ({ id: books.ids.next(), name: option, status: 'ACTIVE' })),
    }).id;
  books.timesheetCategoryId = category('Region', ['Eastside', 'North', 'South', 'West Coast']);
  category('Department', ['Consulting', 'Delivery', 'Support']);
}

function addUsers(books: Books): void {
  const people = [
    ['Ada', 'Lovelace', 'FINANCIALADVISER'],
    ['Grace', 'Hopper', 'STANDARD'],
    ['Alan', 'Turing', 'STANDARD'],
  ] as const;
  for (const [firstName, lastName, role] of people) {
    books.users.put({
      id: books.ids.next(),
      email: `${firstName}@sandbox.test`.toLowerCase(),
      firstName,
      lastName,
      role,
      isSubscriber: role === 'FINANCIALADVISER',
      updatedMs: OPENED_MS,
    });
  }
}
