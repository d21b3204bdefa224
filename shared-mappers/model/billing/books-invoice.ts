import type { Instant } from '../instant.ts';
import type { CalendarDate, Currency, DecimalText } from './money.ts';

/** An invoice as the books hold it. */
export interface BooksInvoice {
  readonly id: string;
  /** `INV-000012`. */
  readonly number: string;
  readonly status: BooksInvoiceStatus;
  readonly customerId: string;
  readonly customerName: string;
  readonly date: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly currency: Currency;
  /** The customer's order number. */
  readonly reference: string;
  readonly lineAmounts: 'exclusive' | 'inclusive';
  readonly lines: readonly BooksInvoiceLine[];
  /** Without tax. */
  readonly subTotal: DecimalText;
  readonly totalTax: DecimalText;
  /** With shipping, adjustment and discounts of the whole invoice, which no line shows. */
  readonly total: DecimalText;
  readonly modifiedAt?: Instant;
}

/** `open`: approved or sent, in whatever words, overdue and partly paid ones among them. */
export type BooksInvoiceStatus = 'draft' | 'open' | 'paid' | 'void';

export interface BooksInvoiceLine {
  readonly id: string;
  /** Name and description, as far as there are. */
  readonly description: string;
  readonly quantity: DecimalText;
  readonly unitAmount: DecimalText;
  /** Of the line, its own discount taken off. */
  readonly amount: DecimalText;
  /** Account of the books: mapped to an account. Empty where the answer names none. */
  readonly account: string;
  /** Tax of the books; absent where there is none. */
  readonly taxId?: string;
  /** The books' own project. */
  readonly booksProjectId?: string;
  /** The billable expense that the line charges. */
  readonly expenseId?: string;
}
