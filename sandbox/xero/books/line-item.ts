import type { Amount } from '../wire/money.ts';

/** A tracking category and the option chosen in it. */
export interface LineTracking {
  readonly categoryId: string;
  readonly optionId: string;
}

/** One line of an invoice, a bill or a bank transaction. */
export interface LineItem {
  readonly id: string;
  readonly description?: string;
  /** Four places. */
  readonly quantity?: Amount;
  /** Two places, four where the call opted in. */
  readonly unitAmount?: Amount;
  readonly itemCode?: string;
  readonly accountId?: string;
  readonly taxType?: string;
  readonly taxAmount: Amount;
  readonly lineAmount: Amount;
  /** Percent. */
  readonly discountRate?: Amount;
  readonly discountAmount?: Amount;
  readonly tracking: readonly LineTracking[];
}

export const LINE_AMOUNT_TYPES = ['Exclusive', 'Inclusive', 'NoTax'] as const;
/** Whether line amounts include tax. */
export type LineAmountTypes = (typeof LINE_AMOUNT_TYPES)[number];

/** The sums of a document. */
export interface Totals {
  readonly subTotal: Amount;
  readonly totalTax: Amount;
  readonly total: Amount;
  readonly totalDiscount: Amount;
}
