import type { BooksInvoice } from '../model/billing/books-invoice.ts';
import type { CalendarDate } from '../model/billing/money.ts';
import type { Expense, Milestone, Project, TimeLog } from '../model/billing/project-work.ts';
import type { Instant } from '../model/instant.ts';

/** Time that a source was handed, and cannot ask for more of. */
export interface HandedTime {
  readonly projectId: string;
  /** Every log of the project that is dated within it. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Projects that one of its logs may have come from lately, by id. */
  readonly origins: readonly string[];
}

/** The project tool, read only. Listings yield pages; an incomplete one rejects with `LISTING_INCOMPLETE`. */
export interface ProjectSource {
  readonly system: 'zoho-projects';
  /** All that it knows of anybody's time. Default: whatever is asked for. */
  readonly handed?: HandedTime;
  projects(): AsyncIterable<readonly Project[]>;
  milestones(projectId: string): AsyncIterable<readonly Milestone[]>;
  /**
   * Every time log of a project dated within the span, all kinds of work item, each once. Spans longer than the
   * vendor's window (six months) are read in pieces.
   */
  timeLogs(projectId: string, from: CalendarDate, to: CalendarDate): AsyncIterable<readonly TimeLog[]>;
  people(): AsyncIterable<readonly { readonly id: string; readonly name: string; readonly email: string }[]>;
}

export interface WantedExpenses {
  /** First day. */
  readonly from?: CalendarDate;
  /** True: without those that no customer is charged for. Default false. */
  readonly billable?: boolean;
  /** Ids of some that are wanted whatever they are like. Default: none. */
  readonly also?: ReadonlySet<string>;
}

/** A record of the books as a listing has it, of which everything else costs a call. */
export interface ListedRecord {
  readonly id: string;
  /** As people know it: the number of an invoice; empty for an expense. */
  readonly number: string;
  readonly modifiedAt?: Instant;
  /** What the listing tells of it that may matter, as text: the same while nothing of that changes. */
  readonly says: string;
}

/** An expense as it is listed: without its project, its lines, its tax and its receipt. */
export interface ListedExpense
  extends ListedRecord,
    Pick<
      Expense,
      | 'date'
      | 'category'
      | 'description'
      | 'reference'
      | 'currency'
      | 'total'
      | 'totalWithoutTax'
      | 'billable'
      | 'vendorName'
      | 'customerName'
    > {}

/** An invoice as it is listed: without its lines and its tax. */
export interface ListedInvoice
  extends ListedRecord,
    Pick<
      BooksInvoice,
      'status' | 'date' | 'dueDate' | 'customerId' | 'customerName' | 'currency' | 'reference' | 'total'
    > {}

/** The books of the same account, read only. */
export interface BooksSource {
  readonly system: 'zoho-books';
  /** It lists what somebody was handed: what is not among that is not gone from the books. Default: false. */
  readonly isPart?: boolean;
  /** Of a part: what was handed over as gone, by id, with the number of its first document. Default: nothing. */
  readonly gone?: ReadonlyMap<string, string>;
  /** It knows what there is and nothing more: of that nothing is billed, what is gone is looked for. Default: false. */
  readonly isListOnly?: boolean;
  /**
   * Expenses modified at or after the moment, with their detail (project, lines, receipt), which costs a call each.
   *
   * @param only what of them is wanted; the rest costs no call. Default all
   */
  expenses(since: Instant | undefined, only?: WantedExpenses): AsyncIterable<readonly Expense[]>;
  /** The same expenses as they are listed, without their detail. */
  listedExpenses(only?: WantedExpenses): AsyncIterable<readonly ListedRecord[]>;
  /** Those modified at or after the moment, with what their listing shows to people. */
  recentExpenses(since: Instant): AsyncIterable<readonly ListedExpense[]>;
  /** Undefined where it is gone. */
  expense(id: string): Promise<Expense | undefined>;
  receipt(expenseId: string): Promise<{ readonly contentType: string; readonly base64: string } | undefined>;
  projects(): AsyncIterable<
    readonly {
      readonly id: string;
      readonly name: string;
      readonly customerId: string;
      readonly customerName: string;
    }[]
  >;
  /** Invoices modified at or after the moment, with their lines, drafts and voided ones among them. */
  invoices(since: Instant | undefined): AsyncIterable<readonly BooksInvoice[]>;
  /** All of them as they are listed, without their lines. */
  listedInvoices(): AsyncIterable<readonly ListedRecord[]>;
  /** Those modified at or after the moment, with what their listing shows to people. */
  recentInvoices(since: Instant): AsyncIterable<readonly ListedInvoice[]>;
  /** Undefined where it is gone. */
  invoice(id: string): Promise<BooksInvoice | undefined>;
  customers(): AsyncIterable<
    readonly { readonly id: string; readonly name: string; readonly email?: string }[]
  >;
  /** Every account of the books; `type` in their own words: `expense`, `cost_of_goods_sold`, `income`, `bank`. */
  categories(): Promise<readonly { readonly id: string; readonly name: string; readonly type: string }[]>;
  taxes(): Promise<readonly { readonly id: string; readonly name: string; readonly percentage: string }[]>;
}
