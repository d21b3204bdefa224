import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { billingRecipeIfAny, polledBilling, readExpensesRecipe } from '../billing/billing-recipe.ts';
import { zohoBooks } from '../connection/zoho.ts';
import { AGAIN_FIELD, again } from '../fields/again.ts';
import { BOOKS_ORGANISATION_FIELD, booksOrganisation } from '../fields/books-organisation.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { polledRecipe, polledRecipeField } from '../fields/polled-recipe.ts';
import { booksChanges } from '../records/books-changes.ts';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE, listedExpenseItem } from '../records/expense-item.ts';
import {
  EXPENSE_POINTER_OUTPUT,
  expenseDetailPointers,
  expensePointers,
} from '../records/expense-pointers.ts';
import { idOfChange } from '../records/listed-records.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { sinceOf } from '../records/since.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ booksOrganisation, recipe: polledRecipe, lookBack, again });

export const zohoExpenseRecorded = defineTrigger({
  key: 'zoho_expense_recorded',
  noun: 'Expense',
  display: {
    label: 'Expense Recorded in Zoho Books',
    description: 'Triggers when an expense is recorded in Zoho Books; if you say so also when it is edited.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      BOOKS_ORGANISATION_FIELD,
      polledRecipeField('every expense since its cut-over day'),
      AGAIN_FIELD,
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => {
      const { lookBack, again, booksOrganisation, recipe: text } = readInput(input, step.input);
      const recipe = billingRecipeIfAny(text, readExpensesRecipe);
      const books = zohoBooks(step, booksOrganisation);
      const watch = await watchRecipe(step, `expenses ${booksOrganisation ?? ''}`, polledBilling(recipe));
      const listed = await booksChanges((since) => books.recentExpenses(since), {
        since: sinceOf(step, lookBack),
        watch,
        cutOver: recipe?.cutOver,
      });
      return listed.map((one) => ({
        id: idOfChange(one, again, watch),
        ...listedExpenseItem(one),
        ...expenseDetailPointers(step, one.id, booksOrganisation),
        ...expensePointers(step, one.id, booksOrganisation),
      }));
    }),
    sample: { id: EXPENSE_SAMPLE.expenseId, ...EXPENSE_SAMPLE },
    outputFields: [{ key: 'id', label: 'Change ID' }, ...EXPENSE_OUTPUT, ...EXPENSE_POINTER_OUTPUT],
  },
});
