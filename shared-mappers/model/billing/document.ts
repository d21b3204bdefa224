import type { Instant } from '../instant.ts';
import type { CalendarDate, Currency, DecimalText } from './money.ts';

/** What a line bills: the ledger keeps one entry for each, so that nothing is billed twice. */
export type LineSource =
  | { readonly kind: 'time-log'; readonly id: string; readonly minutes: number }
  | { readonly kind: 'expense'; readonly id: string; readonly amount: DecimalText }
  | { readonly kind: 'milestone'; readonly id: string; readonly amount: DecimalText }
  /** A line of an invoice made in the books that charges no expense. */
  | { readonly kind: 'books-line'; readonly id: string; readonly amount: DecimalText };

export interface Tracking {
  readonly category: string;
  readonly option: string;
}

/** One line as it is sent. `amount` is quantity times unit amount rounded to cents, as the vendor will. */
export interface DocumentLine {
  readonly description: string;
  /** At most 4 decimal places. */
  readonly quantity: DecimalText;
  /** At most 4 decimal places. */
  readonly unitAmount: DecimalText;
  readonly accountCode: string;
  readonly taxType: string;
  readonly tracking: readonly Tracking[];
  /** Without tax where amounts are exclusive, with it where they are inclusive. */
  readonly amount: DecimalText;
  readonly taxAmount: DecimalText;
  readonly sources: readonly LineSource[];
}

export type DocumentKind = 'sales-invoice' | 'bill' | 'spend-money';
/** What a document may become by our hand. */
export type DraftStatus = 'draft' | 'submitted' | 'authorised';
/** What a document may be found to be. */
export type DocumentStatus = DraftStatus | 'paid' | 'voided' | 'deleted';
export type LineAmounts = 'exclusive' | 'inclusive' | 'no-tax';

/** A document as it should stand in the accounts. Every value is said; nothing is left to the vendor's default. */
export interface DesiredDocument {
  readonly kind: DocumentKind;
  /** Our own number: found again by it after a time-out. Sales invoices are unique by it. */
  readonly number: string;
  readonly contactId: string;
  readonly date: CalendarDate;
  /** Absent for spend money. */
  readonly dueDate?: CalendarDate;
  readonly currency: Currency;
  readonly lineAmounts: LineAmounts;
  readonly status: DraftStatus;
  readonly reference: string;
  /** Link back to the milestone; https. */
  readonly url?: string;
  /** The account it was paid from, for spend money. */
  readonly bankAccountId?: string;
  readonly lines: readonly DocumentLine[];
  readonly subTotal: DecimalText;
  readonly totalTax: DecimalText;
  readonly total: DecimalText;
}

/** A document as the accounts hold it now. */
export interface HeldDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly status: DocumentStatus;
  readonly contactId: string;
  readonly date: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly currency: Currency;
  /** Absent where the accounts do not say. */
  readonly lineAmounts?: LineAmounts;
  readonly reference: string;
  readonly lines: readonly HeldLine[];
  readonly subTotal: DecimalText;
  readonly totalTax: DecimalText;
  readonly total: DecimalText;
  readonly modifiedAt: Instant;
  readonly hasAttachments: boolean;
}

export interface HeldLine {
  readonly id: string;
  readonly description: string;
  readonly quantity: DecimalText;
  readonly unitAmount: DecimalText;
  readonly accountCode: string;
  readonly taxType: string;
  readonly amount: DecimalText;
  readonly taxAmount: DecimalText;
  readonly tracking: readonly Tracking[];
}
