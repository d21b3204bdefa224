import type { CalendarDate, Currency, DecimalText } from '../model/billing/money.ts';
import type { DateSpan } from './accounting-target.ts';

/** A project of the accounts, which time is logged on to be invoiced from there. */
export interface AccountsProject {
  readonly id: string;
  readonly name: string;
  /** Absent for an internal project. */
  readonly contactId?: string;
  readonly currency?: Currency;
  /** Time goes onto open projects only. */
  readonly open: boolean;
}

export type ChargeType = 'time' | 'fixed' | 'non-chargeable';

/** What time is logged on. */
export interface AccountsTask {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly chargeType: ChargeType;
  /** For an hour, or for the whole of a fixed task. */
  readonly rate?: { readonly currency: Currency; readonly value: DecimalText };
  /** Neither invoiced nor locked. */
  readonly open: boolean;
}

/** A user of the accounts: time belongs to one. */
export interface AccountsUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface DesiredTimeEntry {
  readonly projectId: string;
  readonly taskId: string;
  readonly userId: string;
  readonly date: CalendarDate;
  /** Whole, at least 1. */
  readonly minutes: number;
  /**
   * Tells the entry from every other of its project: it carries our mark, by which it is found again after an answer
   * that never came.
   */
  readonly description: string;
}

export interface HeldTimeEntry extends DesiredTimeEntry {
  readonly id: string;
  /** Only active ones can be changed. */
  readonly status: 'active' | 'locked' | 'invoiced';
}

/** Projects and time of one organisation. What is created is created once, whatever answers are lost. */
export interface TimeTarget {
  readonly system: 'xero';
  projects(): Promise<readonly AccountsProject[]>;
  /** @param project the customer's contact, and at most 100 characters of a name */
  createProject(project: { readonly name: string; readonly contactId: string }): Promise<AccountsProject>;
  tasks(projectId: string): Promise<readonly AccountsTask[]>;
  /** @param task its name has at most 100 characters */
  createTask(task: {
    readonly projectId: string;
    readonly name: string;
    readonly chargeType: ChargeType;
    readonly rate: { readonly currency: Currency; readonly value: DecimalText };
  }): Promise<AccountsTask>;
  users(): Promise<readonly AccountsUser[]>;
  /** Entries dated within the span; one logged by hand near midnight may be read as of the day before or after. */
  timeEntries(projectId: string, dated: DateSpan): Promise<readonly HeldTimeEntry[]>;
  /** @throws StackbridgeError `Rejected` for this entry, `NO_ANSWER` where even looking for it was not answered */
  createTimeEntry(entry: DesiredTimeEntry): Promise<HeldTimeEntry>;
  /**
   * On the same project. It is read again first: refused as `TIME_ENTRY_CLOSED` where it is not active any more, as
   * `TIME_ENTRY_CHANGED` where it says something else than `held`, and as `TIME_ENTRY_GONE`.
   */
  updateTimeEntry(held: HeldTimeEntry, entry: DesiredTimeEntry): Promise<void>;
  /** Read again first, likewise; one that is gone already is no fault. */
  deleteTimeEntry(held: HeldTimeEntry): Promise<void>;
}
