import type { Account } from '../books/account.ts';
import type { Books } from '../books/books.ts';

/** Accounts that only Xero itself posts to; rounding is open to everyone. */
const CLOSED: ReadonlySet<string> = new Set([
  'DEBTORS',
  'CREDITORS',
  'BANKCURRENCYGAIN',
  'GST',
  'HISTORICAL',
  'REALISEDCURRENCYGAIN',
  'RETAINEDEARNINGS',
  'TRACKINGTRANSFERS',
  'UNPAIDEXPCLM',
  'UNREALISEDCURRENCYGAIN',
]);

/** The account of a line, by code or id. Faults go to `faults`. */
export function lineAccount(
  books: Books,
  named: { code: string | undefined; id: string | undefined },
  faults: string[],
): Account | undefined {
  const name = named.code ?? named.id;
  if (name === undefined || name === '') return undefined;
  const account = named.code === undefined ? books.accounts.get(name) : books.accountByCode(name);
  if (account === undefined || account.type === 'BANK' || CLOSED.has(account.systemAccount)) {
    faults.push(`Account code '${name}' is not a valid code for this document.`);
    return undefined;
  }
  if (account.status !== 'ACTIVE') {
    faults.push(
      `Account code '${name}' has been archived, or has been deleted. Each line item must reference a valid account.`,
    );
    return undefined;
  }
  return account;
}
