import { readFileSync } from 'node:fs';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';

/** The ready account map, written out under `accounts` as a step needs it. */
const ACCOUNTS = readFileSync(new URL('../../../recipes/accounts.yaml', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#') && !line.startsWith('map:'))
  .map((line) => `  ${line}`)
  .join('\n');

export const MILESTONE_RECIPE = `
recipe: milestone-invoice/v1
name: milestones
cutOver: 2020-01-01
bill: { time: true, expenses: false, fixed: ignore }
contacts: create
accounts:
${ACCOUNTS}
`;

export const EXPENSES_RECIPE = `
recipe: expenses/v1
name: expenses
cutOver: 2020-01-01
which: all
contacts: create
supplier: Sundry suppliers
accounts:
${ACCOUNTS}
`;

export const ZOHO_INVOICE_RECIPE = `
recipe: zoho-invoice/v1
name: zoho-invoices
cutOver: 2020-01-01
contacts: create
accounts:
${ACCOUNTS}
`;

export const TIME_RECIPE = `
recipe: time-entries/v1
name: time
cutOver: 2020-01-01
destinations:
  xero-projects: { create: [contacts, projects, tasks] }
accounts:
${ACCOUNTS}
`;

/** Whose time the map of the ready recipes knows: approved, on a task. @returns their ids */
export function enterTime({ admin }: Sandbox, count = 1): string[] {
  const owner = 'grace@agency.test';
  admin.create('zoho-projects', 'users', { name: 'Grace Obi', email: owner });
  const client = { id: '4711', name: 'Ridgeway Bank' };
  const project = admin.create('zoho-projects', 'projects', { name: 'Website', client });
  const task = admin.create('zoho-projects', 'tasks', { project, name: 'Wireframes' });
  const log = { task, date: '2026-10-30', hours: '02:20', owner, approval: 'Approved' };
  return Array.from({ length: count }, (_, n) =>
    admin.create('zoho-projects', 'logs', { ...log, notes: `Sketch ${n + 1}` }),
  );
}

/** One that the map of the ready recipes has entries for. @returns its id */
export function enterExpense({ admin }: Sandbox): string {
  const account_id = admin.create('zoho-books', 'accounts', { account_name: 'Travel Expense' });
  const tax_id = admin.create('zoho-books', 'taxes', { tax_name: 'GST', tax_percentage: '10' });
  return admin.create('zoho-books', 'expenses', {
    date: '2026-10-30',
    account_id,
    amount: '110.00',
    tax_id,
    is_inclusive_tax: true,
  });
}

/** One that the map of the ready recipes has entries for. @returns its id */
export function enterBooksInvoice({ admin }: Sandbox, number = 'INV-000012'): string {
  const customer_id = admin.create('zoho-books', 'contacts', { contact_name: 'Ridgeway Bank' });
  const account_id = admin.create('zoho-books', 'accounts', {
    account_name: 'Sales',
    account_type: 'income',
  });
  const tax_id = admin.create('zoho-books', 'taxes', { tax_name: 'GST', tax_percentage: '10' });
  return admin.create('zoho-books', 'invoices', {
    invoice_number: number,
    status: 'sent',
    date: '2026-10-30',
    customer_id,
    line_items: [{ name: 'Hosting', rate: '10.00', quantity: '2', account_id, tax_id }],
  });
}

const RECEIPT = { fileName: 'ticket.pdf', contentType: 'application/pdf', base64: 'JVBERi0xLjQK' };

export function attachReceipt({ admin }: Sandbox, expense: string): void {
  admin.act('zoho-books', 'attach-receipt', { expense, receipt: RECEIPT });
}
