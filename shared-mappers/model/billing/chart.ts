import type { CalendarDate, Currency } from './money.ts';

/** The accounts' live settings that an account map is held against. */
export interface ChartOfAccounts {
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly country: string;
    readonly baseCurrency: Currency;
    readonly timezone: string;
    /** Nothing may be dated on or before these. */
    readonly periodLockDate?: CalendarDate;
    readonly endOfYearLockDate?: CalendarDate;
  };
  readonly accounts: readonly Account[];
  readonly taxRates: readonly TaxRate[];
  readonly tracking: readonly TrackingCategory[];
  readonly currencies: readonly Currency[];
}

export interface Account {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  readonly class: 'asset' | 'equity' | 'expense' | 'liability' | 'revenue';
  /** The vendor's own type: `SALES`, `DIRECTCOSTS`, `BANK`. */
  readonly type: string;
  readonly taxType: string;
  /** Reserved by the system (receivables, GST): not for lines. */
  readonly isSystem: boolean;
}

export interface TaxRate {
  readonly taxType: string;
  readonly name: string;
  readonly active: boolean;
  /** Percent, as decimal text: `10`, `8.25`. */
  readonly effectiveRate: string;
  readonly appliesTo: readonly Account['class'][];
}

export interface TrackingCategory {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly options: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
}
