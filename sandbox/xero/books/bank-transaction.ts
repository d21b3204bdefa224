import type { Amount } from '../wire/money.ts';
import type { CalendarDate } from '../wire/wire-time.ts';
import type { LineAmountTypes, LineItem, Totals } from './line-item.ts';

/** Money spent from or received on a bank account. There are no drafts of it. */
export interface BankTransaction extends Totals {
  readonly id: string;
  readonly type: 'SPEND' | 'RECEIVE';
  readonly contactId: string;
  readonly bankAccountId: string;
  readonly reference: string;
  readonly date: CalendarDate;
  readonly status: 'AUTHORISED' | 'DELETED';
  readonly isReconciled: boolean;
  readonly lineAmountTypes: LineAmountTypes;
  readonly lines: readonly LineItem[];
  readonly currencyCode: string;
  readonly currencyRate: Amount;
  readonly url: string;
  readonly updatedMs: number;
}
