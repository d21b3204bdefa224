import type { Account } from '../../books/account.ts';
import { classOf } from '../../books/account.ts';
import { distorted, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, text, truth } from '../../query/columns.ts';
import { modifiedSince, selected } from '../../query/listing.ts';
import { readInput } from '../../wire/input.ts';
import { ElementFault, notFound, postDataInvalid, validationException } from '../../wire/refusal.ts';
import { elementsOf, writeOne } from '../elements.ts';
import { envelope } from '../envelope.ts';
import { showAccount } from './account-json.ts';
import { AccountInput, deleteAccount, writeAccount } from './account-writing.ts';

const scopes = ['accounting.settings'];

/** `/Accounts`: the chart of accounts. It is never paged, and takes one account a request. */
export const accountEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Accounts',
    operation: 'accounts.list',
    scopes,
    handle: (call) => {
      const { books } = call;
      const rows = [...books.accounts.rows()].filter(({ status }) => status !== 'DELETED');
      const found = distorted(call, selected(call, modifiedSince(call, rows), COLUMNS));
      return envelope(books, { Accounts: found.map((account) => showAccount(books, account)) });
    },
  },
  {
    method: 'PUT',
    path: '/Accounts',
    operation: 'accounts.create',
    scopes,
    handle: (call) => writeOne(call, writing(call, undefined)),
  },
  {
    method: 'GET',
    path: '/Accounts/:AccountID',
    operation: 'accounts.get',
    scopes,
    handle: (call) =>
      envelope(call.books, {
        Accounts: [showAccount(call.books, accountAt(call, param(call, 'AccountID')))],
      }),
  },
  {
    method: 'POST',
    path: '/Accounts/:AccountID',
    operation: 'accounts.update',
    scopes,
    handle: (call) => writeOne(call, writing(call, accountAt(call, param(call, 'AccountID')))),
  },
  {
    method: 'DELETE',
    path: '/Accounts/:AccountID',
    operation: 'accounts.delete',
    scopes,
    handle: (call) => {
      const { books } = call;
      const account = accountAt(call, param(call, 'AccountID'));
      try {
        return envelope(books, { Accounts: [showAccount(books, deleteAccount(books, account))] });
      } catch (error) {
        if (!(error instanceof ElementFault)) throw error;
        const ValidationErrors = error.messages.map((Message) => ({ Message }));
        throw validationException([{ ...showAccount(books, account), ValidationErrors }]);
      }
    },
  },
];

const COLUMNS: Columns<Account> = {
  resource: 'Account',
  byPath: {
    AccountID: guid(({ id }) => id),
    Code: text(({ code }) => code),
    Name: text(({ name }) => name),
    Type: text(({ type }) => type),
    Status: text(({ status }) => status),
    Class: text(classOf),
    TaxType: text(({ taxType }) => taxType),
    SystemAccount: text(({ systemAccount }) => systemAccount),
    BankAccountType: text(({ bankAccountType }) => bankAccountType),
    CurrencyCode: text(({ currencyCode }) => currencyCode),
    EnablePaymentsToAccount: truth(({ enablePayments }) => enablePayments),
    ShowInExpenseClaims: truth(({ showInExpenseClaims }) => showInExpenseClaims),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

/** @throws Refusal 404 */
export function accountAt({ books }: Pick<XeroCall, 'books'>, id: string): Account {
  const found = books.accounts.get(id);
  if (found === undefined || found.status === 'DELETED') throw notFound();
  return found;
}

function writing(call: XeroCall, previous: Account | undefined) {
  if (elementsOf(call, 'Accounts').length > 1)
    throw postDataInvalid('Only one Account can be processed per request.');
  return {
    plural: 'Accounts',
    idKey: 'AccountID',
    write: (element: Record<string, unknown>): object =>
      showAccount(
        call.books,
        writeAccount(call.books, readInput(AccountInput, element, 'Accounts[0]'), previous),
      ),
  };
}
