import type { Expense } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import { firstNumberOfExpense } from '@stackbridge/shared-mappers/plan/billing/plan-expense.ts';
import type { BooksSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import { prepareExpenses } from '@stackbridge/shared-mappers/recipes/prepare-expenses.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import type { DeliveredJob } from './bill-delivered.ts';
import { readExpensesRecipe } from './billing-recipe.ts';
import { type BooksReading, booksReading } from './books-reading.ts';
import { deliveredBooks } from './delivered-sources.ts';
import { type GoneDelivery, goneDelivery } from './gone-delivery.ts';

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

/**
 * What the trigger has handed on, or what was found to be gone, ready to be billed by the recipe.
 *
 * @param receipt default: none was handed over
 * @throws StepFault for a text that no step of this app has made, for an expense whose receipt is missing, and for a recipe
 * with its faults
 */
export function deliveredExpense(
  recipeText: string,
  delivered: string,
  progress: Progress,
  receipt?: BooksSource['receipt'],
): DeliveredJob {
  const { recipe, map } = readExpensesRecipe(recipeText);
  const read = readExpense(delivered);
  if ('gone' in read) {
    const { id } = read.gone;
    const books = deliveredBooks({ gone: new Map([[id, firstNumberOfExpense(id, recipe)]]) });
    return { job: prepareExpenses({ recipe, map, books, progress }), subject: id, readAt: read.readAt };
  }
  const { expense, taxes, readAt } = read;
  if (recipe.receipts && expense.receipt !== undefined && receipt === undefined)
    throw withoutReceipt(expense.receipt);
  const books = deliveredBooks({ expenses: [expense], taxes, ...(receipt === undefined ? {} : { receipt }) });
  return { job: prepareExpenses({ recipe, map, books, progress }), subject: expense.id, readAt };
}

function readExpense(given: string): ExpenseDelivery | GoneDelivery {
  const read = z.union([delivery, goneDelivery]).safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Expense must hold the "Expense for Billing Steps" of the trigger Expense Recorded or of the search for one, and nothing else.',
  );
}

function withoutReceipt({ fileName }: NonNullable<Expense['receipt']>): StepFault {
  return new StepFault(
    'WRONG_INPUT',
    `The expense has the receipt ${fileName}: choose "Receipt" of the trigger in the field Receipt, or write \`receipts: false\` in the recipe.`,
  );
}
