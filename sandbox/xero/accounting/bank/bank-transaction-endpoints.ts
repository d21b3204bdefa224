import type { Answer } from '../../../simulator.ts';
import type { BankTransaction } from '../../books/bank-transaction.ts';
import type { Books } from '../../books/books.ts';
import { unitPlacesOf } from '../../documents/document-terms.ts';
import { param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, number, text, truth } from '../../query/columns.ts';
import { modifiedSince, paged, selected } from '../../query/listing.ts';
import { readInput } from '../../wire/input.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { dayMs } from '../../wire/wire-time.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope, listAnswer } from '../envelope.ts';
import type { InvoiceView } from '../invoices/invoice-json.ts';
import { BankTransactionInput } from './bank-transaction-input.ts';
import { showBankTransaction } from './bank-transaction-json.ts';
import { writeBankTransaction } from './bank-transaction-writing.ts';

const scopes = ['accounting.banktransactions'];
const PATH = '/BankTransactions';

/** `/BankTransactions`: money spent and received. */
export const bankTransactionEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: PATH, operation: 'bank-transactions.list', scopes, handle: list },
  {
    method: 'PUT',
    path: PATH,
    operation: 'bank-transactions.create',
    scopes,
    handle: (call) =>
      writeElements(
        call,
        writing(call, () => undefined),
      ),
  },
  {
    method: 'POST',
    path: PATH,
    operation: 'bank-transactions.save',
    scopes,
    handle: (call) => writeElements(call, writing(call, matched)),
  },
  {
    method: 'GET',
    path: `${PATH}/:BankTransactionID`,
    operation: 'bank-transactions.get',
    scopes,
    handle: (call) => {
      const transaction = bankTransactionAt(call, param(call, 'BankTransactionID'));
      const view = { ...viewOf(call), alone: true };
      return envelope(call.books, { BankTransactions: [showBankTransaction(call.books, transaction, view)] });
    },
  },
  {
    method: 'POST',
    path: `${PATH}/:BankTransactionID`,
    operation: 'bank-transactions.update',
    scopes,
    handle: (call) => {
      const transaction = bankTransactionAt(call, param(call, 'BankTransactionID'));
      return writeOne(
        call,
        writing(call, () => transaction),
      );
    },
  },
];

/** @throws Refusal 404 */
export function bankTransactionAt({ books }: Pick<XeroCall, 'books'>, id: string): BankTransaction {
  const found = books.bankTransactions.get(id);
  if (found === undefined) throw notFound();
  return found;
}

function columnsOf(books: Books): Columns<BankTransaction> {
  return {
    resource: 'BankTransaction',
    byPath: {
      BankTransactionID: guid(({ id }) => id),
      Type: text(({ type }) => type),
      Status: text(({ status }) => status),
      // Xero takes the condition and silently finds nothing.
      Reference: text(() => null),
      Date: date((transaction) => dayMs(transaction.date)),
      UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
      Total: number(({ total }) => total),
      IsReconciled: truth(({ isReconciled }) => isReconciled),
      CurrencyCode: text(({ currencyCode }) => currencyCode),
      'Contact.ContactID': guid(({ contactId }) => contactId),
      'Contact.Name': text(({ contactId }) => books.contacts.get(contactId)?.name),
      'BankAccount.AccountID': guid(({ bankAccountId }) => bankAccountId),
      'BankAccount.Code': text(({ bankAccountId }) => books.accounts.get(bankAccountId)?.code),
    },
  };
}

function list(call: XeroCall): Answer {
  const { books } = call;
  const rows = modifiedSince(call, [...books.bankTransactions.rows()]);
  const listing = paged(call, selected(call, rows, columnsOf(books)));
  const view: InvoiceView = {
    ...viewOf(call),
    fullContact: false,
    withLines: listing.pagination !== undefined,
  };
  return listAnswer(books, 'BankTransactions', listing, (one) => showBankTransaction(books, one, view));
}

function matched(
  { books }: XeroCall,
  { BankTransactionID }: BankTransactionInput,
): BankTransaction | undefined {
  if (BankTransactionID === undefined) return undefined;
  const found = books.bankTransactions.get(BankTransactionID);
  if (found === undefined)
    throw new ElementFault(['The document with the supplied id was not found for this endpoint.']);
  return found;
}

function writing(
  call: XeroCall,
  find: (call: XeroCall, input: BankTransactionInput) => BankTransaction | undefined,
) {
  const { books } = call;
  const view = viewOf(call);
  return {
    plural: 'BankTransactions',
    idKey: 'BankTransactionID',
    write: (element: Record<string, unknown>, index: number): object => {
      const input = readInput(BankTransactionInput, element, `BankTransactions[${index}]`);
      return showBankTransaction(
        books,
        writeBankTransaction(books, input, find(call, input), view.unitPlaces),
        view,
      );
    },
  };
}

function viewOf(call: XeroCall): InvoiceView {
  return { fullContact: true, withLines: true, unitPlaces: unitPlacesOf(call.query.unitdp), alone: false };
}
