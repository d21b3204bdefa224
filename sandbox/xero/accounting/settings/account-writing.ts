import { z } from 'zod';
import { type Account, classOf, isAccountType } from '../../books/account.ts';
import type { Books } from '../../books/books.ts';
import { REGION_FACTS } from '../../opening/regions.ts';
import { Flag, Text } from '../../wire/input.ts';
import { ElementFault } from '../../wire/refusal.ts';

const LONGEST_CODE = 10;
const LONGEST_NAME = 150;

/** An account as requests give it. */
export const AccountInput = z.object({
  AccountID: Text,
  Code: Text,
  Name: Text,
  Type: Text,
  Status: Text,
  Description: Text,
  TaxType: Text,
  EnablePaymentsToAccount: Flag,
  ShowInExpenseClaims: Flag,
  BankAccountNumber: Text,
  BankAccountType: Text,
  CurrencyCode: Text,
});
export type AccountInput = z.infer<typeof AccountInput>;

/** Writes an account, new or changed. @throws ElementFault */
export function writeAccount(books: Books, input: AccountInput, previous: Account | undefined): Account {
  const faults: string[] = [];
  const type = input.Type?.toUpperCase() ?? previous?.type ?? '';
  if (!isAccountType(type)) throw new ElementFault([`The account Type '${type}' is not valid.`]);
  const name = input.Name?.trim() ?? previous?.name ?? '';
  const code = input.Code?.trim() ?? previous?.code ?? '';
  checkIdentity(books, { name, code, type }, previous, faults);
  const status = statusOf(input, previous, faults);
  const taxType = (
    input.TaxType ??
    previous?.taxType ??
    REGION_FACTS[books.organisation.region].none
  ).toUpperCase();
  const rate = books.taxRates.get(taxType);
  if (rate === undefined || !rate.appliesTo.includes(classOf({ type }))) {
    faults.push(`The TaxType code '${taxType}' cannot be used with account code '${code}'.`);
  }
  if (type === 'BANK' && (input.BankAccountNumber ?? previous?.bankAccountNumber ?? '') === '') {
    faults.push('Bank account number must be specified.');
  }
  if (faults.length > 0) throw new ElementFault(faults);
  return books.accounts.put({
    id: previous?.id ?? books.ids.next(),
    code,
    name,
    type,
    status,
    taxType,
    description: input.Description ?? previous?.description ?? '',
    systemAccount: previous?.systemAccount ?? '',
    enablePayments: input.EnablePaymentsToAccount ?? previous?.enablePayments ?? false,
    showInExpenseClaims: input.ShowInExpenseClaims ?? previous?.showInExpenseClaims ?? false,
    ...(type === 'BANK' ? bankOf(books, input, previous) : {}),
    updatedMs: books.now(),
  });
}

/** Removes an account that nothing uses. @throws ElementFault */
export function deleteAccount(books: Books, account: Account): Account {
  const isUsed = [...books.invoices.rows(), ...books.bankTransactions.rows()].some(
    (document) =>
      document.lines.some(({ accountId }) => accountId === account.id) ||
      ('bankAccountId' in document && document.bankAccountId === account.id),
  );
  if (account.systemAccount !== '') throw new ElementFault(['System accounts cannot be deleted.']);
  if (isUsed)
    throw new ElementFault(['The account cannot be deleted because it has been used in transactions.']);
  return books.accounts.put({ ...account, status: 'DELETED', updatedMs: books.now() });
}

function checkIdentity(
  books: Books,
  { name, code, type }: Pick<Account, 'name' | 'code' | 'type'>,
  previous: Account | undefined,
  faults: string[],
): void {
  if (name === '' || name.length > LONGEST_NAME) faults.push('Please enter a valid Name.');
  if ((code === '' && type !== 'BANK') || code.length > LONGEST_CODE)
    faults.push('Please enter a valid Code.');
  const others = [...books.accounts.rows()].filter(
    ({ id, status }) => id !== previous?.id && status !== 'DELETED',
  );
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    faults.push('Please enter a unique Name.');
  if (code !== '' && others.some((other) => other.code.toLowerCase() === code.toLowerCase())) {
    faults.push('Please enter a unique Code.');
  }
}

function statusOf(
  { Status }: AccountInput,
  previous: Account | undefined,
  faults: string[],
): Account['status'] {
  const status = Status?.toUpperCase() ?? previous?.status ?? 'ACTIVE';
  if (status === 'ARCHIVED' && previous?.systemAccount !== undefined && previous.systemAccount !== '') {
    faults.push('System accounts cannot be archived.');
  }
  if (status === 'ACTIVE' || (status === 'ARCHIVED' && previous !== undefined)) return status;
  faults.push(`The account Status '${status}' is not valid.`);
  return 'ACTIVE';
}

function bankOf(
  books: Books,
  input: AccountInput,
  previous: Account | undefined,
): Pick<Account, 'bankAccountNumber' | 'bankAccountType' | 'currencyCode'> {
  const asked = input.BankAccountType?.toUpperCase();
  const bankAccountType =
    asked === 'CREDITCARD' || asked === 'PAYPAL' ? asked : (previous?.bankAccountType ?? 'BANK');
  return {
    bankAccountNumber: input.BankAccountNumber ?? previous?.bankAccountNumber ?? '',
    bankAccountType,
    currencyCode: input.CurrencyCode ?? previous?.currencyCode ?? books.organisation.baseCurrency,
  };
}
