import type { Expense } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import { parsedJson } from '../parsed-json.ts';
import { type BooksReading, booksReading } from './books-reading.ts';

const text = z.string();
const more = text.exactOptional();

export const expense: z.ZodType<Expense> = z.strictObject({
  id: text,
  projectId: more,
  booksProjectId: more,
  projectName: more,
  date: text,
  category: text,
  description: text,
  reference: text,
  currency: text,
  total: text,
  totalWithoutTax: text,
  taxId: more,
  billable: z.boolean(),
  customerId: more,
  customerName: more,
  vendorId: more,
  vendorName: more,
  paidThrough: more,
  invoiceId: more,
  receipt: z.strictObject({ fileName: text, contentType: text }).exactOptional(),
  modifiedAt: z.number().exactOptional(),
});

/** An expense on its way from one Zap step to another. */
export interface ExpenseDelivery extends BooksReading {
  readonly expense: Expense;
}

const delivery: z.ZodType<ExpenseDelivery> = z.strictObject({ ...booksReading, expense });

export function packExpense(delivered: ExpenseDelivery): string {
  return JSON.stringify(delivered);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readExpense(given: string): ExpenseDelivery {
  const read = delivery.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Expense must hold the "Expense for Billing Steps" of the trigger Expense Recorded, and nothing else.',
  );
}
