import type { AccountMap } from '../../mapping/account-map.ts';
import { folded } from '../../mapping/people.ts';
import type { ChartOfAccounts } from '../../model/billing/chart.ts';
import { failure } from './billing-issue.ts';
import { type ChartIndex, chartIndex } from './chart-index.ts';

import { type LineUse, taxFault, trackingFault } from './line-use.ts';
import { type MapFault, mapFault, titleOf } from './map-fault.ts';
import { type MapNeeds, needFaults } from './map-needs.ts';
import { rateFaults } from './rate-faults.ts';
import { nearestTracking, targetFaults } from './target-faults.ts';

/**
 * Holds the whole map against the live chart before anything is written: every fault at once, in the map's order,
 * then what the projects and the books hold that the map says nothing of.
 */
export function checkMap(map: AccountMap, chart: ChartOfAccounts, needs: MapNeeds = {}): MapFault[] {
  const index = chartIndex(chart);
  const sales = (key: 'categories' | 'sales'): MapFault[] =>
    Object.entries(map[key] ?? {}).flatMap(([name, target]) =>
      targetFaults(target, 'sale', [key, name], index),
    );
  const plain = (key: 'time' | 'fixed', use: LineUse): MapFault[] => {
    const target = map[key];
    return target === undefined ? [] : targetFaults(target, use, [key], index);
  };
  return [
    ...plain('time', 'sale'),
    ...plain('fixed', 'sale'),
    ...sales('categories'),
    ...expenseFaults(map, index),
    ...taxFaults(map, index),
    ...rateFaults(map, index),
    ...ruleFaults(map, index),
    ...bankFaults(map, chart),
    ...sales('sales'),
    ...needFaults(map, needs, index),
  ];
}

function expenseFaults({ expenses = {} }: AccountMap, index: ChartIndex): MapFault[] {
  return Object.entries(expenses).flatMap(([name, target]) => [
    ...targetFaults(target, 'cost', ['expenses', name], index),
    ...(target.charge === undefined
      ? []
      : targetFaults(target.charge, 'charged-expense', ['expenses', name, 'charge'], index)),
  ]);
}

/** Each tax type must be one that some account of its side takes. */
function taxFaults({ taxes = {} }: AccountMap, index: ChartIndex): MapFault[] {
  const faults: MapFault[] = [];
  for (const [name, target] of Object.entries(taxes)) {
    for (const side of ['sales', 'purchases'] as const) {
      const tax = target[side];
      if (tax === undefined) continue;
      const path = ['taxes', name, side];
      const missing = taxFault(tax, undefined, index);
      const classes = side === 'sales' ? ['revenue'] : ['expense', 'asset'];
      const fits = index.taxRate(tax)?.appliesTo.some((entry) => classes.includes(entry)) === true;
      if (missing !== undefined) faults.push(mapFault(missing, path, taxesFor(classes, index)));
      else if (!fits) {
        const message = `Tax rate ${tax} is not allowed for ${side === 'sales' ? 'what is sold' : 'what is bought'}`;
        faults.push(mapFault(failure('TAX_NOT_ALLOWED', message), path, taxesFor(classes, index)));
      }
    }
  }
  return faults;
}

function taxesFor(classes: readonly string[], index: ChartIndex): string[] {
  return index.chart.taxRates
    .filter(({ active, appliesTo }) => active && appliesTo.some((entry) => classes.includes(entry)))
    .slice(0, 3)
    .map(({ taxType }) => taxType);
}

function ruleFaults({ tracking = [] }: AccountMap, index: ChartIndex): MapFault[] {
  const faults: MapFault[] = [];
  for (const [at, { category, options = {}, otherwise }] of tracking.entries()) {
    const known = index.category(category);
    if (known === undefined || !known.active) {
      const fault = failure('TRACKING_UNKNOWN', `Xero has no active tracking category ${category}`);
      faults.push(mapFault(fault, ['tracking', at, 'category'], nearestTracking(category, '', index)));
      continue;
    }
    const named = [
      ...Object.entries(options).map(([name, option]) => [['options', name], option] as const),
      ...(otherwise === undefined ? [] : [[['otherwise'], otherwise] as const]),
    ];
    for (const [path, option] of named) {
      const fault = trackingFault({ category, option }, index);
      if (fault === undefined) continue;
      faults.push(mapFault(fault, ['tracking', at, ...path], nearestTracking(category, option, index)));
    }
  }
  return faults;
}

function bankFaults({ paidThrough = {} }: AccountMap, chart: ChartOfAccounts): MapFault[] {
  const banks = chart.accounts.filter(({ type, active }) => type === 'BANK' && active);
  const faults: MapFault[] = [];
  for (const [name, named] of Object.entries(paidThrough)) {
    if (banks.some(({ id, code }) => id === named || (code !== '' && code === named))) continue;
    const fault = failure('ACCOUNT_UNUSABLE', `Xero has no active bank account ${named}`);
    const near = banks
      .toSorted((a, b) => Number(likeName(b.name, name)) - Number(likeName(a.name, name)))
      .slice(0, 3)
      .map((account) => (account.code === '' ? `${account.id} ${account.name}` : titleOf(account)));
    faults.push(mapFault(fault, ['paidThrough', name], near));
  }
  return faults;
}

function likeName(a: string, b: string): boolean {
  return folded(a).includes(folded(b)) || folded(b).includes(folded(a));
}
