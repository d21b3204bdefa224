import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Account } from '../../books/account.ts';
import type { Books } from '../../books/books.ts';
import type { Invoice } from '../../books/invoice.ts';
import type { Payment } from '../../books/payment.ts';
import { checkLockDates } from '../../documents/lock-dates.ts';
import { today } from '../../documents/today.ts';
import { DateInput, DecimalNumber, Flag, nested, Text } from '../../wire/input.ts';
import { cents } from '../../wire/money.ts';
import { ElementFault } from '../../wire/refusal.ts';

/** A payment as requests give it. */
export const PaymentInput = z.object({
  Invoice: nested(z.object({ InvoiceID: Text, InvoiceNumber: Text })),
  InvoiceNumber: Text,
  Account: nested(z.object({ AccountID: Text, Code: Text })),
  Date: DateInput,
  Amount: DecimalNumber,
  CurrencyRate: DecimalNumber,
  Reference: Text,
  IsReconciled: Flag,
});
export type PaymentInput = z.infer<typeof PaymentInput>;

/** Pays an authorised invoice or bill, in whole or in part. @throws ElementFault */
export function pay(books: Books, input: PaymentInput): Payment {
  const faults: string[] = [];
  const invoice = invoiceOf(books, input, faults);
  const account = accountOf(books, input, faults);
  const amount = cents(input.Amount ?? new Decimal(0));
  const date = input.Date ?? today(books);
  checkLockDates(books.organisation, date, faults);
  if (amount <= 0) faults.push('Payment amount must be greater than zero');
  if (invoice !== undefined && new Decimal(invoice.total).minus(invoice.amountPaid).lessThan(amount)) {
    faults.push('Payment amount exceeds the amount outstanding on this document');
  }
  if (faults.length > 0 || invoice === undefined || account === undefined) throw new ElementFault(faults);
  const payment = books.payments.put({
    id: books.ids.next(),
    invoiceId: invoice.id,
    accountId: account.id,
    date,
    amount,
    currencyRate: invoice.currencyRate,
    reference: input.Reference ?? '',
    isReconciled: input.IsReconciled ?? false,
    status: 'AUTHORISED',
    updatedMs: books.now(),
  });
  settle(books, invoice, [...invoice.paymentIds, payment.id]);
  return payment;
}

/** Takes a payment back: what was PAID is AUTHORISED again. @throws ElementFault */
export function deletePayment(books: Books, payment: Payment): Payment {
  const faults: string[] = [];
  checkLockDates(books.organisation, payment.date, faults);
  if (payment.status === 'DELETED') faults.push('The payment has been deleted already.');
  if (faults.length > 0) throw new ElementFault(faults);
  const deleted = books.payments.put({ ...payment, status: 'DELETED', updatedMs: books.now() });
  const invoice = books.invoices.get(payment.invoiceId);
  if (invoice !== undefined)
    settle(
      books,
      invoice,
      invoice.paymentIds.filter((id) => id !== payment.id),
    );
  return deleted;
}

function settle(books: Books, invoice: Invoice, paymentIds: readonly string[]): void {
  const payments = paymentIds.flatMap((id) => books.payments.get(id) ?? []);
  const paid = payments.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0));
  const isPaid = paid.greaterThanOrEqualTo(invoice.total);
  const last = payments
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const { fullyPaidOn: _was, ...rest } = invoice;
  books.invoices.put({
    ...rest,
    paymentIds,
    amountPaid: cents(paid),
    status: isPaid ? 'PAID' : 'AUTHORISED',
    ...(isPaid && last !== undefined ? { fullyPaidOn: last } : {}),
    updatedMs: books.now(),
  });
}

function invoiceOf(books: Books, input: PaymentInput, faults: string[]): Invoice | undefined {
  const { InvoiceID, InvoiceNumber = input.InvoiceNumber } = input.Invoice ?? {};
  const found =
    InvoiceID === undefined ? books.salesInvoiceByNumber(InvoiceNumber ?? '') : books.invoices.get(InvoiceID);
  if (found === undefined) {
    faults.push('Invoice could not be found');
    return undefined;
  }
  if (found.status !== 'AUTHORISED') faults.push('Payments can only be made against Authorised documents');
  return found;
}

function accountOf(books: Books, { Account: named }: PaymentInput, faults: string[]): Account | undefined {
  const { AccountID, Code } = named ?? {};
  const found = AccountID === undefined ? books.accountByCode(Code ?? '') : books.accounts.get(AccountID);
  if (found?.status === 'ACTIVE' && (found.type === 'BANK' || found.enablePayments)) return found;
  faults.push('Account must be a bank account, or an account with payments enabled');
  return undefined;
}
