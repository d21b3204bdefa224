import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import type { DocumentPlan } from './document-plan.ts';
import { ledgerAfter } from './ledger-after.ts';
import type { BilledContact, BillingContext, BillingState } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { holding } from './subject-documents.ts';

/** What belongs to a document once it stands, in the run that writes it or in a later one. */
export type FollowUp =
  /** Remembered with the document. */
  | {
      readonly kind: 'attach';
      readonly documentNumber: string;
      readonly fileName: string;
      /** For people. */
      readonly words: string;
    }
  /** The line is marked as to be charged to the customer: remembered by an entry of purpose `charge`. */
  | {
      readonly kind: 'rebill';
      readonly documentNumber: string;
      readonly customer: BilledContact;
      readonly entry: LedgerEntry;
      /** Of documents that stand no more: forgotten in exchange. */
      readonly stale: readonly LedgerEntry[];
      readonly words: string;
    }
  /** Not remembered: one that could not be written is not made up for. */
  | {
      readonly kind: 'note';
      readonly documentNumber: string;
      readonly note: string;
      readonly words: string;
    };

export interface ExpenseFollowUps {
  /** Receipts are attached. */
  readonly receipts: boolean;
  /** Billable lines are linked to the customer; otherwise another recipe charges them. */
  readonly rebill: 'link' | 'leave';
}

/** What is still to be done for an expense whose cost is booked, or about to be. */
export function expenseFollowUps(
  expense: Expense,
  customer: BilledContact,
  plan: DocumentPlan,
  state: BillingState,
  context: BillingContext,
  { receipts, rebill }: ExpenseFollowUps,
): FollowUp[] {
  const after = ledgerAfter(state, plan.remember);
  const standing = standingNumbers(plan, after.memories, state);
  const [last] = standing.slice(-1);
  if (last === undefined) return [];
  const followUps: FollowUp[] = [];
  const file = expense.receipt?.fileName;
  const attached = after.memories.flatMap((memory) =>
    standing.includes(memory.number) ? (memory.attached ?? []) : [],
  );
  if (receipts && file !== undefined && !attached.includes(file)) {
    followUps.push({ kind: 'attach', documentNumber: last, fileName: file, words: `with receipt ${file}` });
  }
  if (rebill === 'leave' || !isForRebilling(expense, state.entries, context)) return followUps;
  const ours = state.entries.filter(
    (entry) => isOfExpense(entry, expense.id) && entry.purpose === 'charge' && entry.state !== 'freed',
  );
  const stale = ours.filter(({ documentNumber }) => !standing.includes(documentNumber));
  for (const cost of costEntries(plan, after.entries, expense.id, context)) {
    const { documentNumber } = cost;
    if (!standing.includes(documentNumber)) continue;
    if (ours.some((entry) => entry.documentNumber === documentNumber && entry.state === 'billed')) continue;
    followUps.push({
      kind: 'rebill',
      documentNumber,
      customer,
      entry: { ...cost, purpose: 'charge', state: 'billed', at: context.now },
      stale,
      words: `to be charged to ${expense.customerName ?? 'the customer'}`,
    });
  }
  return followUps;
}

/**
 * Whether the customer is to be charged by a link: billable, not charged by another recipe, not on an invoice of the
 * books. A link whose answer never came is made sure of.
 */
export function isForRebilling(
  expense: Expense,
  entries: readonly LedgerEntry[],
  { recipe }: Pick<BillingContext, 'recipe'>,
): boolean {
  const elsewhere = otherDestination(entries, 'charge', recipe)({ kind: 'expense', id: expense.id });
  return expense.billable && expense.invoiceId === undefined && elsewhere === undefined;
}

/** Numbers of documents that are there and neither voided nor deleted, and of the one about to be written. */
function standingNumbers(
  { write }: DocumentPlan,
  memories: BillingState['memories'],
  { held }: BillingState,
): string[] {
  const numbers = memories
    .filter((memory) => {
      if (memory.documentId === undefined) return false;
      const found = holding(memory.number, memory, held);
      return found !== undefined && found.status !== 'voided' && found.status !== 'deleted';
    })
    .map(({ number }) => number);
  if (write !== undefined && !numbers.includes(write.document.number)) numbers.push(write.document.number);
  return numbers;
}

/** Where the cost stands, the document about to be written as it will be. */
function costEntries(
  { write }: DocumentPlan,
  entries: readonly LedgerEntry[],
  expenseId: string,
  { recipe }: BillingContext,
): LedgerEntry[] {
  const standing = entries.filter(
    (entry) =>
      isOfExpense(entry, expenseId) &&
      entry.recipe === recipe &&
      entry.purpose === 'cost' &&
      entry.state === 'billed' &&
      entry.documentNumber !== write?.document.number,
  );
  return [...standing, ...(write?.intended ?? [])];
}

function isOfExpense({ source }: LedgerEntry, id: string): boolean {
  return source.kind === 'expense' && source.id === id;
}
