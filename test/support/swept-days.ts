import { fileURLToPath } from 'node:url';
import type { Swept, WriteCall } from './swept-run.ts';

/** A scenario whose last run is cut, or loses an answer, at each of its operations. */
export interface SweptDay extends Swept {
  readonly title: string;
  /** Every call of that run that changes something in Xero, of each kind one. */
  readonly writes: readonly WriteCall[];
  /** Fewer calls of that kind, or commits, would mean that the day has lost what it is swept for. Absent: only by test/slow. */
  readonly least: { readonly any: number; readonly write: number; readonly store?: number };
  /** How often in a row an answer is lost; 0: all along. */
  readonly times: readonly number[];
}

export const MONTH_OF_BILLING: SweptDay = {
  title: 'a month of billing',
  file: fileOf('month-end'),
  exit: 1,
  writes: [
    { method: 'PUT', path: '/Contacts' },
    { method: 'PUT', path: '/Invoices' },
    { method: 'POST', path: '/Invoices' },
  ],
  least: { any: 51, write: 3, store: 6 },
  times: [1, 0],
};

export const DAY_OF_EXPENSES: SweptDay = {
  title: 'a day of expenses',
  file: fileOf('expenses'),
  exit: 0,
  writes: [
    { method: 'PUT', path: '/BankTransactions?' },
    { method: 'PUT', path: '/Invoices?' },
    { method: 'POST', path: '/Invoices?' },
    { method: 'PUT', path: '/BankTransactions/' },
    { method: 'PUT', path: '/LinkedTransactions' },
    { method: 'PUT', path: '/Invoices/' },
  ],
  least: { any: 51, write: 7, store: 12 },
  times: [1, 0],
};

export const DAY_OF_BOOKS_INVOICES: SweptDay = {
  title: 'a day of invoices of the books',
  file: fileOf('books-invoices'),
  exit: 0,
  writes: [
    { method: 'PUT', path: '/Contacts' },
    { method: 'PUT', path: '/Invoices' },
    { method: 'POST', path: '/Invoices' },
  ],
  least: { any: 30, write: 3, store: 6 },
  times: [1, 0],
};

export const WEEK_OF_TIME: SweptDay = {
  title: 'a week of time',
  file: fileOf('week-of-time'),
  exit: 0,
  writes: [
    { method: 'PUT', path: '/Contacts' },
    { method: 'POST', path: '/Projects' },
    { method: 'POST', path: '/Tasks' },
    { method: 'POST', path: '/Time' },
    { method: 'PUT', path: '/Time/' },
    { method: 'DELETE', path: '/Time/' },
    { method: 'POST', path: '/Timesheets' },
    { method: 'PUT', path: '/Lines/' },
    { method: 'DELETE', path: '/Lines/' },
  ],
  least: { any: 51, write: 12 },
  times: [1],
};

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../faults/${name}.yaml`, import.meta.url));
}
