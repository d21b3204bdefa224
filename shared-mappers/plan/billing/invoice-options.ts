import type { DraftStatus, LineAmounts } from '../../model/billing/document.ts';
import type { CalendarDate, Currency } from '../../model/billing/money.ts';

/** How a milestone becomes an invoice, as the recipe says. */
export interface InvoiceOptions {
  readonly bill: {
    /** Billable hours. */
    readonly time: boolean;
    /** Billable expenses of the project dated up to the day the milestone closed. */
    readonly expenses: boolean;
    /** An agreed amount: `instead` of the hours where the milestone has one, `on-top` of them, or `ignore`. */
    readonly fixed: 'ignore' | 'instead' | 'on-top';
  };
  /** Whether hours wait for their approval. */
  readonly approval: 'required' | 'not-needed';
  /** Work dated before this day was billed by other means; absent: everything counts. */
  readonly cutOver?: CalendarDate;
  /** One line a task, person or day; `none`: one line a log. */
  readonly groupBy: 'task' | 'person' | 'day' | 'none';
  /** Percent put on top of expenses, as decimal text: `10`. */
  readonly markUp?: string;
  readonly lineAmounts: LineAmounts;
  readonly status: DraftStatus;
  /** `closed`: the day the milestone closed; `run`: the day of the run. */
  readonly dated: 'closed' | 'run';
  readonly due: DueRule;
  /** For projects that name none; absent: the organisation's own. */
  readonly currency?: Currency;
  /** Document numbers begin with it; default `ZP`. */
  readonly numberPrefix: string;
  readonly texts: InvoiceTexts;
}

/** `days` after the document's date; or a `day` of the month `months` later, its last day where it has fewer. */
export type DueRule = { readonly days: number } | { readonly dayOfMonth: number; readonly months: number };

/**
 * Templates: `{project}`, `{projectKey}`, `{milestone}`, `{task}`, `{person}`, `{date}`, `{hours}`, `{notes}`,
 * `{category}`, `{description}`, `{reference}`, `{number}`, `{from}`, `{to}`. A name without a value leaves no trace.
 */
export interface InvoiceTexts {
  readonly time: string;
  readonly expense: string;
  readonly fixed: string;
  /** Put before the description of a line that takes back. */
  readonly correction: string;
  readonly reference: string;
}

export const INVOICE_TEXTS: InvoiceTexts = {
  time: '{project}, {milestone}: {task} {person} {date} {notes}',
  expense: '{project}: {category}, {description} {date}',
  fixed: '{project}: {milestone}',
  correction: 'Correction: ',
  reference: '{project} - {milestone}',
};
