import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { Account, ChartOfAccounts } from '@stackbridge/shared-mappers/model/billing/chart.ts';

function account(
  code: string,
  name: string,
  type: string,
  accountClass: Account['class'],
  taxType: string,
  changes: Partial<Account> = {},
): Account {
  return {
    id: `account-${code}`,
    code,
    name,
    type,
    class: accountClass,
    taxType,
    active: true,
    isSystem: false,
    ...changes,
  };
}

/** A small Australian organisation. */
export const CHART: ChartOfAccounts = {
  organisation: {
    id: 'org',
    name: 'Harbour Studio',
    country: 'AU',
    baseCurrency: 'AUD',
    timezone: 'AUSEASTERNSTANDARDTIME',
    periodLockDate: '2025-12-31',
  },
  accounts: [
    account('200', 'Sales', 'SALES', 'revenue', 'OUTPUT'),
    account('210', 'Consulting Fees', 'REVENUE', 'revenue', 'OUTPUT'),
    account('260', 'Reimbursed Expenses', 'REVENUE', 'revenue', 'OUTPUT'),
    account('270', 'Old Sales', 'SALES', 'revenue', 'OUTPUT', { active: false }),
    account('429', 'General Expenses', 'EXPENSE', 'expense', 'INPUT'),
    account('493', 'Travel - National', 'EXPENSE', 'expense', 'INPUT'),
    account('494', 'Travel - International', 'EXPENSE', 'expense', 'EXEMPTEXPENSES'),
    account('610', 'Accounts Receivable', 'CURRENT', 'asset', 'BASEXCLUDED', { isSystem: true }),
    account('820', 'GST', 'CURRLIAB', 'liability', 'BASEXCLUDED', { isSystem: true }),
    account('090', 'Business Account', 'BANK', 'asset', 'BASEXCLUDED'),
    account('', 'Company Card', 'BANK', 'asset', 'BASEXCLUDED', { id: 'account-card' }),
  ],
  taxRates: [
    tax('OUTPUT', 'GST on Income', '10', ['revenue', 'liability']),
    tax('INPUT', 'GST on Expenses', '10', ['expense', 'asset']),
    tax('EXEMPTOUTPUT', 'GST Free Income', '0', ['revenue']),
    tax('EXEMPTEXPENSES', 'GST Free Expenses', '0', ['expense', 'asset']),
    tax('BASEXCLUDED', 'BAS Excluded', '0', ['revenue', 'expense', 'asset', 'liability', 'equity']),
    tax('TAX001', 'County', '8.25', ['revenue']),
  ],
  tracking: [
    {
      id: 't1',
      name: 'Region',
      active: true,
      options: [
        { id: 'o1', name: 'North', active: true },
        { id: 'o2', name: 'South', active: true },
        { id: 'o3', name: 'West', active: false },
      ],
    },
  ],
  currencies: ['AUD', 'EUR'],
};

function tax(
  taxType: string,
  name: string,
  effectiveRate: string,
  appliesTo: readonly Account['class'][],
): ChartOfAccounts['taxRates'][number] {
  return { taxType, name, effectiveRate, appliesTo, active: true };
}

export const ACCOUNT_MAP: AccountMap = {
  time: { account: '200' },
  expenses: {
    Travel: { account: '493', charge: { account: '260' } },
    Other: { account: '429', charge: { account: '260', tax: 'EXEMPTOUTPUT' } },
  },
  taxes: { gst: { sales: 'OUTPUT', purchases: 'INPUT' } },
  rates: [{ rate: '150' }, { person: 'grace@example.test', rate: '187.35' }],
};
