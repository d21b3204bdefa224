import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { zohoBooks } from '../connection/zoho.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { idInNumber } from '../fields/id-in-number.ts';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE, expenseItem } from '../records/expense-item.ts';
import { EXPENSE_POINTER_OUTPUT, expensePointers } from '../records/expense-pointers.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  booksOrganisation,
  expense: idInNumber('is neither the ID of an expense nor the number of its document'),
});

export const zohoExpense = defineSearch({
  key: 'zoho_expense',
  noun: 'Expense',
  display: {
    label: 'Find Expense in Zoho Books',
    description:
      'Finds an expense in Zoho Books by its ID, or by the number of its bill or spend money transaction.',
  },
  operation: {
    inputFields: [
      BOOKS_ORGANISATION_FIELD,
      {
        key: 'expense',
        label: 'Expense ID or Document Number',
        type: 'string',
        required: true,
        helpText:
          'The ID of the expense, or the number that its document has in Xero, such as ZE-4600000088888: where a document was voided or deleted, this leads to its expense.',
      },
    ],
    perform: step(async (step) => {
      const { expense: id, booksOrganisation } = readInput(input, step.input);
      const expense = await zohoBooks(step, booksOrganisation).expense(id);
      if (expense === undefined) return [];
      return [{ id, ...expenseItem(expense), ...expensePointers(step, id, booksOrganisation) }];
    }),
    sample: { id: EXPENSE_SAMPLE.expenseId, ...EXPENSE_SAMPLE },
    outputFields: [{ key: 'id', label: 'ID' }, ...EXPENSE_OUTPUT, ...EXPENSE_POINTER_OUTPUT],
  },
});
