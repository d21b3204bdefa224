import type { AdminRecord } from '../../simulator.ts';
import { showBankTransaction } from '../accounting/bank/bank-transaction-json.ts';
import { showContact } from '../accounting/contacts/contact-json.ts';
import { showAttachments } from '../accounting/extras/attachment-json.ts';
import { linkStatus } from '../accounting/extras/linked-transaction-status.ts';
import type { InvoiceView } from '../accounting/invoices/invoice-json.ts';
import { showInvoice } from '../accounting/invoices/invoice-json.ts';
import { showAccount } from '../accounting/settings/account-json.ts';
import { showTaxRate } from '../accounting/settings/tax-rate-endpoints.ts';
import { showCategory } from '../accounting/settings/tracking-endpoints.ts';
import type { Books } from '../books/books.ts';
import type { Row, Table } from '../books/table.ts';
import { showTimesheet } from '../payroll/timesheet-json.ts';
import { showProject, showTask, showTimeEntry } from '../projects/project-json.ts';

/** Records of one kind as Xero's screens list them. */
export interface Collection {
  readonly size: number;
  records(): Iterable<AdminRecord>;
  record(id: string): AdminRecord | undefined;
}

const WHOLE: InvoiceView = { fullContact: false, withLines: true, unitPlaces: 4, alone: true };

/** The collections of an organisation: the API's own shapes where it has one, else the records as they are kept. */
export function collectionsOf(books: Books): Readonly<Record<string, Collection>> {
  const tables = books.tables();
  return {
    accounts: shown(tables.accounts, (row) => showAccount(books, row)),
    taxRates: shown(tables.taxRates, showTaxRate),
    trackingCategories: shown(tables.trackingCategories, (row) => showCategory(row, true)),
    users: shown(tables.users, (row) => row),
    items: shown(tables.items, (row) => row),
    contacts: shown(tables.contacts, (row) => showContact(books, row)),
    invoices: shown(tables.invoices, (row) => showInvoice(books, row, WHOLE)),
    payments: shown(tables.payments, (row) => row),
    bankTransactions: shown(tables.bankTransactions, (row) => showBankTransaction(books, row, WHOLE)),
    linkedTransactions: shown(tables.linkedTransactions, (row) => ({
      ...row,
      status: linkStatus(books, row),
    })),
    attachments: shown(tables.attachments, (row) => ({
      ...showAttachments(books, 'Invoices', [row])[0],
      OwnerID: row.ownerId,
      Content: row.content,
    })),
    history: shown(tables.history, (row) => row),
    projects: shown(tables.projects, (row) => showProject(books, row)),
    tasks: shown(tables.tasks, (row) => showTask(books, row)),
    timeEntries: shown(tables.timeEntries, showTimeEntry),
    payCalendars: shown(tables.payCalendars, (row) => row),
    earningsRates: shown(tables.earningsRates, (row) => row),
    employees: shown(tables.employees, (row) => row),
    timesheets: shown(tables.timesheets, (row) => showTimesheet(row, true)),
  };
}

function shown<T extends Row>(table: Table<T>, show: (row: T) => object): Collection {
  return {
    size: table.size,
    *records() {
      for (const row of table.rows()) yield { ...show(row) };
    },
    record(id) {
      const row = table.get(id);
      return row === undefined ? undefined : { ...show(row) };
    },
  };
}
