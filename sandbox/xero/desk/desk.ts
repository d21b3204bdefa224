import type { AdminRecord, Desk } from '../../simulator.ts';
import { BankTransactionInput } from '../accounting/bank/bank-transaction-input.ts';
import { writeBankTransaction } from '../accounting/bank/bank-transaction-writing.ts';
import { ContactInput } from '../accounting/contacts/contact-input.ts';
import { writeContact } from '../accounting/contacts/contact-writing.ts';
import { InvoiceInput } from '../accounting/invoices/invoice-input.ts';
import { writeInvoice } from '../accounting/invoices/invoice-writing.ts';
import { AccountInput, writeAccount } from '../accounting/settings/account-writing.ts';
import type { Books } from '../books/books.ts';
import type { Row, Table } from '../books/table.ts';
import type { Site } from '../site.ts';
import { type Collection, collectionsOf } from './collections.ts';
import { addEmployee, EmployeeValues } from './employee-values.ts';
import {
  ProjectValues,
  TaskValues,
  TimeEntryValues,
  TimesheetValues,
  writeProject,
  writeTask,
  writeTimeEntry,
  writeTimesheet,
} from './work-values.ts';

/** What a person can write at Xero's screens, by collection. */
interface Writer {
  /** @returns the record's id */
  write(books: Books, values: AdminRecord, id: string | undefined): string;
  /** What `remove` means there: a change, or that it is gone for good. */
  readonly removal: AdminRecord | ((books: Books, id: string) => void);
}

/** Four places: the screens take as many. */
const AS_PERSON = { madeBy: null, unitPlaces: 4 } as const;

const WRITERS: Readonly<Record<string, Writer>> = {
  invoices: {
    write: (books, values, id) =>
      writeInvoice(books, InvoiceInput.parse(values), existing(books.invoices, id), AS_PERSON).id,
    removal: { Status: 'DELETED' },
  },
  contacts: {
    write: (books, values, id) =>
      writeContact(books, ContactInput.parse(values), existing(books.contacts, id)).id,
    removal: { ContactStatus: 'ARCHIVED' },
  },
  accounts: {
    write: (books, values, id) =>
      writeAccount(books, AccountInput.parse(values), existing(books.accounts, id)).id,
    removal: { Status: 'ARCHIVED' },
  },
  bankTransactions: {
    write: (books, values, id) =>
      writeBankTransaction(books, BankTransactionInput.parse(values), existing(books.bankTransactions, id), 4)
        .id,
    removal: { Status: 'DELETED' },
  },
  employees: {
    write: (books, values, id) =>
      addEmployee(books, EmployeeValues.parse(values), existing(books.employees, id)).id,
    removal: { endDate: '2000-01-01' },
  },
  projects: {
    write: (books, values, id) =>
      writeProject(books, ProjectValues.parse(values), existing(books.projects, id)).id,
    removal: { status: 'CLOSED' },
  },
  tasks: {
    write: (books, values, id) => writeTask(books, TaskValues.parse(values), existing(books.tasks, id)).id,
    removal: (books, id) => books.tasks.remove(id),
  },
  timeEntries: {
    write: (books, values, id) =>
      writeTimeEntry(books, TimeEntryValues.parse(values), existing(books.timeEntries, id)).id,
    removal: (books, id) => books.timeEntries.remove(id),
  },
  timesheets: {
    write: (books, values, id) =>
      writeTimesheet(books, TimesheetValues.parse(values), existing(books.timesheets, id)).id,
    removal: (books, id) => books.timesheets.remove(id),
  },
};

/**
 * A user of the organisation at Xero's own screens. Collections are those of `collectionsOf`; with several
 * organisations, `<tenant id>/invoices` names one, else the first is meant.
 */
export function deskOf(site: Site): Desk {
  const placeOf = (collection: string): { books: Books; name: string } => {
    const at = collection.indexOf('/');
    if (at === -1) return { books: site.organisation(), name: collection };
    return { books: site.organisation(collection.slice(0, at)), name: collection.slice(at + 1) };
  };
  return {
    list(collection, { limit, offset, ids }) {
      const { books, name } = placeOf(collection);
      const found = collectionNamed(books, name);
      if (ids !== undefined) {
        const records = ids.map((id) => found.record(id)).filter((record) => record !== undefined);
        return { total: records.length, records };
      }
      return { total: found.size, records: [...found.records()].slice(offset, offset + limit) };
    },
    create: (collection, values) => written(placeOf(collection), values, undefined),
    edit: (collection, id, values) => {
      written(placeOf(collection), values, id);
    },
    remove(collection, id) {
      const place = placeOf(collection);
      const { removal } = writerNamed(place.name);
      if (typeof removal === 'function') removal(place.books, id);
      else written(place, removal, id);
    },
  };
}

function written(
  { books, name }: { books: Books; name: string },
  values: AdminRecord,
  id: string | undefined,
): string {
  return books.journal.attempt(() => writerNamed(name).write(books, values, id));
}

function collectionNamed(books: Books, name: string): Collection {
  const collections = collectionsOf(books);
  const found = collections[name];
  if (found === undefined)
    throw new RangeError(`No collection ${name}; there are ${Object.keys(collections).join(', ')}`);
  return found;
}

function writerNamed(name: string): Writer {
  const found = WRITERS[name];
  if (found === undefined)
    throw new RangeError(`${name} cannot be written; ${Object.keys(WRITERS).join(', ')} can`);
  return found;
}

function existing<T extends Row>(table: Table<T>, id: string | undefined): T | undefined {
  if (id === undefined) return undefined;
  const found = table.get(id);
  if (found === undefined) throw new RangeError(`No such record: ${id}`);
  return found;
}
