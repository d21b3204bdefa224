import type { BooksInvoice } from '../../model/billing/books-invoice.ts';
import { decimal } from '../../model/billing/decimal.ts';
import type {
  DesiredDocument,
  DocumentLine,
  DraftStatus,
  LineAmounts,
} from '../../model/billing/document.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { booksLine } from './books-line.ts';
import type { Built } from './built.ts';
import { chartIndex } from './chart-index.ts';
import { checkDocument } from './check-document.ts';
import type { DocumentPlan, LeftOut } from './document-plan.ts';
import type { DocumentSubject } from './document-subject.ts';
import { dueDateOf } from './due-date.ts';
import type { LineItem } from './due-work.ts';
import { cutTo, REFERENCE_LIMIT } from './fill-template.ts';
import type { DueRule } from './invoice-options.ts';
import type { BilledContact, BillingContext, BillingState } from './milestone-facts.ts';
import { planUnlessCharged } from './plan-unless-charged.ts';
import type { Portion } from './remainder.ts';
import { totalsOf } from './totals.ts';

/** How an invoice of the books becomes one in the accounts. */
export interface BooksInvoiceOptions {
  readonly status: DraftStatus;
  /** Invoices dated before this day are in the accounts already. */
  readonly cutOver?: CalendarDate;
  /** For invoices of the books without a due date. */
  readonly due: DueRule;
  /** Put before the description of a line that takes back. */
  readonly correction: string;
}

export interface BooksInvoiceContext extends BillingContext {
  readonly options: BooksInvoiceOptions;
  /** As the invoice has them. */
  readonly lineAmounts: LineAmounts;
}

/** Decides what becomes of one invoice of the books: the same number, lines, tax and total in the accounts. */
export function planBooksInvoice(
  invoice: BooksInvoice,
  contact: BilledContact,
  state: BillingState,
  context: BillingContext & { readonly options: BooksInvoiceOptions },
): DocumentPlan {
  const because = whyNotBooksInvoice(invoice, context.options);
  const due = dueLines(invoice);
  const leftOut: LeftOut[] = due.map(({ kind, id }) => ({ kind, id, because: because ?? '' }));
  const invoiceContext = { ...context, lineAmounts: invoice.lineAmounts };
  const subject: DocumentSubject = {
    subject: invoice.id,
    firstNumber: invoice.number,
    hasForeignNumber: true,
    purpose: 'charge',
    due: because === undefined ? due : [],
    leftOut: because === undefined ? [] : leftOut,
    build: (number, portions) => documentOf(number, portions, invoice, contact, invoiceContext),
  };
  return planUnlessCharged(subject, state, context);
}

/**
 * The lines of an invoice, in the ledger. One that charges an expense bills the expense, so that no other recipe charges
 * it as well; others are numbered within their invoice.
 */
export function dueLines({ id, lines }: Pick<BooksInvoice, 'id' | 'lines'>): LineItem[] {
  const expenses = new Set<string>();
  return lines.map((line): LineItem => {
    const { expenseId, amount } = line;
    // An expense on two lines stands in the ledger once: its second line goes by its own number.
    if (expenseId === undefined || expenses.has(expenseId)) {
      return { kind: 'books-line', id: `${id}/${line.id}`, amount, line };
    }
    expenses.add(expenseId);
    return { kind: 'expense', id: expenseId, amount, line };
  });
}

/** Why an invoice of the books is not due in the accounts; undefined where it is. */
export function whyNotBooksInvoice(
  { status, date }: BooksInvoice,
  { cutOver }: Pick<BooksInvoiceOptions, 'cutOver'>,
): string | undefined {
  if (status === 'draft') return 'a draft in the books';
  if (status === 'void') return 'void in the books';
  return cutOver !== undefined && date < cutOver ? `before the cut-over of ${cutOver}` : undefined;
}

function documentOf(
  number: string,
  portions: readonly Portion[],
  invoice: BooksInvoice,
  contact: BilledContact,
  context: BooksInvoiceContext,
): Built {
  const { chart, options, lineAmounts } = context;
  const index = chartIndex(chart);
  const issues: BillingIssue[] = 'issue' in contact ? [contact.issue] : [];
  const lines: DocumentLine[] = [];
  for (const portion of portions) {
    const line = booksLine(portion, invoice.customerName, context, index);
    if ('code' in line) issues.push(line);
    else lines.push(line);
  }
  const { date } = invoice;
  const document: DesiredDocument = {
    kind: 'sales-invoice',
    number,
    contactId: 'id' in contact ? contact.id : '',
    date,
    dueDate: invoice.dueDate ?? dueDateOf(date, options.due),
    currency: invoice.currency,
    lineAmounts,
    status: options.status,
    reference: cutTo(invoice.reference, REFERENCE_LIMIT),
    lines,
    ...totalsOf(lines, lineAmounts),
  };
  if (issues.length > 0) return { issues: [...issues, ...checkDocument(document, index)] };
  issues.push(...checkDocument(document, index));
  const isWhole = number === invoice.number;
  if (issues.length === 0 && isWhole) issues.push(...totalFaults(document, invoice));
  return { document, issues };
}

/** Prices with their tax in them come to one total at any rate: there the tax is held against the books' own as well. */
function totalFaults(document: DesiredDocument, invoice: BooksInvoice): BillingIssue[] {
  const sums = invoice.lineAmounts === 'inclusive' ? (['total', 'totalTax'] as const) : (['total'] as const);
  const differing = sums.find((sum) => !decimal(document[sum]).eq(invoice[sum]));
  if (differing === undefined) return [];
  const of = differing === 'total' ? '' : ' of tax';
  const said = `the books say ${invoice[differing]}${of}, Xero would reckon ${document[differing]}`;
  return [failure('TOTAL_DIFFERS', `${document.number}: ${said}`)];
}
