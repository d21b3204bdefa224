import type { Amount } from '../wire/money.ts';

/** What an hour, or another unit, of work is called and paid. */
export interface EarningsRate {
  readonly id: string;
  readonly name: string;
  /** As the region's payroll spells it. */
  readonly earningsType: string;
  readonly rateType: 'RatePerUnit' | 'MultipleOfOrdinaryEarningsRate' | 'FixedAmount';
  readonly typeOfUnits: string;
  readonly expenseAccountId: string;
  readonly ratePerUnit?: Amount;
  readonly multiple?: Amount;
  readonly fixedAmount?: Amount;
  readonly isCurrent: boolean;
  readonly updatedMs: number;
}
