import { z } from 'zod';
import { type AdminAction, type AdminRecord, adminAction, type Desk } from '../simulator.ts';
import { ReceiptRecord } from './book-records.ts';
import type { Books } from './books.ts';
import { BooksSettings } from './books-settings.ts';
import {
  AccountChange,
  ContactChange,
  InvoiceChange,
  NewAccount,
  NewContact,
  NewInvoice,
  NewProject,
  NewTax,
  ProjectChange,
  TaxChange,
} from './desk-values.ts';
import { expenseJson } from './expense-json.ts';
import { addExpense, ExpenseValues, editExpense } from './expense-values.ts';
import { addInvoice, editInvoice, removeInvoice } from './invoice-entry.ts';
import { invoiceJson } from './invoice-json.ts';
import { accountJson, contactJson, projectJson, taxJson } from './record-json.ts';
import { notThere } from './refusal.ts';

/** One kind of record as people see and change it. */
interface Drawer {
  ids(): Iterable<string>;
  show(id: string): object;
  create(values: AdminRecord): string;
  edit(id: string, values: AdminRecord): void;
  remove(id: string): boolean;
}

/**
 * People at the screens of the books. Collections: `contacts`, `projects`, `taxes`, `accounts`, `expenses`,
 * `invoices`; records are shown and entered by the API's own names.
 */
export function deskOf(books: Books): Desk {
  const drawers = drawersOf(books);
  const drawer = (collection: string): Drawer => {
    const found = drawers[collection];
    if (found === undefined)
      throw new RangeError(`No ${collection}; there are ${Object.keys(drawers).join(', ')}`);
    return found;
  };
  return {
    list(collection, { limit, offset, ids }) {
      const { ids: all, show } = drawer(collection);
      const known = [...all()];
      const found = ids === undefined ? known : known.filter((id) => ids.includes(id));
      const shown = ids === undefined ? found.slice(offset, offset + limit) : found;
      return { total: found.length, records: shown.map((id) => ({ ...show(id) })) };
    },
    create: (collection, values) => drawer(collection).create(values),
    edit: (collection, id, values) => drawer(collection).edit(id, values),
    remove(collection, id) {
      if (!drawer(collection).remove(id)) throw notThere('Record');
    },
  };
}

/** What people do besides, `POST /admin/zoho-books/<name>`. */
export function personActions(books: Books): Readonly<Record<string, AdminAction>> {
  return {
    'attach-receipt': adminAction(
      z.strictObject({ expense: z.string(), receipt: ReceiptRecord }),
      ({ expense, receipt }) => setReceipt(books, expense, receipt),
    ),
    'remove-receipt': adminAction(z.strictObject({ expense: z.string() }), ({ expense }) =>
      setReceipt(books, expense, null),
    ),
    settings: adminAction(z.record(z.string(), z.unknown()), (change) => {
      books.settings = BooksSettings.parse({ ...books.settings, ...change });
      return books.settings;
    }),
  };
}

/** The books keep what transactions name. @throws RangeError when it is in use */
function removeUnused(books: Books, table: Map<string, unknown>, id: string): boolean {
  if (namesInUse(books).has(id)) throw new RangeError(`${id} is used by a transaction or a project`);
  return table.delete(id);
}

function namesInUse(books: Books): Set<string | null> {
  const used = new Set<string | null>();
  for (const { customerId, vendorId, projectId, paidThroughId, lines } of books.expenses.values()) {
    for (const id of [customerId, vendorId, projectId, paidThroughId]) used.add(id);
    for (const line of lines) used.add(line.accountId).add(line.taxId);
  }
  for (const { customerId, projectId, lines } of books.invoices.values()) {
    used.add(customerId).add(projectId);
    for (const line of lines) used.add(line.accountId).add(line.taxId);
  }
  for (const { customerId } of books.projects.values()) used.add(customerId);
  return used;
}

function setReceipt(books: Books, id: string, receipt: ReceiptRecord | null): void {
  books.expenses.set(id, { ...books.expense(id), receipt, modifiedMs: books.now() });
}

function drawersOf(books: Books): Readonly<Record<string, Drawer>> {
  const now = (): number => books.now();
  return {
    contacts: {
      ids: () => books.contacts.keys(),
      show: (id) => contactJson(books, books.contact(id)),
      create: (values) => {
        const { contact_name, contact_type, email, currency_code } = NewContact.parse(values);
        const currency = currency_code ?? books.organisation.currency;
        const id = books.freshId();
        const times = { createdMs: now(), modifiedMs: now() };
        books.contacts.set(id, { id, name: contact_name, type: contact_type, email, currency, ...times });
        return id;
      },
      edit: (id, values) => {
        const contact = books.contact(id);
        const { contact_name = contact.name, email = contact.email } = ContactChange.parse(values);
        books.contacts.set(id, { ...contact, name: contact_name, email, modifiedMs: now() });
      },
      remove: (id) => removeUnused(books, books.contacts, id),
    },
    projects: {
      ids: () => books.projects.keys(),
      show: (id) => projectJson(books, books.project(id)),
      create: (values) => {
        const { project_name, customer_id, rate } = NewProject.parse(values);
        const id = books.freshId();
        const customerId = books.contact(customer_id).id;
        books.projects.set(id, { id, name: project_name, customerId, rate, createdMs: now() });
        return id;
      },
      edit: (id, values) => {
        const project = books.project(id);
        const { project_name, customer_id, rate } = ProjectChange.parse(values);
        books.projects.set(id, {
          ...project,
          name: project_name ?? project.name,
          customerId: customer_id === undefined ? project.customerId : books.contact(customer_id).id,
          rate: rate ?? project.rate,
        });
      },
      remove: (id) => removeUnused(books, books.projects, id),
    },
    taxes: {
      ids: () => books.taxes.keys(),
      show: (id) => taxJson(books.tax(id)),
      create: (values) => {
        const { tax_name, tax_percentage } = NewTax.parse(values);
        const id = books.freshId();
        books.taxes.set(id, { id, name: tax_name, percentage: tax_percentage });
        return id;
      },
      edit: (id, values) => {
        const { name, percentage } = books.tax(id);
        const { tax_name = name, tax_percentage = percentage } = TaxChange.parse(values);
        books.taxes.set(id, { id, name: tax_name, percentage: tax_percentage });
      },
      remove: (id) => removeUnused(books, books.taxes, id),
    },
    accounts: {
      ids: () => books.accounts.keys(),
      show: (id) => accountJson(books.account(id)),
      create: (values) => {
        const { account_name, account_code, account_type } = NewAccount.parse(values);
        const id = books.freshId();
        books.accounts.set(id, {
          id,
          name: account_name,
          code: account_code,
          type: account_type,
          isActive: true,
        });
        return id;
      },
      edit: (id, values) => {
        const account = books.account(id);
        const change = AccountChange.parse(values);
        books.accounts.set(id, {
          ...account,
          name: change.account_name ?? account.name,
          code: change.account_code ?? account.code,
          isActive: change.is_active ?? account.isActive,
        });
      },
      remove: (id) => removeUnused(books, books.accounts, id),
    },
    expenses: {
      ids: () => books.expenses.keys(),
      show: (id) => expenseJson(books, books.expense(id)),
      create: (values) => addExpense(books, ExpenseValues.strict().parse(values)).id,
      edit: (id, values) => {
        editExpense(books, id, ExpenseValues.strict().parse(values));
      },
      remove: (id) => books.expenses.delete(id),
    },
    invoices: {
      ids: () => books.invoices.keys(),
      show: (id) => invoiceJson(books, books.invoice(id)),
      create: (values) => addInvoice(books, NewInvoice.parse(values)),
      edit: (id, values) => editInvoice(books, id, InvoiceChange.parse(values)),
      remove: (id) => removeInvoice(books, id),
    },
  };
}
