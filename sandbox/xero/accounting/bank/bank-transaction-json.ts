import type { BankTransaction } from '../../books/bank-transaction.ts';
import type { Books } from '../../books/books.ts';
import { showLine } from '../../documents/line-json.ts';
import { dateString, msDate, msStamp } from '../../wire/wire-time.ts';
import { showContact, showContactBriefly } from '../contacts/contact-json.ts';
import { showAttachments } from '../extras/attachment-json.ts';
import type { InvoiceView } from '../invoices/invoice-json.ts';

export function showBankTransaction(books: Books, transaction: BankTransaction, view: InvoiceView): object {
  const contact = books.contacts.get(transaction.contactId);
  const bank = books.accounts.get(transaction.bankAccountId);
  const files = books.attachments.found(books.attachmentsByOwner, transaction.id);
  const attachments = showAttachments(books, 'BankTransactions', files);
  return {
    BankTransactionID: transaction.id,
    BankAccount: {
      AccountID: transaction.bankAccountId,
      ...(bank === undefined || bank.code === '' ? {} : { Code: bank.code }),
      Name: bank?.name ?? '',
    },
    Type: transaction.type,
    Reference: transaction.reference,
    IsReconciled: transaction.isReconciled,
    CurrencyRate: transaction.currencyRate,
    HasAttachments: attachments.length > 0,
    ...(view.alone && attachments.length > 0 ? { Attachments: attachments } : {}),
    ...(transaction.url === '' ? {} : { Url: transaction.url }),
    ...(contact === undefined
      ? {}
      : { Contact: view.fullContact ? showContact(books, contact) : showContactBriefly(contact) }),
    DateString: dateString(transaction.date),
    Date: msDate(transaction.date),
    Status: transaction.status,
    LineAmountTypes: transaction.lineAmountTypes,
    LineItems: view.withLines ? transaction.lines.map((line) => showLine(books, line, view.unitPlaces)) : [],
    SubTotal: transaction.subTotal,
    TotalTax: transaction.totalTax,
    Total: transaction.total,
    UpdatedDateUTC: msStamp(transaction.updatedMs),
    CurrencyCode: transaction.currencyCode,
  };
}
