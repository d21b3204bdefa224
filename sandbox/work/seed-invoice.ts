import type { Dice } from '../people/dice.ts';
import { addInvoice } from '../zoho-books/invoice-entry.ts';
import { dayBefore } from './calendar.ts';
import type { OpenBooks } from './open-books.ts';

/** An invoice that somebody made in the books, without Xero knowing of it. @returns its id */
export function seedInvoice(ledger: OpenBooks, project: string, dice: Dice): string {
  const { books } = ledger;
  const issued = 5 + dice.whole(60);
  const lines = 1 + dice.whole(4);
  return addInvoice(books, {
    status: dice.chance(0.7) ? 'sent' : 'draft',
    date: dayBefore(books.now(), issued),
    due_date: dayBefore(books.now(), issued - 14),
    customer_id: books.project(project).customerId,
    project_id: project,
    is_inclusive_tax: dice.chance(0.3),
    reference_number: `PO-${dice.digits(6)}`,
    notes: '',
    line_items: Array.from({ length: lines }, (_, at) => ({
      name: `Consulting ${at + 1}`,
      description: 'Hours as agreed',
      rate: `${100 + dice.whole(90)}.${dice.digits(2)}`,
      quantity: `${1 + dice.whole(12)}.${dice.digits(2)}`,
      account_id: ledger.accountId('Consulting Services'),
      tax_id: ledger.taxId(dice.chance(0.8) ? 'GST' : 'GST Free'),
    })),
  });
}
