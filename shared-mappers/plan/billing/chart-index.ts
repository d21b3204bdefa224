import type { Account, ChartOfAccounts, TaxRate, TrackingCategory } from '../../model/billing/chart.ts';

/** The chart by the names an account map uses. */
export interface ChartIndex {
  readonly chart: ChartOfAccounts;
  account(code: string): Account | undefined;
  /** By tax type, else by name. */
  taxRate(typeOrName: string): TaxRate | undefined;
  category(name: string): TrackingCategory | undefined;
  hasOption(category: string, option: string): boolean;
  hasCurrency(currency: string): boolean;
}

const indexes = new WeakMap<ChartOfAccounts, ChartIndex>();

/** Made once a chart. */
export function chartIndex(chart: ChartOfAccounts): ChartIndex {
  const known = indexes.get(chart);
  if (known !== undefined) return known;
  const accounts = new Map(
    inUseLast(chart.accounts)
      .filter(({ code }) => code !== '')
      .map((entry) => [entry.code, entry]),
  );
  const rates = inUseLast(chart.taxRates);
  const taxRates = new Map([
    ...rates.map((rate) => [rate.name, rate] as const),
    ...rates.map((rate) => [rate.taxType, rate] as const),
  ]);
  const categories = new Map(inUseLast(chart.tracking).map((category) => [category.name, category]));
  const options = new Map(
    [...categories.values()].map(({ name, options }) => [
      name,
      new Set(options.filter(({ active }) => active).map((option) => option.name)),
    ]),
  );
  const currencies = new Set([chart.organisation.baseCurrency, ...chart.currencies]);
  const index: ChartIndex = {
    chart,
    account: (code) => accounts.get(code),
    taxRate: (typeOrName) => taxRates.get(typeOrName),
    category: (name) => categories.get(name),
    hasOption: (category, option) => options.get(category)?.has(option) === true,
    hasCurrency: (currency) => currencies.has(currency),
  };
  indexes.set(chart, index);
  return index;
}

/** A map keeps the last of a name: an archived one may have the name of one in use. */
function inUseLast<Entry extends { readonly active: boolean }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => Number(one.active) - Number(other.active));
}
