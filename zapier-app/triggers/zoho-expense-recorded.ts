import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { packExpense } from '../billing/expense-delivery.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { BOOKS_LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { allOf } from '../records/all-of.ts';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE, expenseItem } from '../records/expense-item.ts';
import { sinceOf } from '../records/since.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, lookBack });

export const zohoExpenseRecorded = defineTrigger({
  key: 'zoho_expense_recorded',
  noun: 'Expense',
  display: {
    label: 'Expense Recorded in Zoho Books',
    description: 'Triggers when an expense is recorded in Zoho Books.',
  },
  operation: {
    type: 'polling',
    inputFields: [BOOKS_ORGANISATION_FIELD, BOOKS_LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { booksOrganisation, lookBack } = readInput(input, step.input);
      const books = zohoBooks(step, booksOrganisation);
      const expenses = await allOf(books.expenses(sinceOf(step, lookBack)));
      const taxes = expenses.length === 0 ? [] : await books.taxes();
      return expenses
        .toReversed()
        .toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0))
        .map((expense) => ({
          id: expense.id,
          ...expenseItem(expense),
          expense: packExpense(expense, taxes),
        }));
    }),
    sample: { id: EXPENSE_SAMPLE.expenseId, ...EXPENSE_SAMPLE },
    outputFields: [
      { key: 'id', label: 'ID' },
      ...EXPENSE_OUTPUT,
      { key: 'expense', label: 'Expense for Billing Steps' },
    ],
  },
});
