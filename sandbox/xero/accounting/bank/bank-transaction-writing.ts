import { Decimal } from 'decimal.js';
import type { Account } from '../../books/account.ts';
import type { BankTransaction } from '../../books/bank-transaction.ts';
import type { Books } from '../../books/books.ts';
import { LINE_AMOUNT_TYPES } from '../../books/line-item.ts';
import { chosenContact, namesContact } from '../../documents/contact-choice.ts';
import { currencyRate, documentCurrency } from '../../documents/currency.ts';
import { writeLines } from '../../documents/line-writing.ts';
import { checkLockDates } from '../../documents/lock-dates.ts';
import { today } from '../../documents/today.ts';
import { checkTotal, totalsOf } from '../../documents/totals.ts';
import { ElementFault } from '../../wire/refusal.ts';
import type { BankTransactionInput } from './bank-transaction-input.ts';

/** Writes money spent or received, new or changed. @throws ElementFault */
export function writeBankTransaction(
  books: Books,
  input: BankTransactionInput,
  previous: BankTransaction | undefined,
  unitPlaces: 2 | 4,
): BankTransaction {
  const faults: string[] = [];
  const transaction = composed(books, input, previous, unitPlaces, faults);
  if (faults.length > 0) throw new ElementFault(faults);
  const contact = books.contacts.get(transaction.contactId);
  if (contact !== undefined && !contact.isSupplier && transaction.type === 'SPEND') {
    books.contacts.put({ ...contact, isSupplier: true });
  }
  books.record(
    transaction.id,
    changeOf(previous, transaction),
    `${transaction.type} ${transaction.total.toFixed(2)}`,
  );
  return books.bankTransactions.put(transaction);
}

function composed(
  books: Books,
  input: BankTransactionInput,
  previous: BankTransaction | undefined,
  unitPlaces: 2 | 4,
  faults: string[],
): BankTransaction {
  const type = typeOf(input, previous, faults);
  const date = input.Date ?? previous?.date ?? today(books);
  checkLockDates(books.organisation, previous?.date ?? date, faults);
  if (previous !== undefined && previous.date !== date) checkLockDates(books.organisation, date, faults);
  if (previous?.status === 'DELETED' || previous?.isReconciled === true) {
    faults.push('This Bank Transaction cannot be edited as it has been reconciled or deleted.');
    return previous;
  }
  const contact = namesContact(input.Contact)
    ? chosenContact(books, input.Contact, faults)
    : books.contacts.get(previous?.contactId ?? '');
  if (contact === undefined && !namesContact(input.Contact)) {
    faults.push('A Contact must be specified for this type of transaction');
  }
  const bank = bankAccountOf(books, input, previous, faults);
  const asked = input.LineAmountTypes?.toLowerCase();
  // Unlike invoices, which are Exclusive unless they say otherwise.
  const lineAmountTypes =
    LINE_AMOUNT_TYPES.find((known) => known.toLowerCase() === asked) ??
    previous?.lineAmountTypes ??
    'Inclusive';
  const terms = { kind: type, lineAmountTypes, unitPlaces, isComplete: true };
  const given = input.LineItems ?? [];
  const lines =
    given.length === 0
      ? (previous?.lines ?? [])
      : writeLines(books, given, previous?.lines ?? [], terms, faults);
  if (lines.length === 0) faults.push('One or more line items must be specified');
  const totals = totalsOf(lines, lineAmountTypes);
  checkTotal(input.Total, totals, faults);
  const currencyCode = documentCurrency(books, bank?.currencyCode ?? previous?.currencyCode, faults);
  if (input.CurrencyCode !== undefined && input.CurrencyCode !== currencyCode) {
    faults.push('The currency of the transaction must be the currency of the bank account.');
  }
  const keptRate = previous === undefined ? undefined : new Decimal(previous.currencyRate);
  return {
    id: previous?.id ?? books.ids.next(),
    type,
    contactId: contact?.id ?? '',
    bankAccountId: bank?.id ?? '',
    reference: input.Reference ?? previous?.reference ?? '',
    date,
    status: statusOf(input, faults),
    isReconciled: input.IsReconciled ?? previous?.isReconciled ?? false,
    lineAmountTypes,
    lines,
    ...totals,
    currencyCode,
    currencyRate: currencyRate(books, currencyCode, input.CurrencyRate ?? keptRate),
    url: input.Url ?? previous?.url ?? '',
    updatedMs: books.now(),
  };
}

function typeOf(
  { Type }: BankTransactionInput,
  previous: BankTransaction | undefined,
  faults: string[],
): BankTransaction['type'] {
  const type = Type?.toUpperCase() ?? previous?.type;
  if (type === 'SPEND' || type === 'RECEIVE') return type;
  faults.push(
    type === undefined ? 'The Type field must be specified.' : `The Type '${type}' is not supported.`,
  );
  return 'SPEND';
}

function statusOf({ Status }: BankTransactionInput, faults: string[]): BankTransaction['status'] {
  const status = Status?.toUpperCase() ?? 'AUTHORISED';
  if (status === 'AUTHORISED' || status === 'DELETED') return status;
  faults.push(`The Status '${status}' is not valid for this type of transaction`);
  return 'AUTHORISED';
}

function bankAccountOf(
  books: Books,
  { BankAccount: named }: BankTransactionInput,
  previous: BankTransaction | undefined,
  faults: string[],
): Account | undefined {
  const { AccountID, Code } = named ?? {};
  if (AccountID === undefined && Code === undefined) {
    if (previous !== undefined) return books.accounts.get(previous.bankAccountId);
    faults.push('Bank Account must be specified');
    return undefined;
  }
  const found = AccountID === undefined ? books.accountByCode(Code ?? '') : books.accounts.get(AccountID);
  if (found?.type === 'BANK' && found.status === 'ACTIVE') return found;
  faults.push('The bank account could not be found or is not active.');
  return undefined;
}

function changeOf(previous: BankTransaction | undefined, { status }: BankTransaction): string {
  if (previous === undefined) return 'Created';
  return status === 'DELETED' ? 'Deleted' : 'Edited';
}
