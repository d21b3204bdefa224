import type { Instant } from '../instant.ts';
import type { CalendarDate, Currency, DecimalText } from './money.ts';

/** A customer's project as the project tool holds it. Ids are strings: they pass 2^53. */
export interface Project {
  readonly id: string;
  readonly name: string;
  /** `PR-12`, where the tool shows one. */
  readonly key?: string;
  readonly customerId?: string;
  readonly customerName?: string;
  readonly currency?: Currency;
  readonly category?: string;
  readonly url?: string;
}

/** A phase of a project; closing it is what bills. */
export interface Milestone {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly closed: boolean;
  /** Why it is not known whether it is closed, where the tool does not say: it then counts as open, and is parked. */
  readonly closedFault?: string;
  readonly closedOn?: CalendarDate;
  readonly modifiedAt?: Instant;
  /** An agreed amount, from a custom field; absent where the milestone is billed by its work alone. */
  readonly fixedAmount?: DecimalText;
  /** Why its agreed amount cannot be read, where there is one that cannot: what it comes to is then not known. */
  readonly amountFault?: string;
}

export type Approval = 'approved' | 'pending' | 'rejected' | 'not-needed';

/** Time one person spent. */
export interface TimeLog {
  readonly id: string;
  readonly projectId: string;
  /** Of the task it was logged on; absent for general time. */
  readonly milestoneId?: string;
  readonly taskId?: string;
  readonly taskName?: string;
  readonly personId: string;
  readonly personName: string;
  readonly personEmail?: string;
  readonly date: CalendarDate;
  /** Whole minutes: `02:20` is 140. */
  readonly minutes: number;
  readonly billable: boolean;
  readonly approval: Approval;
  readonly notes: string;
  readonly modifiedAt?: Instant;
}

/** Money one person or the company spent for a project. */
export interface Expense {
  readonly id: string;
  /** The project tool's project, matched from the books' own; absent where none fits. */
  readonly projectId?: string;
  readonly booksProjectId?: string;
  /** As the books call it. */
  readonly projectName?: string;
  readonly date: CalendarDate;
  /** Expense account or category of the books: mapped to an account. */
  readonly category: string;
  readonly description: string;
  readonly reference: string;
  readonly currency: Currency;
  /** With tax. */
  readonly total: DecimalText;
  readonly totalWithoutTax: DecimalText;
  /** Tax code of the books; absent where there is none. */
  readonly taxId?: string;
  /** Each line's tax is rounded. Default 1. */
  readonly lineCount?: number;
  readonly billable: boolean;
  readonly customerId?: string;
  readonly customerName?: string;
  readonly vendorId?: string;
  readonly vendorName?: string;
  /** The account it was paid from; absent for a bill still owed. */
  readonly paidThrough?: string;
  /** Already on an invoice of the books, by other means than ours. */
  readonly invoiceId?: string;
  readonly receipt?: Receipt;
  readonly modifiedAt?: Instant;
}

export interface Receipt {
  readonly fileName: string;
  readonly contentType: string;
}
