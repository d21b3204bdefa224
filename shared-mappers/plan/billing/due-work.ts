import type { BooksInvoiceLine } from '../../model/billing/books-invoice.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { DecimalText } from '../../model/billing/money.ts';
import type { Expense, Milestone, TimeLog } from '../../model/billing/project-work.ts';
import type { LeftOut } from './document-plan.ts';
import type { InvoiceOptions } from './invoice-options.ts';
import type { MilestoneWork } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { sourceKey } from './source-key.ts';

/** A source that is to stand on live documents, and how much of it: whether it already does is not said here. */
export type DueItem = WorkItem | LineItem;

/** What the project tools know, of which lines are made. */
export type WorkItem =
  | { readonly kind: 'time-log'; readonly id: string; readonly minutes: number; readonly log: TimeLog }
  | { readonly kind: 'expense'; readonly id: string; readonly amount: DecimalText; readonly expense: Expense }
  | {
      readonly kind: 'milestone';
      readonly id: string;
      readonly amount: DecimalText;
      readonly milestone: Milestone;
    };

/** A line of the books' invoice, which may charge an expense. */
export interface LineItem {
  readonly kind: 'books-line' | 'expense';
  readonly id: string;
  readonly amount: DecimalText;
  readonly line: BooksInvoiceLine;
}

/** What of a milestone's work is to be billed as things stand today, and what is not, with the reason. */
export function dueWork(
  { milestone, logs, expenses }: MilestoneWork,
  options: Pick<InvoiceOptions, 'bill' | 'approval' | 'cutOver' | 'lineAmounts'>,
  entries: readonly LedgerEntry[],
  recipe: string,
): { readonly due: readonly WorkItem[]; readonly leftOut: readonly LeftOut[] } {
  const due: WorkItem[] = [];
  const leftOut: LeftOut[] = [];
  const fixed = options.bill.fixed === 'ignore' ? undefined : milestone.fixedAmount;
  const billsTime = options.bill.time && !(fixed !== undefined && options.bill.fixed === 'instead');
  const ours = new Set(
    entries
      .filter((entry) => entry.recipe === recipe && entry.purpose === 'charge' && entry.state !== 'freed')
      .map(({ source }) => sourceKey(source)),
  );
  const elsewhere = otherDestination(entries, 'charge', recipe);

  for (const log of inOrder(logs)) {
    const source = { kind: 'time-log', id: log.id } as const;
    const because = billsTime
      ? (whyNotLog(log, options) ?? elsewhere(source))
      : fixed === undefined
        ? 'the recipe bills no time'
        : 'billed by the agreed amount';
    if (because === undefined) due.push({ ...source, minutes: log.minutes, log });
    else leftOut.push({ ...source, because });
  }
  for (const expense of inOrder(expenses)) {
    const source = { kind: 'expense', id: expense.id } as const;
    const because = options.bill.expenses
      ? (whyNotExpense(expense, options, ours.has(sourceKey(source))) ?? elsewhere(source))
      : 'the recipe bills no expenses';
    const amount = options.lineAmounts === 'exclusive' ? expense.totalWithoutTax : expense.total;
    if (because === undefined) due.push({ ...source, amount, expense });
    else leftOut.push({ ...source, because });
  }
  if (fixed !== undefined) due.push({ kind: 'milestone', id: milestone.id, amount: fixed, milestone });
  return { due, leftOut };
}

function whyNotLog(
  log: TimeLog,
  { approval, cutOver }: Pick<InvoiceOptions, 'approval' | 'cutOver'>,
): string | undefined {
  if (!log.billable) return 'not billable';
  if (cutOver !== undefined && log.date < cutOver) return `before the cut-over of ${cutOver}`;
  if (log.approval === 'rejected') return 'rejected';
  if (approval === 'required' && log.approval === 'pending') return 'not approved yet';
  if (log.minutes === 0) return 'no time on it';
  return undefined;
}

function whyNotExpense(
  expense: Expense,
  { cutOver }: Pick<InvoiceOptions, 'cutOver'>,
  isOurs: boolean,
): string | undefined {
  if (!expense.billable) return 'not billable';
  if (cutOver !== undefined && expense.date < cutOver) return `before the cut-over of ${cutOver}`;
  if (expense.invoiceId !== undefined && !isOurs) return 'on an invoice of the books';
  return undefined;
}

/** By day, then id: lines keep their order from run to run. */
export function inOrder<Dated extends { readonly date: string; readonly id: string }>(
  items: readonly Dated[],
): Dated[] {
  return items.toSorted((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
}
