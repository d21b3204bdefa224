import { describe, expect, test } from '@jest/globals';
import { type AccountMap, trackingOf } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import { checkMap } from '@stackbridge/shared-mappers/plan/billing/check-map.ts';
import { draftAccountMap } from '@stackbridge/shared-mappers/plan/billing/draft-account-map.ts';
import { ACCOUNT_MAP, CHART } from '../../support/billing-chart.ts';

test('a map that fits has no faults', () => {
  expect(checkMap(ACCOUNT_MAP, CHART)).toEqual([]);
});

test('ten faults are told at once, each with where it is and what would fit', () => {
  const map: AccountMap = {
    time: { account: '20O' },
    categories: {
      Consulting: { account: '270' },
      Legal: { account: '820' },
    },
    expenses: {
      Travel: { account: '200', charge: { account: '090' } },
      Other: { account: '429', tax: 'OUTPUT' },
    },
    taxes: { gst: { sales: 'INPUT' } },
    rates: [{ role: 'Wizard', rate: '150' }],
    tracking: [{ category: 'Region', by: 'project', options: { Apollo: 'Nort' } }],
    paidThrough: { 'Company Card': '999' },
  };

  const faults = checkMap(map, CHART);

  expect(faults).toEqual([
    {
      code: 'ACCOUNT_UNUSABLE',
      path: ['time', 'account'],
      message: 'Xero has no account 20O',
      suggestion: 'Did you mean 200 Sales, 210 Consulting Fees or 260 Reimbursed Expenses?',
    },
    {
      code: 'ACCOUNT_UNUSABLE',
      path: ['categories', 'Consulting', 'account'],
      message: 'Account 270 (Old Sales) is archived',
      suggestion: 'Did you mean 210 Consulting Fees, 200 Sales or 260 Reimbursed Expenses?',
    },
    expect.objectContaining({
      code: 'ACCOUNT_UNUSABLE',
      path: ['categories', 'Legal', 'account'],
      message: 'Account 820 (GST) is kept by Xero itself',
    }),
    {
      code: 'ACCOUNT_UNUSABLE',
      path: ['expenses', 'Travel', 'account'],
      message: 'Account 200 (Sales) is of class revenue: not for a line of a bill or of spend money',
      suggestion: 'Did you mean 493 Travel - National, 494 Travel - International or 429 General Expenses?',
    },
    expect.objectContaining({
      code: 'ACCOUNT_UNUSABLE',
      path: ['expenses', 'Travel', 'charge', 'account'],
      message: 'Account 090 (Business Account) is a bank account',
    }),
    {
      code: 'TAX_NOT_ALLOWED',
      path: ['expenses', 'Other', 'tax'],
      message: 'Tax rate OUTPUT (GST on Income) is not allowed for account 429 of class expense',
      suggestion: 'Did you mean INPUT, EXEMPTEXPENSES or BASEXCLUDED?',
    },
    {
      code: 'TAX_NOT_ALLOWED',
      path: ['taxes', 'gst', 'sales'],
      message: 'Tax rate INPUT is not allowed for what is sold',
      suggestion: 'Did you mean OUTPUT, EXEMPTOUTPUT or BASEXCLUDED?',
    },
    {
      code: 'RECIPE_INVALID',
      path: ['rates', 0, 'role'],
      message: 'Nobody under `people` has the role Wizard',
    },
    {
      code: 'TRACKING_UNKNOWN',
      path: ['tracking', 0, 'options', 'Apollo'],
      message: 'Tracking category Region has no active option Nort',
      suggestion: 'Did you mean North?',
    },
    {
      code: 'ACCOUNT_UNUSABLE',
      path: ['paidThrough', 'Company Card'],
      message: 'Xero has no active bank account 999',
      suggestion: 'Did you mean account-card Company Card or 090 Business Account?',
    },
  ]);
});

test('what is archived does not stand before what is in use under the same name', () => {
  const sales = CHART.accounts.filter(({ code }) => code === '200');
  const rates = CHART.taxRates.filter(({ name }) => name === 'GST on Income');
  const regions = CHART.tracking.filter(({ name }) => name === 'Region');
  const archived = <Entry extends object>(entries: readonly Entry[], other: Partial<Entry>): Entry[] =>
    entries.map((entry) => ({ ...entry, ...other, active: false }));
  const chart = {
    ...CHART,
    accounts: [...CHART.accounts, ...archived(sales, { id: 'old' })],
    taxRates: [...CHART.taxRates, ...archived(rates, { taxType: 'TAX009' })],
    tracking: [...CHART.tracking, ...archived(regions, { id: 't9', options: [] })],
  };
  const map: AccountMap = {
    ...ACCOUNT_MAP,
    time: { account: '200', tax: 'GST on Income' },
    tracking: [{ category: 'Region', by: 'project', options: { Apollo: 'North' } }],
  };

  expect(checkMap(map, chart)).toEqual([]);
});

test('what the projects and books hold and the map does not know is told with the nearest accounts', () => {
  const faults = checkMap(ACCOUNT_MAP, CHART, {
    expenses: [
      { account: 'Travel', charged: true },
      { account: 'National travel', charged: false },
    ],
    taxes: [{ tax: 'vat', side: 'purchases' }],
    currencies: ['AUD', 'CHF'],
    dates: ['2026-02-01', '2025-11-30'],
  });

  expect(faults.map(({ code, path, suggestion }) => [code, path, suggestion])).toEqual([
    [
      'ACCOUNT_UNMAPPED',
      ['expenses', 'National travel'],
      'Did you mean 493 Travel - National, 494 Travel - International or 429 General Expenses?',
    ],
    ['ACCOUNT_UNMAPPED', ['taxes', 'vat', 'purchases'], undefined],
    ['CURRENCY_NOT_SUBSCRIBED', [], undefined],
    ['PERIOD_LOCKED', [], undefined],
  ]);
});

test('a rate twice, upside down or beyond four places is a fault', () => {
  const rates = [
    { rate: '150' },
    { rate: '160' },
    { person: 'a', from: '2026-02-01', until: '2026-01-01', rate: '1' },
    { person: 'b', rate: '1.23456' },
    { person: 'c', rate: '100', currency: 'CHF' },
  ];
  expect(checkMap({ ...ACCOUNT_MAP, rates }, CHART).map(({ path }) => path)).toEqual([
    ['rates', 1, 'rate'],
    ['rates', 2, 'until'],
    ['rates', 3, 'rate'],
    ['rates', 4, 'currency'],
  ]);
});

describe('the tracking of a line', () => {
  const map: AccountMap = {
    tracking: [{ category: 'Region', by: 'project', options: { Bridge: 'North' }, otherwise: 'South' }],
  };

  test('is what its account says, else what the rules say', () => {
    const own = { account: '200', tracking: { Region: 'South' } };
    const options = [
      trackingOf(map, own, { project: 'Bridge' }),
      trackingOf(map, { account: '200' }, { project: 'Bridge' }),
      trackingOf(map, { account: '200' }, { project: 'Tower' }),
      trackingOf(map, { account: '200' }, { project: 'constructor' }),
    ].map((tracking) => tracking.map(({ option }) => option));
    expect(options).toEqual([['South'], ['North'], ['South'], ['South']]);
  });
});

describe('a drafted map', () => {
  const facts = {
    projectCategories: ['Consulting'],
    expenseAccounts: ['Travel', 'Parking'],
    salesAccounts: ['Sales'],
    taxes: [
      { id: '1', name: 'GST', percentage: '10' },
      { id: '2', name: 'VAT', percentage: '19' },
    ],
    people: [{ name: 'Ada', email: 'ada@example.test' }],
    paidThrough: ['Company Card', 'Petty Cash'],
  };

  test('names the nearest accounts and says where it is not sure', () => {
    const { map, doubts } = draftAccountMap(facts, CHART);
    expect(map).toEqual({
      time: { account: '200' },
      categories: { Consulting: { account: '210' } },
      expenses: {
        Travel: { account: '493', charge: { account: '260' } },
        Parking: { account: expect.any(String), charge: { account: '260' } },
      },
      taxes: { GST: { sales: 'OUTPUT', purchases: 'INPUT' }, VAT: {} },
      people: { 'ada@example.test': { user: 'ada@example.test' } },
      paidThrough: { 'Company Card': 'account-card' },
      sales: { Sales: { account: '200' } },
    });
    expect(doubts.map((doubt) => doubt.split(':')[0])).toEqual([
      'expenses.Parking',
      'taxes.VAT',
      'paidThrough.Petty Cash',
    ]);
  });

  test('passes the check', () => {
    expect(checkMap(draftAccountMap(facts, CHART).map, CHART)).toEqual([]);
  });
});
