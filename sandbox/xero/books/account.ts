/** Xero's account types with the class each belongs to. */
const ACCOUNT_CLASSES = {
  BANK: 'ASSET',
  CURRENT: 'ASSET',
  FIXED: 'ASSET',
  INVENTORY: 'ASSET',
  NONCURRENT: 'ASSET',
  PREPAYMENT: 'ASSET',
  CURRLIAB: 'LIABILITY',
  LIABILITY: 'LIABILITY',
  TERMLIAB: 'LIABILITY',
  EQUITY: 'EQUITY',
  DEPRECIATN: 'EXPENSE',
  DIRECTCOSTS: 'EXPENSE',
  EXPENSE: 'EXPENSE',
  OVERHEADS: 'EXPENSE',
  OTHERINCOME: 'REVENUE',
  REVENUE: 'REVENUE',
  SALES: 'REVENUE',
} as const;

export type AccountType = keyof typeof ACCOUNT_CLASSES;
export type AccountClass = (typeof ACCOUNT_CLASSES)[AccountType];

export interface Account {
  readonly id: string;
  /** At most 10 characters; bank accounts may have none. */
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  readonly taxType: string;
  readonly description: string;
  /** '' for the accounts people made. */
  readonly systemAccount: string;
  readonly enablePayments: boolean;
  readonly showInExpenseClaims: boolean;
  /** Of bank accounts only. */
  readonly bankAccountNumber?: string;
  readonly bankAccountType?: 'BANK' | 'CREDITCARD' | 'PAYPAL';
  readonly currencyCode?: string;
  readonly updatedMs: number;
}

export function isAccountType(text: string): text is AccountType {
  return Object.hasOwn(ACCOUNT_CLASSES, text);
}

export function classOf(account: Pick<Account, 'type'>): AccountClass {
  return ACCOUNT_CLASSES[account.type];
}
