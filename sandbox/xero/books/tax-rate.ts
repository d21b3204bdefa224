import type { AccountClass } from './account.ts';

export interface TaxComponent {
  readonly name: string;
  /** Percent. */
  readonly rate: number;
  readonly isCompound: boolean;
  readonly isNonRecoverable: boolean;
}

export interface TaxRate {
  /** The tax type in lower case. */
  readonly id: string;
  /** What line items name: OUTPUT, INPUT2, TAX001 ... */
  readonly taxType: string;
  readonly name: string;
  readonly reportTaxType: string;
  readonly status: 'ACTIVE' | 'DELETED' | 'ARCHIVED';
  /** The classes of account it may be used with. */
  readonly appliesTo: readonly AccountClass[];
  /** Percent. */
  readonly effectiveRate: number;
  readonly components: readonly TaxComponent[];
}
