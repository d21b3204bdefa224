import type { AccountMap, ExpenseTarget, LineTarget, TaxTarget } from '../../mapping/account-map.ts';
import type { ChartOfAccounts, TaxRate } from '../../model/billing/chart.ts';
import { Decimal } from '../../model/billing/decimal.ts';
import { type ChartIndex, chartIndex } from './chart-index.ts';
import { likeliestAccount, nearestAccounts } from './nearest-accounts.ts';

/** What both systems hold, as far as a first map is drafted from it. */
export interface DraftFacts {
  readonly projectCategories: readonly string[];
  readonly expenseAccounts: readonly string[];
  readonly salesAccounts: readonly string[];
  readonly taxes: readonly { readonly id: string; readonly name: string; readonly percentage: string }[];
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly paidThrough: readonly string[];
}

/** A first map, and what it guessed without being sure: a person reads it before it is used. */
export interface DraftMap {
  readonly map: AccountMap;
  /** `expenses.Parking: 449 Motor Vehicle Expenses is the nearest account, please check`. */
  readonly doubts: readonly string[];
}

/**
 * Proposes an account for everything that needs one. Always passes `checkMap` where the chart has an account of
 * each use; hourly rates are left to a person.
 */
export function draftAccountMap(facts: DraftFacts, chart: ChartOfAccounts): DraftMap {
  const index = chartIndex(chart);
  const doubts: string[] = [];
  const sale = (name: string, path: string): LineTarget | undefined => {
    const sure = likeliestAccount([name], 'sale', index);
    const account = sure ?? nearestAccounts(['sales', 'revenue', 'services'], 'sale', index)[0];
    return note(account, sure !== undefined, path);
  };
  const expense = (name: string): ExpenseTarget | undefined => {
    const sure = likeliestAccount([name], 'cost', index);
    const account = sure ?? nearestAccounts([name, 'general expenses'], 'cost', index)[0];
    const target = note(account, sure !== undefined, `expenses.${name}`);
    const charge = ['reimbursed expenses', 'other revenue', 'sales', 'revenue']
      .map((word) => likeliestAccount([word], 'sale', index))
      .find((account) => account !== undefined);
    if (target === undefined || charge === undefined) return target;
    return { ...target, charge: { account: charge.code } };
  };
  const note = (
    account: ReturnType<typeof likeliestAccount>,
    isSure: boolean,
    path: string,
  ): LineTarget | undefined => {
    if (account === undefined) doubts.push(`${path}: the chart has no account for it`);
    else if (!isSure) doubts.push(`${path}: ${account.code} ${account.name} is the nearest, please check`);
    return account === undefined ? undefined : { account: account.code };
  };
  const time = sale('Sales', 'time');
  const banks = chart.accounts.filter(({ type, active }) => type === 'BANK' && active);
  const bankOf = (name: string): string | undefined => {
    const bank = banks.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (bank === undefined) doubts.push(`paidThrough.${name}: no bank account of that name, left out`);
    return bank === undefined ? undefined : bank.code === '' ? bank.id : bank.code;
  };

  const map: AccountMap = {
    ...(time === undefined ? {} : { time }),
    categories: tableOf(facts.projectCategories, (name) => sale(name, `categories.${name}`)),
    expenses: tableOf(facts.expenseAccounts, expense),
    taxes: Object.fromEntries(facts.taxes.map((tax) => [tax.name, taxTarget(tax, index, doubts)])),
    people: Object.fromEntries(facts.people.map(({ email }) => [email, { user: email }])),
    paidThrough: tableOf(facts.paidThrough, bankOf),
    sales: tableOf(facts.salesAccounts, (name) => sale(name, `sales.${name}`)),
  };
  return { map, doubts };
}

function tableOf<Value>(
  names: readonly string[],
  find: (name: string) => Value | undefined,
): Record<string, Value> {
  const table: Record<string, Value> = {};
  for (const name of names) {
    const value = find(name);
    if (value !== undefined) table[name] = value;
  }
  return table;
}

/** The tax types of the same percentage: one for what is sold, one for what is bought. */
function taxTarget(
  { name, percentage }: DraftFacts['taxes'][number],
  index: ChartIndex,
  doubts: string[],
): TaxTarget {
  const same = index.chart.taxRates.filter(
    (rate) => rate.active && new Decimal(rate.effectiveRate).eq(percentage),
  );
  const sales = bestTax(same, 'revenue', index);
  const purchases = bestTax(same, 'expense', index);
  if (sales === undefined || purchases === undefined) {
    doubts.push(
      `taxes.${name}: no tax rate of ${percentage} % for ${sales === undefined ? 'sales' : 'purchases'}`,
    );
  }
  return {
    ...(sales === undefined ? {} : { sales: sales.taxType }),
    ...(purchases === undefined ? {} : { purchases: purchases.taxType }),
  };
}

/** Of several the one that most accounts of the class have by default. */
function bestTax(
  rates: readonly TaxRate[],
  accountClass: 'revenue' | 'expense',
  { chart }: ChartIndex,
): TaxRate | undefined {
  const uses = (rate: TaxRate): number =>
    chart.accounts.filter((account) => account.class === accountClass && account.taxType === rate.taxType)
      .length;
  return rates
    .filter(({ appliesTo }) => appliesTo.includes(accountClass))
    .sort((a, b) => uses(b) - uses(a))[0];
}
