import type { AccountMap, Rate } from '../../mapping/account-map.ts';
import { folded } from '../../mapping/people.ts';
import { Decimal } from '../../model/billing/decimal.ts';
import { failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';
import { type MapFault, mapFault } from './map-fault.ts';

/** Rates that are no amounts, that never apply, that are spoken for twice, or in a currency the accounts do not use. */
export function rateFaults({ rates = [], people = {} }: AccountMap, index: ChartIndex): MapFault[] {
  const faults: MapFault[] = [];
  const roles = new Set(Object.values(people).map(({ role }) => folded(role ?? '')));
  for (const [at, row] of rates.entries()) {
    const add = (field: keyof Rate, message: string): void => {
      faults.push(mapFault(failure('RECIPE_INVALID', message), ['rates', at, field]));
    };
    if (!isRate(row.rate)) add('rate', `${row.rate} is no amount of at most 4 decimal places`);
    if (row.from !== undefined && row.until !== undefined && row.from > row.until) {
      add('until', `The rate ends on ${row.until}, before it begins on ${row.from}`);
    }
    if (row.role !== undefined && !roles.has(folded(row.role))) {
      add('role', `Nobody under \`people\` has the role ${row.role}`);
    }
    if (row.currency !== undefined && !index.hasCurrency(row.currency)) {
      const fault = failure('CURRENCY_NOT_SUBSCRIBED', `The organisation does not use ${row.currency}`);
      faults.push(mapFault(fault, ['rates', at, 'currency']));
    }
    const twin = rates.slice(0, at).findIndex((other) => sameScope(other, row) && other.from === row.from);
    if (twin >= 0) add('rate', `Rate ${twin + 1} is for the same work from the same day`);
  }
  return faults;
}

function isRate(text: string): boolean {
  if (!/^\d{1,12}(\.\d+)?$/.test(text)) return false;
  return new Decimal(text).decimalPlaces() <= 4;
}

function sameScope(a: Rate, b: Rate): boolean {
  const keys = ['person', 'task', 'project', 'role', 'currency'] as const;
  return keys.every((key) => folded(a[key] ?? '') === folded(b[key] ?? ''));
}
