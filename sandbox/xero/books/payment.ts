import type { Amount } from '../wire/money.ts';
import type { CalendarDate } from '../wire/wire-time.ts';

/** Money paid on an invoice or a bill. */
export interface Payment {
  readonly id: string;
  readonly invoiceId: string;
  readonly accountId: string;
  readonly date: CalendarDate;
  /** In the invoice's currency. */
  readonly amount: Amount;
  readonly currencyRate: Amount;
  readonly reference: string;
  readonly isReconciled: boolean;
  readonly status: 'AUTHORISED' | 'DELETED';
  readonly updatedMs: number;
}
