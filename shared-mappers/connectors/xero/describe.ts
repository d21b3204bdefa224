import { z } from 'zod';
import type { SystemClient } from '../../http/system-client.ts';
import type { Account, ChartOfAccounts, TaxRate, TrackingCategory } from '../../model/billing/chart.ts';
import { plainText } from '../../model/billing/decimal.ts';
import { ACCOUNTING } from './api.ts';
import { readWhole } from './listing.ts';
import { parseXeroDate } from './wire-time.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();

const CLASSES = ['asset', 'equity', 'expense', 'liability', 'revenue'] as const;

/** Where the class is left out; every type that is not here is an expense. */
const CLASS_OF_TYPE: Readonly<Record<string, Account['class']>> = {
  BANK: 'asset',
  CURRENT: 'asset',
  FIXED: 'asset',
  INVENTORY: 'asset',
  NONCURRENT: 'asset',
  PREPAYMENT: 'asset',
  EQUITY: 'equity',
  CURRLIAB: 'liability',
  LIABILITY: 'liability',
  TERMLIAB: 'liability',
  REVENUE: 'revenue',
  SALES: 'revenue',
  OTHERINCOME: 'revenue',
};

const AccountRow = z.object({
  AccountID: z.string(),
  // Bank accounts may have none.
  Code: text,
  Name: text,
  Status: text,
  Type: text,
  Class: z.string().toLowerCase().pipe(z.enum(CLASSES)).nullish(),
  TaxType: text,
  SystemAccount: text,
});

const TaxRow = z.object({
  TaxType: z.string(),
  Name: text,
  Status: text,
  EffectiveRate: text,
  CanApplyToAssets: flag,
  CanApplyToEquity: flag,
  CanApplyToExpenses: flag,
  CanApplyToLiabilities: flag,
  CanApplyToRevenue: flag,
});

const TrackingRow = z.object({
  TrackingCategoryID: z.string(),
  Name: z.string(),
  Status: text,
  Options: z.array(z.object({ TrackingOptionID: z.string(), Name: z.string(), Status: text })).nullish(),
});

const CurrencyRow = z.object({ Code: z.string() });

const OrganisationRow = z.object({
  OrganisationID: text,
  Name: text,
  CountryCode: text,
  BaseCurrency: text,
  Timezone: text,
  PeriodLockDate: text,
  EndOfYearLockDate: text,
});

/** Reads what an account map is held against: five calls. */
export async function describeXero(client: SystemClient): Promise<ChartOfAccounts> {
  const [organisations, accounts, taxRates, tracking, currencies] = await Promise.all([
    readWhole(client, `${ACCOUNTING}/Organisation`, 'Organisations', OrganisationRow),
    readAccounts(client),
    readWhole(client, `${ACCOUNTING}/TaxRates`, 'TaxRates', TaxRow),
    readWhole(
      client,
      `${ACCOUNTING}/TrackingCategories?includeArchived=true`,
      'TrackingCategories',
      TrackingRow,
    ),
    readWhole(client, `${ACCOUNTING}/Currencies`, 'Currencies', CurrencyRow),
  ]);
  return {
    organisation: organisationOf(organisations[0]),
    accounts,
    taxRates: taxRates.map(taxRateOf),
    tracking: tracking.map(trackingOf),
    currencies: currencies.map(({ Code }) => Code),
  };
}

/** The whole chart of accounts, archived ones among them. */
export async function readAccounts(client: SystemClient): Promise<Account[]> {
  const rows = await readWhole(client, `${ACCOUNTING}/Accounts`, 'Accounts', AccountRow);
  return rows.map(accountOf);
}

function organisationOf(row: z.infer<typeof OrganisationRow> | undefined): ChartOfAccounts['organisation'] {
  const periodLockDate = parseXeroDate(row?.PeriodLockDate ?? '');
  const endOfYearLockDate = parseXeroDate(row?.EndOfYearLockDate ?? '');
  return {
    id: row?.OrganisationID ?? '',
    name: row?.Name ?? '',
    country: row?.CountryCode ?? '',
    baseCurrency: row?.BaseCurrency ?? '',
    timezone: row?.Timezone ?? '',
    ...(periodLockDate === undefined ? {} : { periodLockDate }),
    ...(endOfYearLockDate === undefined ? {} : { endOfYearLockDate }),
  };
}

function accountOf(row: z.infer<typeof AccountRow>): Account {
  return {
    id: row.AccountID,
    code: row.Code ?? '',
    name: row.Name ?? '',
    active: (row.Status ?? 'ACTIVE') === 'ACTIVE',
    class: row.Class ?? CLASS_OF_TYPE[row.Type ?? ''] ?? 'expense',
    type: row.Type ?? '',
    taxType: row.TaxType ?? '',
    // Empty, or left out, for accounts of the organisation's own.
    isSystem: (row.SystemAccount ?? '') !== '',
  };
}

function taxRateOf(row: z.infer<typeof TaxRow>): TaxRate {
  const applies: Readonly<Record<Account['class'], boolean>> = {
    asset: row.CanApplyToAssets === true,
    equity: row.CanApplyToEquity === true,
    expense: row.CanApplyToExpenses === true,
    liability: row.CanApplyToLiabilities === true,
    revenue: row.CanApplyToRevenue === true,
  };
  return {
    taxType: row.TaxType,
    name: row.Name ?? '',
    active: row.Status === 'ACTIVE',
    effectiveRate: plainText(row.EffectiveRate ?? '0'),
    appliesTo: CLASSES.filter((name) => applies[name]),
  };
}

function trackingOf(row: z.infer<typeof TrackingRow>): TrackingCategory {
  return {
    id: row.TrackingCategoryID,
    name: row.Name,
    active: row.Status === 'ACTIVE',
    options: (row.Options ?? []).map((option) => ({
      id: option.TrackingOptionID,
      name: option.Name,
      active: option.Status === 'ACTIVE',
    })),
  };
}
