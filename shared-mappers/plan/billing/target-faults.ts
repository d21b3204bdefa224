import type { LineTarget } from '../../mapping/account-map.ts';
import { nearest } from '../../mapping/mapping-problem.ts';
import type { RecipePath } from '../../mapping/rule-definition.ts';
import type { ChartIndex } from './chart-index.ts';
import { accountFault, type LineUse, taxFault, trackingFault } from './line-use.ts';
import { type MapFault, mapFault, titleOf } from './map-fault.ts';
import { allowedTaxes, nearestAccounts } from './nearest-accounts.ts';

/** Faults of one target: its account for this use, its tax for that account, its tracking. */
export function targetFaults(
  target: LineTarget,
  use: LineUse,
  path: RecipePath,
  index: ChartIndex,
): MapFault[] {
  const faults: MapFault[] = [];
  const account = index.account(target.account);
  const wrong = accountFault(target.account, use, index);
  if (wrong !== undefined) {
    const words = [target.account, account?.name ?? '', String(path.at(-1) ?? '')];
    const candidates = nearestAccounts(words, use, index).map(titleOf);
    faults.push(mapFault(wrong, [...path, 'account'], candidates));
  }
  const tax = target.tax ?? account?.taxType;
  const fits = wrong === undefined ? account : undefined;
  const wrongTax = tax === undefined ? undefined : taxFault(tax, fits, index);
  if (wrongTax !== undefined) {
    const candidates = allowedTaxes(fits, index).map(({ taxType }) => taxType);
    faults.push(mapFault(wrongTax, [...path, target.tax === undefined ? 'account' : 'tax'], candidates));
  }
  for (const [category, option] of Object.entries(target.tracking ?? {})) {
    const fault = trackingFault({ category, option }, index);
    if (fault === undefined) continue;
    faults.push(mapFault(fault, [...path, 'tracking', category], nearestTracking(category, option, index)));
  }
  return faults;
}

/** The option of that category, or the category, most likely meant. */
export function nearestTracking(category: string, option: string, index: ChartIndex): string[] {
  const active = index.chart.tracking.filter((entry) => entry.active);
  const found = active.find(({ name }) => name === category);
  const names =
    found === undefined
      ? active.map(({ name }) => name)
      : found.options.filter((entry) => entry.active).map(({ name }) => name);
  const near = nearest(found === undefined ? category : option, names);
  return near === undefined ? [] : [near];
}
