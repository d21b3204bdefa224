import type { BooksInvoice } from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import { parsedJson } from '../parsed-json.ts';
import { type BooksReading, booksReading } from './books-reading.ts';

const text = z.string();
const more = text.exactOptional();

const line = z.strictObject({
  id: text,
  description: text,
  quantity: text,
  unitAmount: text,
  amount: text,
  account: text,
  taxId: more,
  booksProjectId: more,
  expenseId: more,
});

const invoice: z.ZodType<BooksInvoice> = z.strictObject({
  id: text,
  number: text,
  status: z.enum(['draft', 'open', 'paid', 'void']),
  customerId: text,
  customerName: text,
  date: text,
  dueDate: more,
  currency: text,
  reference: text,
  lineAmounts: z.enum(['exclusive', 'inclusive']),
  lines: z.array(line),
  subTotal: text,
  totalTax: text,
  total: text,
  modifiedAt: z.number().exactOptional(),
});

/** An invoice of the books on its way from one Zap step to another. */
export interface InvoiceDelivery extends BooksReading {
  readonly invoice: BooksInvoice;
}

const delivery: z.ZodType<InvoiceDelivery> = z.strictObject({ ...booksReading, invoice });

export function packInvoice(delivered: InvoiceDelivery): string {
  return JSON.stringify(delivered);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readInvoice(given: string): InvoiceDelivery {
  const read = delivery.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Invoice must hold the "Invoice for Billing Steps" of the trigger Invoice Created in Zoho Books, and nothing else.',
  );
}
