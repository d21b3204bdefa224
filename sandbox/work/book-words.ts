import type { AccountRecord } from '../zoho-books/book-records.ts';

/** The accounts of the books, by name. */
export const BOOK_ACCOUNTS: ReadonlyArray<Pick<AccountRecord, 'name' | 'code' | 'type'>> = [
  { name: 'Sales', code: '4000', type: 'income' },
  { name: 'Consulting Services', code: '4010', type: 'income' },
  { name: 'Travel Expense', code: '6100', type: 'expense' },
  { name: 'Lodging', code: '6110', type: 'expense' },
  { name: 'Meals and Entertainment', code: '6120', type: 'expense' },
  { name: 'Software Subscriptions', code: '6200', type: 'expense' },
  { name: 'Office Supplies', code: '6210', type: 'expense' },
  { name: 'Telephone Expense', code: '6220', type: 'expense' },
  { name: 'Subcontractors', code: '5100', type: 'cost_of_goods_sold' },
  { name: 'Business Bank Account', code: '1000', type: 'bank' },
  { name: 'Company Credit Card', code: '2100', type: 'credit_card' },
];

export const BOOK_TAXES: ReadonlyArray<{ name: string; percentage: string }> = [
  { name: 'GST', percentage: '10' },
  { name: 'GST Free', percentage: '0' },
];

export interface Purchase {
  account: string;
  vendor: string;
  description: string;
  /** Cheapest and dearest, in cents. */
  cents: readonly [number, number];
  tax: string;
}

export const PURCHASES: readonly Purchase[] = [
  {
    account: 'Travel Expense',
    vendor: 'Southern Rail',
    description: 'Return ticket to the client',
    cents: [4_210, 38_990],
    tax: 'GST',
  },
  {
    account: 'Travel Expense',
    vendor: 'Yellow Cabs',
    description: 'Taxi from the airport',
    cents: [1_850, 9_745],
    tax: 'GST',
  },
  {
    account: 'Lodging',
    vendor: 'Hôtel du Port',
    description: 'Two nights, workshop',
    cents: [21_000, 64_333],
    tax: 'GST',
  },
  {
    account: 'Meals and Entertainment',
    vendor: 'Copper Kettle Foods',
    description: 'Working lunch',
    cents: [2_475, 18_620],
    tax: 'GST',
  },
  {
    account: 'Software Subscriptions',
    vendor: 'Redwood Analytics',
    description: 'Licences, one month',
    cents: [9_900, 99_900],
    tax: 'GST',
  },
  {
    account: 'Office Supplies',
    vendor: 'Granite Peak Outfitters',
    description: 'Whiteboards & markers',
    cents: [1_299, 24_995],
    tax: 'GST',
  },
  {
    account: 'Telephone Expense',
    vendor: 'Quiet Valley Telecom',
    description: 'Roaming',
    cents: [1_001, 7_777],
    tax: 'GST Free',
  },
  {
    account: 'Subcontractors',
    vendor: 'Atelier Marchand',
    description: 'Illustrations',
    cents: [45_000, 310_000],
    tax: 'GST',
  },
];
