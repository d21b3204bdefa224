import { type Account, classOf } from '../../books/account.ts';
import type { Books } from '../../books/books.ts';
import { msStamp } from '../../wire/wire-time.ts';

export function showAccount(books: Books, account: Account): object {
  const files = books.attachments.found(books.attachmentsByOwner, account.id);
  return {
    AccountID: account.id,
    ...(account.code === '' ? {} : { Code: account.code }),
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    ...(account.description === '' ? {} : { Description: account.description }),
    Class: classOf(account),
    ...(account.systemAccount === '' ? {} : { SystemAccount: account.systemAccount }),
    EnablePaymentsToAccount: account.enablePayments,
    ShowInExpenseClaims: account.showInExpenseClaims,
    ...(account.bankAccountNumber === undefined ? {} : { BankAccountNumber: account.bankAccountNumber }),
    ...(account.bankAccountType === undefined ? {} : { BankAccountType: account.bankAccountType }),
    ...(account.currencyCode === undefined ? {} : { CurrencyCode: account.currencyCode }),
    ReportingCode: classOf(account).slice(0, 3),
    ReportingCodeName: account.type,
    HasAttachments: !files[Symbol.iterator]().next().done,
    UpdatedDateUTC: msStamp(account.updatedMs),
    AddToWatchlist: false,
  };
}
