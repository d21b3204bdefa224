import type { Expense } from '../../model/billing/project-work.ts';
import { firstNumberOfExpense } from '../../plan/billing/plan-expense.ts';
import { USUAL_PREFIX } from '../../plan/billing/usual-prefix.ts';
import type { DocumentPlace } from '../../ports/ledger.ts';

/** Where an expense is booked by recipes that leave the prefix of their numbers as it is. */
export function placeOfExpense({
  id,
  date,
}: Pick<Expense, 'id'> & Partial<Pick<Expense, 'date'>>): DocumentPlace {
  return {
    id,
    kinds: ['bill', 'spend-money'],
    firstNumber: firstNumberOfExpense(id, { numberPrefix: USUAL_PREFIX.expense }),
    ...(date === undefined ? {} : { dated: date }),
  };
}
