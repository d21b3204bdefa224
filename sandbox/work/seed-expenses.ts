import type { Dice } from '../people/dice.ts';
import { addExpense } from '../zoho-books/expense-values.ts';
import { PURCHASES } from './book-words.ts';
import { dayBefore, workdayEnd } from './calendar.ts';
import type { OpenBooks } from './open-books.ts';
import { receiptOf } from './receipt.ts';

/** Money spent for a project: most of it billable, most with a receipt, some itemised. @returns ids */
export function seedExpenses(ledger: OpenBooks, project: string, count: number, dice: Dice): string[] {
  const { books } = ledger;
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { account, vendor, description, cents, tax } = dice.pick(PURCHASES);
    const reference = `R-${dice.digits(5)}`;
    const date = dayBefore(books.now(), 1 + dice.whole(150));
    const amount = centsText(cents[0] + dice.whole(cents[1] - cents[0]));
    const line = { account_id: ledger.accountId(account), tax_id: ledger.taxId(tax) };
    const isItemised = dice.chance(0.15);
    const expense = addExpense(books, {
      date,
      ...(isItemised
        ? {
            line_items: [
              { ...line, amount, description },
              {
                account_id: line.account_id,
                tax_id: ledger.taxId('GST Free'),
                amount: '7.35',
                description: 'Fee',
              },
            ],
          }
        : { ...line, amount }),
      description,
      reference_number: reference,
      is_inclusive_tax: dice.chance(0.5),
      is_billable: dice.chance(0.7),
      vendor_id: ledger.vendorId(vendor),
      project_id: project,
      paid_through_account_id: ledger.accountId(
        dice.chance(0.6) ? 'Company Credit Card' : 'Business Bank Account',
      ),
    });
    const receipt = dice.chance(0.8)
      ? receiptOf(reference, [vendor, description, date, `AUD ${amount}`])
      : null;
    const enteredMs = workdayEnd(date);
    books.expenses.set(expense.id, { ...expense, receipt, createdMs: enteredMs, modifiedMs: enteredMs });
    ids.push(expense.id);
  }
  return ids;
}

function centsText(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
