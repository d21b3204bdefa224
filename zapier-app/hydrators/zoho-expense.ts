import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Expense } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { BooksSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { z } from 'zod';
import { packExpense } from '../billing/expense-delivery.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { booksOrganisation } from '../fields/books-organisation.ts';
import { expenseItem } from '../records/expense-item.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

/** Which expense a field of an item stands for. */
const pointer = z.object({ booksOrganisation, expense: z.string() });

/** What billing steps need of an expense, as it is by the time that one takes it. */
export const hydrateExpense = step(async (step) => {
  const readAt = step.ports.clock.now();
  const { books, expense } = await expenseOf(step);
  return packExpense({ expense, taxes: await books.taxes(), readAt });
});

const detail = pointer.extend({ field: z.enum(['projectId', 'hasReceipt']) });

/** A field of which the listing says nothing. */
export const hydrateExpenseDetail = step(async (step) => {
  const { field } = readInput(detail, step.input);
  return expenseItem((await expenseOf(step)).expense)[field];
});

/** The receipt as a file of Zapier's; empty where there is none. */
export const hydrateReceipt = step(async (step) => {
  const { books, expense } = await expenseOf(step);
  const { id, receipt } = expense;
  const file = receipt === undefined ? undefined : await books.receipt(id);
  if (receipt === undefined || file === undefined) return '';
  const bytes = Buffer.from(file.base64, 'base64');
  return step.z.stashFile(bytes, bytes.length, receipt.fileName, file.contentType);
});

async function expenseOf(step: Step): Promise<{ readonly books: BooksSource; readonly expense: Expense }> {
  const { booksOrganisation, expense: id } = readInput(pointer, step.input);
  const books = zohoBooks(step, booksOrganisation);
  const expense = await books.expense(id);
  if (expense !== undefined) return { books, expense };
  throw new StackbridgeError('RECORD_GONE', `The expense ${id} is not in Zoho Books any more`, {
    system: 'zoho-books',
    recordId: id,
  });
}
