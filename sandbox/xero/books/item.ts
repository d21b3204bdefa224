import type { Amount } from '../wire/money.ts';

export interface ItemPrice {
  readonly unitPrice?: Amount;
  readonly accountCode?: string;
  readonly taxType?: string;
}

/** A product or service that lines can name by its code. */
export interface Item {
  readonly id: string;
  /** At most 30 characters, unique. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly purchaseDescription: string;
  readonly isSold: boolean;
  readonly isPurchased: boolean;
  readonly sales: ItemPrice;
  readonly purchases: ItemPrice;
  readonly updatedMs: number;
}
