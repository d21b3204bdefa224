import type { Account, TaxRate } from '../../model/billing/chart.ts';
import type { DocumentKind, Tracking } from '../../model/billing/document.ts';
import type { BillingIssue } from './billing-issue.ts';
import { failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';

/** What a line is for: it decides which accounts fit. */
export type LineUse = 'sale' | 'charged-expense' | 'cost';

/** A rebilled cost may go back to where it was booked. */
const CLASSES: Readonly<Record<LineUse, readonly Account['class'][]>> = {
  sale: ['revenue'],
  'charged-expense': ['revenue', 'expense'],
  cost: ['expense', 'asset'],
};

const IN_WORDS: Readonly<Record<LineUse, string>> = {
  sale: 'a line of a sales invoice',
  'charged-expense': 'an expense on a sales invoice',
  cost: 'a line of a bill or of spend money',
};

export function useOfKind(kind: DocumentKind): LineUse {
  return kind === 'sales-invoice' ? 'charged-expense' : 'cost';
}

/** Whether an account takes lines of this use; why not, otherwise. */
export function accountFault(code: string, use: LineUse, index: ChartIndex): BillingIssue | undefined {
  const account = index.account(code);
  if (account === undefined) return failure('ACCOUNT_UNUSABLE', `Xero has no account ${code}`);
  const title = `${code} (${account.name})`;
  if (!account.active) return failure('ACCOUNT_UNUSABLE', `Account ${title} is archived`);
  if (account.type === 'BANK') return failure('ACCOUNT_UNUSABLE', `Account ${title} is a bank account`);
  if (account.isSystem) return failure('ACCOUNT_UNUSABLE', `Account ${title} is kept by Xero itself`);
  if (CLASSES[use].includes(account.class)) return undefined;
  return failure(
    'ACCOUNT_UNUSABLE',
    `Account ${title} is of class ${account.class}: not for ${IN_WORDS[use]}`,
  );
}

/** Whether the tax rate is there, active and allowed for the account's class. */
export function taxFault(
  typeOrName: string,
  account: Account | undefined,
  index: ChartIndex,
): BillingIssue | undefined {
  const rate = index.taxRate(typeOrName);
  if (rate === undefined) return failure('TAX_NOT_ALLOWED', `Xero has no tax rate ${typeOrName}`);
  if (!rate.active) return failure('TAX_NOT_ALLOWED', `Tax rate ${titleOf(rate)} is not in use any more`);
  if (account === undefined || rate.appliesTo.includes(account.class)) return undefined;
  return failure(
    'TAX_NOT_ALLOWED',
    `Tax rate ${titleOf(rate)} is not allowed for account ${account.code} of class ${account.class}`,
  );
}

export function trackingFault({ category, option }: Tracking, index: ChartIndex): BillingIssue | undefined {
  const found = index.category(category);
  if (found === undefined || !found.active) {
    return failure('TRACKING_UNKNOWN', `Xero has no active tracking category ${category}`);
  }
  if (index.hasOption(category, option)) return undefined;
  return failure('TRACKING_UNKNOWN', `Tracking category ${category} has no active option ${option}`);
}

function titleOf({ taxType, name }: TaxRate): string {
  return name === '' || name === taxType ? taxType : `${taxType} (${name})`;
}
