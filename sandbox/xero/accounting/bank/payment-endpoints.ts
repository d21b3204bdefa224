import { z } from 'zod';
import type { Books } from '../../books/books.ts';
import type { Payment } from '../../books/payment.ts';
import { param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, number, text, truth } from '../../query/columns.ts';
import { modifiedSince, paged, selected } from '../../query/listing.ts';
import { readInput, Text } from '../../wire/input.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { dayMs, msDate, msStamp, stampString } from '../../wire/wire-time.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope, listAnswer } from '../envelope.ts';
import { showInvoice } from '../invoices/invoice-json.ts';
import { deletePayment, PaymentInput, pay } from './payment-writing.ts';

const scopes = ['accounting.payments'];

/** `/Payments` on invoices and bills. */
export const paymentEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Payments',
    operation: 'payments.list',
    scopes,
    handle: (call) => {
      const { books } = call;
      const listing = paged(
        call,
        selected(call, modifiedSince(call, [...books.payments.rows()]), columnsOf(books)),
      );
      return listAnswer(books, 'Payments', listing, (payment) => showPayment(books, payment, false));
    },
  },
  {
    method: 'PUT',
    path: '/Payments',
    operation: 'payments.create',
    scopes,
    handle: (call) => writeElements(call, paying(call)),
  },
  {
    method: 'POST',
    path: '/Payments',
    operation: 'payments.save',
    scopes,
    handle: (call) => writeElements(call, paying(call)),
  },
  {
    method: 'GET',
    path: '/Payments/:PaymentID',
    operation: 'payments.get',
    scopes,
    handle: (call) => envelope(call.books, { Payments: [showPayment(call.books, paymentAt(call), true)] }),
  },
  {
    method: 'POST',
    path: '/Payments/:PaymentID',
    operation: 'payments.delete',
    scopes,
    handle: (call) =>
      writeOne(call, {
        plural: 'Payments',
        idKey: 'PaymentID',
        write: (element) => {
          const { Status } = readInput(z.object({ Status: Text }), element, 'Payments[0]');
          if (Status !== 'DELETED')
            throw new ElementFault(['The only change that can be made to a payment is to delete it.']);
          return showPayment(call.books, deletePayment(call.books, paymentAt(call)), true);
        },
      }),
  },
];

function columnsOf(books: Books): Columns<Payment> {
  return {
    resource: 'Payment',
    byPath: {
      PaymentID: guid(({ id }) => id),
      Date: date((payment) => dayMs(payment.date)),
      Amount: number(({ amount }) => amount),
      Reference: text(({ reference }) => reference),
      Status: text(({ status }) => status),
      IsReconciled: truth(({ isReconciled }) => isReconciled),
      UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
      'Invoice.InvoiceID': guid(({ invoiceId }) => invoiceId),
      'Invoice.InvoiceNumber': text(({ invoiceId }) => books.invoices.get(invoiceId)?.number),
      PaymentType: text((payment) => typeOf(books, payment)),
    },
  };
}

function paymentAt(call: XeroCall): Payment {
  const found = call.books.payments.get(param(call, 'PaymentID'));
  if (found === undefined) throw notFound();
  return found;
}

function paying(call: XeroCall) {
  return {
    plural: 'Payments',
    idKey: 'PaymentID',
    write: (element: Record<string, unknown>, index: number): object =>
      showPayment(call.books, pay(call.books, readInput(PaymentInput, element, `Payments[${index}]`)), true),
  };
}

function typeOf(books: Books, { invoiceId }: Payment): string {
  return books.invoices.get(invoiceId)?.type === 'ACCPAY' ? 'ACCPAYPAYMENT' : 'ACCRECPAYMENT';
}

function showPayment(books: Books, payment: Payment, withLines: boolean): object {
  const account = books.accounts.get(payment.accountId);
  const invoice = books.invoices.get(payment.invoiceId);
  return {
    PaymentID: payment.id,
    Date: msDate(payment.date),
    BankAmount: payment.amount,
    Amount: payment.amount,
    Reference: payment.reference,
    CurrencyRate: payment.currencyRate,
    PaymentType: typeOf(books, payment),
    Status: payment.status,
    UpdatedDateUTC: msStamp(payment.updatedMs),
    UpdatedDateUTCString: stampString(payment.updatedMs),
    HasAccount: true,
    IsReconciled: payment.isReconciled,
    Account: {
      AccountID: payment.accountId,
      ...(account === undefined || account.code === '' ? {} : { Code: account.code }),
      Name: account?.name ?? '',
    },
    ...(invoice === undefined
      ? {}
      : {
          Invoice: showInvoice(books, invoice, {
            fullContact: false,
            withLines,
            unitPlaces: 2,
            alone: false,
          }),
        }),
    HasValidationErrors: false,
  };
}
