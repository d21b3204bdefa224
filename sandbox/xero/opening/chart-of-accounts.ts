import type { AccountType } from '../books/account.ts';
import type { RegionFacts } from './regions.ts';

/** An account as a chart lists it. */
export interface ChartLine {
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly tax: keyof Pick<RegionFacts, 'sales' | 'purchases' | 'capital' | 'none'>;
  readonly systemAccount?: string;
  readonly enablePayments?: boolean;
  readonly showInExpenseClaims?: boolean;
  readonly bankAccountType?: 'BANK' | 'CREDITCARD';
}

type Line = readonly [
  code: string,
  name: string,
  type: AccountType,
  tax: ChartLine['tax'],
  more?: Partial<ChartLine>,
];

const CLAIM = { showInExpenseClaims: true };

const LINES: readonly Line[] = [
  ['090', 'Business Bank Account', 'BANK', 'none', { bankAccountType: 'BANK' }],
  ['091', 'Business Savings Account', 'BANK', 'none', { bankAccountType: 'BANK' }],
  ['', 'Company Credit Card', 'BANK', 'none', { bankAccountType: 'CREDITCARD' }],
  ['200', 'Sales', 'REVENUE', 'sales'],
  ['203', 'Consulting Income', 'REVENUE', 'sales'],
  ['206', 'Reimbursed Costs', 'REVENUE', 'sales'],
  ['260', 'Other Revenue', 'REVENUE', 'sales'],
  ['270', 'Interest Income', 'REVENUE', 'none'],
  ['310', 'Cost of Goods Sold', 'DIRECTCOSTS', 'purchases'],
  ['320', 'Subcontractors', 'DIRECTCOSTS', 'purchases', CLAIM],
  ['400', 'Advertising', 'EXPENSE', 'purchases', CLAIM],
  ['404', 'Bank Fees', 'EXPENSE', 'none'],
  ['408', 'Cleaning', 'EXPENSE', 'purchases', CLAIM],
  ['412', 'Consulting & Accounting', 'EXPENSE', 'purchases'],
  ['416', 'Depreciation', 'DEPRECIATN', 'none'],
  ['420', 'Entertainment', 'EXPENSE', 'purchases', CLAIM],
  ['425', 'Freight & Courier', 'EXPENSE', 'purchases', CLAIM],
  ['429', 'General Expenses', 'EXPENSE', 'purchases', CLAIM],
  ['433', 'Insurance', 'EXPENSE', 'purchases'],
  ['437', 'Interest Expense', 'EXPENSE', 'none'],
  ['441', 'Legal expenses', 'EXPENSE', 'purchases'],
  ['445', 'Light, Power, Heating', 'EXPENSE', 'purchases'],
  ['449', 'Motor Vehicle Expenses', 'EXPENSE', 'purchases', CLAIM],
  ['453', 'Office Expenses', 'EXPENSE', 'purchases', CLAIM],
  ['461', 'Printing & Stationery', 'EXPENSE', 'purchases', CLAIM],
  ['469', 'Rent', 'EXPENSE', 'purchases'],
  ['473', 'Repairs and Maintenance', 'EXPENSE', 'purchases', CLAIM],
  ['477', 'Wages and Salaries', 'EXPENSE', 'none'],
  ['478', 'Superannuation', 'EXPENSE', 'none'],
  ['485', 'Subscriptions', 'EXPENSE', 'purchases', CLAIM],
  ['489', 'Telephone & Internet', 'EXPENSE', 'purchases', CLAIM],
  ['493', 'Travel - National', 'EXPENSE', 'purchases', CLAIM],
  ['494', 'Travel - International', 'EXPENSE', 'none', CLAIM],
  ['497', 'Bank Revaluations', 'EXPENSE', 'none', { systemAccount: 'BANKCURRENCYGAIN' }],
  ['498', 'Unrealised Currency Gains', 'EXPENSE', 'none', { systemAccount: 'UNREALISEDCURRENCYGAIN' }],
  ['499', 'Realised Currency Gains', 'EXPENSE', 'none', { systemAccount: 'REALISEDCURRENCYGAIN' }],
  ['505', 'Income Tax Expense', 'EXPENSE', 'none'],
  ['610', 'Accounts Receivable', 'CURRENT', 'none', { systemAccount: 'DEBTORS' }],
  ['620', 'Prepayments', 'CURRENT', 'none'],
  ['630', 'Inventory', 'INVENTORY', 'none'],
  ['710', 'Office Equipment', 'FIXED', 'capital'],
  ['711', 'Less Accumulated Depreciation on Office Equipment', 'FIXED', 'none'],
  ['720', 'Computer Equipment', 'FIXED', 'capital'],
  ['800', 'Accounts Payable', 'CURRLIAB', 'none', { systemAccount: 'CREDITORS' }],
  ['801', 'Unpaid Expense Claims', 'CURRLIAB', 'none', { systemAccount: 'UNPAIDEXPCLM' }],
  ['804', 'Wages Payable - Payroll', 'CURRLIAB', 'none', { systemAccount: 'WAGEPAYABLES' }],
  ['820', 'Sales Tax', 'CURRLIAB', 'none', { systemAccount: 'GST' }],
  ['825', 'Employee Tax Payable', 'CURRLIAB', 'none'],
  ['840', 'Historical Adjustment', 'CURRLIAB', 'none', { systemAccount: 'HISTORICAL' }],
  ['850', 'Suspense', 'CURRLIAB', 'none', { enablePayments: true }],
  ['860', 'Rounding', 'CURRLIAB', 'none', { systemAccount: 'ROUNDING' }],
  ['877', 'Tracking Transfers', 'CURRLIAB', 'none', { systemAccount: 'TRACKINGTRANSFERS' }],
  ['880', 'Owner A Drawings', 'EQUITY', 'none', { enablePayments: true }],
  ['900', 'Loan', 'TERMLIAB', 'none'],
  ['960', 'Retained Earnings', 'EQUITY', 'none', { systemAccount: 'RETAINEDEARNINGS' }],
  ['970', 'Owner A Share Capital', 'EQUITY', 'none', { enablePayments: true }],
];

/** The chart that Xero's demo company has, with the accounts that billing people's time needs. */
export const CHART: readonly ChartLine[] = LINES.map(([code, name, type, tax, more = {}]) => ({
  code,
  name,
  type,
  tax,
  ...more,
}));
