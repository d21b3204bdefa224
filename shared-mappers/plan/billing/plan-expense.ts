import { type LineTarget, ownEntry } from '../../mapping/account-map.ts';
import { decimal, toCents, toFourPlaces } from '../../model/billing/decimal.ts';
import type { DesiredDocument, DraftStatus, HeldDocument } from '../../model/billing/document.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { Built } from './built.ts';
import { chartIndex } from './chart-index.ts';
import { checkDocument } from './check-document.ts';
import type { DocumentPlan } from './document-plan.ts';
import { dueDateOf } from './due-date.ts';
import { DESCRIPTION_LIMIT, fillTemplate, REFERENCE_LIMIT } from './fill-template.ts';
import type { DueRule } from './invoice-options.ts';
import { lineOf } from './line-context.ts';
import { resolveTarget, targetOfLine } from './line-target.ts';
import type { BilledContact, BillingContext, BillingState } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { planDocument } from './plan-document.ts';
import { planGone } from './plan-gone.ts';
import { proposeUnlink } from './propose-unlink.ts';
import type { Portion } from './remainder.ts';
import { totalsOf } from './totals.ts';

/** How an expense of the books is booked in the accounts. */
export interface ExpenseOptions {
  /** `bill`: always a bill. `paid-through`: spend money where the map knows the account that paid, else a bill. */
  readonly as: 'bill' | 'paid-through';
  /** Status of bills; spend money has none but authorised. */
  readonly status: DraftStatus;
  /** Expenses dated before this day are in the accounts already. */
  readonly cutOver?: CalendarDate;
  readonly due: DueRule;
  /** Document numbers begin with it; default `ZE`. */
  readonly numberPrefix: string;
  /** Template of the line: `{category}`, `{description}`, `{reference}`, `{vendor}`, `{customer}`, `{project}`, `{date}`. */
  readonly text: string;
}

export interface ExpenseContext extends BillingContext {
  readonly options: ExpenseOptions;
}

/** Number of an expense's first document: `ZE-123`. */
export function firstNumberOfExpense(id: string, options: Pick<ExpenseOptions, 'numberPrefix'>): string {
  return `${options.numberPrefix}-${id}`;
}

/** The expense that a document of this number books; undefined where none of ours is numbered so. */
export function expenseOfNumber(
  number: string,
  options: Pick<ExpenseOptions, 'numberPrefix'>,
): string | undefined {
  const [, id] = /^(\d+)(?:-\d+)?$/.exec(number.slice(firstNumberOfExpense('', options).length)) ?? [];
  return number.startsWith(firstNumberOfExpense('', options)) ? id : undefined;
}

/**
 * Decides what becomes of one expense: a bill, or spend money where the books know who paid. The amounts are sent
 * with their tax in them, as the receipt has them.
 */
export function planExpense(
  expense: Expense,
  supplier: BilledContact,
  state: BillingState,
  context: ExpenseContext,
): DocumentPlan {
  const source = { kind: 'expense', id: expense.id } as const;
  const because = whyNot(expense, state.entries, context);
  const plan = planDocument(
    {
      subject: expense.id,
      firstNumber: firstNumberOfExpense(expense.id, context.options),
      purpose: 'cost',
      due: because === undefined ? [{ ...source, amount: expense.total, expense }] : [],
      leftOut: because === undefined ? [] : [{ ...source, because }],
      build: (number, portions, held) => documentOf(number, portions, expense, supplier, context, held),
    },
    state,
    context,
  );
  return expense.billable ? plan : proposeUnlink(plan, state, context);
}

/** An expense that is deleted in the books: its cost stands in the accounts all the same, and may wait to be charged. */
export function planGoneExpense(
  id: string,
  firstNumber: string,
  state: BillingState,
  context: BillingContext,
): DocumentPlan {
  const because = 'the expense is gone from Zoho Books';
  const plan = planGone({ subject: id, firstNumber, purpose: 'cost', because }, state, context);
  return proposeUnlink(plan, state, context);
}

/** An expense that the recipe does not book, or no more: its document stays as it is, but for a customer to be charged. */
export function planLeftExpense(
  { id, billable }: Pick<Expense, 'id' | 'billable'>,
  state: BillingState,
  context: BillingContext,
): DocumentPlan {
  const plan: DocumentPlan = {
    subject: id,
    outcome: 'excluded',
    proposals: [],
    issues: [],
    remember: [],
    decided: [],
    leftOut: [{ kind: 'expense', id, because: 'not among what the recipe books' }],
  };
  return billable ? plan : proposeUnlink(plan, state, context);
}

function whyNot(
  expense: Expense,
  entries: readonly LedgerEntry[],
  { options, recipe }: ExpenseContext,
): string | undefined {
  if (options.cutOver !== undefined && expense.date < options.cutOver) {
    return `before the cut-over of ${options.cutOver}`;
  }
  return otherDestination(entries, 'cost', recipe)({ kind: 'expense', id: expense.id });
}

function documentOf(
  number: string,
  portions: readonly Portion[],
  expense: Expense,
  supplier: BilledContact,
  context: ExpenseContext,
  held: HeldDocument | undefined,
): Built {
  const { map, options, chart } = context;
  const index = chartIndex(chart);
  const issues: BillingIssue[] = 'issue' in supplier ? [supplier.issue] : [];
  // What stands as a bill stays one, whoever turned out to have paid: Xero changes no document's kind.
  const bank = held?.kind === 'bill' ? undefined : bankAccountOf(expense, context);
  if (bank !== undefined && typeof bank !== 'string') issues.push(bank);
  const bankAccountId = typeof bank === 'string' ? bank : undefined;
  const mapped = targetFor(expense, context);
  if ('code' in mapped) return { issues: [...issues, mapped] };

  const values = {
    category: expense.category,
    description: expense.description,
    reference: expense.reference,
    vendor: expense.vendorName,
    project: expense.projectName,
    customer: expense.customerName,
    date: expense.date,
  };
  const description = fillTemplate(options.text, values, DESCRIPTION_LIMIT);
  const lines = portions.map(({ source, billedLine }) => {
    const target =
      billedLine === undefined
        ? resolveTarget(mapped, map, index, {
            customer: expense.customerName,
            project: expense.projectName,
          })
        : targetOfLine(billedLine, index);
    const amount = source.kind === 'time-log' ? '0' : source.amount;
    const unitAmount = toFourPlaces(decimal(amount));
    return lineOf({ description, quantity: '1', unitAmount, target, sources: [source] }, 'inclusive');
  });
  const document: DesiredDocument = {
    kind: bankAccountId === undefined ? 'bill' : 'spend-money',
    number,
    contactId: 'id' in supplier ? supplier.id : '',
    date: expense.date,
    ...(bankAccountId === undefined ? { dueDate: dueDateOf(expense.date, options.due) } : { bankAccountId }),
    currency: expense.currency,
    lineAmounts: 'inclusive',
    status: bankAccountId === undefined ? options.status : 'authorised',
    reference: fillTemplate('{reference}', values, REFERENCE_LIMIT),
    lines,
    ...totalsOf(lines, 'inclusive'),
  };
  const refusals = [...checkDocument(document, index), ...taxFaults(document, expense)];
  return issues.length > 0 ? { issues: [...issues, ...refusals] } : { document, issues: refusals };
}

/**
 * Where the books state a tax, no more than that is claimed. Less may be meant: a foreign tax that nobody gets back is
 * mapped to a rate without.
 */
function taxFaults({ number, total, totalTax }: DesiredDocument, expense: Expense): BillingIssue[] {
  // What is left of it to be booked, or taken back, states none.
  if (expense.taxId === undefined || !decimal(total).eq(expense.total)) return [];
  const stated = decimal(expense.total).minus(expense.totalWithoutTax);
  const centsTooMuch = decimal(totalTax).minus(stated).times(100);
  if (centsTooMuch.lt(expense.lineCount ?? 1)) return [];
  const message = `${number}: the books say ${toCents(stated)} of tax, Xero would reckon ${totalTax}`;
  return [failure('TOTAL_DIFFERS', message)];
}

function targetFor(expense: Expense, { map }: ExpenseContext): LineTarget | BillingIssue {
  const target = ownEntry(map.expenses, expense.category);
  if (target === undefined) {
    return failure('ACCOUNT_UNMAPPED', `The account map has no expense account ${expense.category}`);
  }
  if (expense.taxId === undefined) return target;
  const tax = ownEntry(map.taxes, expense.taxId)?.purchases;
  return tax === undefined
    ? failure('ACCOUNT_UNMAPPED', `The account map has no tax for purchases of the books' ${expense.taxId}`)
    : { ...target, tax };
}

/** Id of the bank account that paid; undefined for what is still owed. */
function bankAccountOf(
  { paidThrough }: Expense,
  { map, options, chart }: ExpenseContext,
): string | undefined | BillingIssue {
  if (options.as === 'bill' || paidThrough === undefined) return undefined;
  const named = ownEntry(map.paidThrough, paidThrough);
  if (named === undefined) return undefined;
  const account = chart.accounts.find(({ id, code }) => id === named || code === named);
  if (account?.type === 'BANK' && account.active) return account.id;
  return failure('ACCOUNT_UNUSABLE', `${paidThrough}: Xero has no active bank account ${named}`);
}
