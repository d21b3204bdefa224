import type { Amount } from '../wire/money.ts';
import type { CalendarDate } from '../wire/wire-time.ts';
import type { LineAmountTypes, LineItem, Totals } from './line-item.ts';

export const INVOICE_STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** A sales invoice (ACCREC) or a bill (ACCPAY). */
export interface Invoice extends Totals {
  readonly id: string;
  readonly type: 'ACCREC' | 'ACCPAY';
  /** Unique among sales invoices; a bill's is the supplier's, and free. */
  readonly number: string;
  /** Of sales invoices only. */
  readonly reference: string;
  readonly contactId: string;
  readonly date: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly expectedPaymentDate?: CalendarDate;
  readonly plannedPaymentDate?: CalendarDate;
  readonly fullyPaidOn?: CalendarDate;
  readonly status: InvoiceStatus;
  readonly lineAmountTypes: LineAmountTypes;
  readonly lines: readonly LineItem[];
  readonly roundingAmount: Amount;
  readonly currencyCode: string;
  /** Units of the currency for one of the base currency; six places. */
  readonly currencyRate: Amount;
  readonly amountPaid: Amount;
  readonly paymentIds: readonly string[];
  readonly sentToContact: boolean;
  readonly url: string;
  readonly brandingThemeId?: string;
  /** The app that made it; null when a person did. */
  readonly madeBy: string | null;
  readonly updatedMs: number;
}
