import { type AccountMap, ownEntry } from '../../mapping/account-map.ts';
import type { RecipePath } from '../../mapping/rule-definition.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';
import { lockFault } from './check-document.ts';
import type { LineUse } from './line-use.ts';
import { type MapFault, mapFault, titleOf } from './map-fault.ts';
import { nearestAccounts } from './nearest-accounts.ts';

/** What the projects and the books hold that the map has to know, as far as it has been read. */
export interface MapNeeds {
  /** Categories of the projects that are billed. */
  readonly categories?: readonly string[];
  /** Expense accounts of the books, and whether expenses on them are charged to customers. */
  readonly expenses?: readonly { readonly account: string; readonly charged: boolean }[];
  /** Taxes of the books: ids, or names. */
  readonly taxes?: readonly { readonly tax: string; readonly side: 'sales' | 'purchases' }[];
  /** Accounts of the books' invoice lines. */
  readonly sales?: readonly string[];
  readonly currencies?: readonly string[];
  /** Days that documents will bear. */
  readonly dates?: readonly string[];
}

/** What several pieces of work need together. */
export function mergedNeeds(all: readonly MapNeeds[]): MapNeeds {
  const each = <Need>(of: (needs: MapNeeds) => readonly Need[] | undefined): Need[] => [
    ...new Map(all.flatMap((needs) => of(needs) ?? []).map((need) => [JSON.stringify(need), need])).values(),
  ];
  return {
    categories: each(({ categories }) => categories),
    expenses: each(({ expenses }) => expenses),
    taxes: each(({ taxes }) => taxes),
    sales: each(({ sales }) => sales),
    currencies: each(({ currencies }) => currencies),
    dates: each(({ dates }) => dates),
  };
}

/** What is not mapped, with the nearest accounts. */
export function needFaults(map: AccountMap, needs: MapNeeds, index: ChartIndex): MapFault[] {
  const faults: MapFault[] = [];
  const add = (what: string, name: string, path: RecipePath, use: LineUse): void => {
    const issue = failure('ACCOUNT_UNMAPPED', `The account map has no ${what} ${name}`);
    faults.push(mapFault(issue, path, nearestAccounts([name], use, index).map(titleOf)));
  };
  for (const name of new Set(needs.categories)) {
    const target = map.categories === undefined ? map.time : ownEntry(map.categories, name);
    if (target === undefined) add('project category', name, ['categories', name], 'sale');
  }
  for (const { account, charged } of needs.expenses ?? []) {
    const target = ownEntry(map.expenses, account);
    if (target === undefined) add('expense account', account, ['expenses', account], 'cost');
    else if (charged && target.charge === undefined) {
      add('charge for', account, ['expenses', account, 'charge'], 'charged-expense');
    }
  }
  for (const name of new Set(needs.sales)) {
    if (ownEntry(map.sales, name) === undefined) add('sales account', name, ['sales', name], 'sale');
  }
  for (const { tax, side } of needs.taxes ?? []) {
    if (ownEntry(map.taxes, tax)?.[side] !== undefined) continue;
    const issue = failure('ACCOUNT_UNMAPPED', `The account map has no tax for ${side} of the books' ${tax}`);
    faults.push(mapFault(issue, ['taxes', tax, side]));
  }
  const plain = (issue: BillingIssue | undefined): void => {
    if (issue !== undefined) faults.push(mapFault(issue, []));
  };
  for (const currency of new Set(needs.currencies)) {
    if (index.hasCurrency(currency)) continue;
    plain(failure('CURRENCY_NOT_SUBSCRIBED', `The organisation does not use ${currency}`));
  }
  const earliest = [...(needs.dates ?? [])].sort()[0];
  if (earliest !== undefined) plain(lockFault(earliest, index));
  return faults;
}
