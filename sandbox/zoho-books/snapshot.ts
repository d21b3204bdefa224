import { z } from 'zod';
import {
  AccountRecord,
  BookProjectRecord,
  ContactRecord,
  ExpenseRecord,
  InvoiceRecord,
  TaxRecord,
} from './book-records.ts';
import type { Books } from './books.ts';
import { BooksSettings } from './books-settings.ts';

const BooksData = z.object({
  settings: BooksSettings,
  contacts: z.array(ContactRecord),
  projects: z.array(BookProjectRecord),
  taxes: z.array(TaxRecord),
  accounts: z.array(AccountRecord),
  expenses: z.array(ExpenseRecord),
  invoices: z.array(InvoiceRecord),
  nextSerial: z.number(),
});

/** The books as JSON data. How often they were called lately is not part of it. */
export function takeSnapshot(books: Books): z.infer<typeof BooksData> {
  return structuredClone({
    settings: books.settings,
    contacts: [...books.contacts.values()],
    projects: [...books.projects.values()],
    taxes: [...books.taxes.values()],
    accounts: [...books.accounts.values()],
    expenses: [...books.expenses.values()],
    invoices: [...books.invoices.values()],
    nextSerial: books.nextSerial,
  });
}

/** @throws ZodError when it is no snapshot of books */
export function restoreSnapshot(books: Books, snapshot: unknown): void {
  const data = BooksData.parse(snapshot);
  books.clear();
  books.settings = data.settings;
  for (const record of data.contacts) books.contacts.set(record.id, record);
  for (const record of data.projects) books.projects.set(record.id, record);
  for (const record of data.taxes) books.taxes.set(record.id, record);
  for (const record of data.accounts) books.accounts.set(record.id, record);
  for (const record of data.expenses) books.expenses.set(record.id, record);
  for (const record of data.invoices) books.invoices.set(record.id, record);
  books.nextSerial = data.nextSerial;
}
