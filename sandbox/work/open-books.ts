import type { Books } from '../zoho-books/books.ts';
import { BOOK_ACCOUNTS, BOOK_TAXES } from './book-words.ts';

/** Books with their accounts and taxes, found by name. */
export interface OpenBooks {
  readonly books: Books;
  accountId(name: string): string;
  taxId(name: string): string;
  vendorId(name: string): string;
  customerId(name: string): string;
  /** @returns the project's id in the books */
  addProject(name: string, customer: string): string;
}

/** Sets up what is not there yet: accounts, taxes; customers and vendors as they are met. */
export function openBooks(books: Books): OpenBooks {
  const accounts = new Map(books.accounts.values().map(({ name, id }) => [name, id]));
  for (const account of BOOK_ACCOUNTS) {
    if (accounts.has(account.name)) continue;
    const id = books.freshId();
    books.accounts.set(id, { id, ...account, isActive: true });
    accounts.set(account.name, id);
  }
  const taxes = new Map(books.taxes.values().map(({ name, id }) => [name, id]));
  for (const tax of BOOK_TAXES) {
    if (taxes.has(tax.name)) continue;
    const id = books.freshId();
    books.taxes.set(id, { id, ...tax });
    taxes.set(tax.name, id);
  }
  const contacts = new Map(books.contacts.values().map(({ name, type, id }) => [`${type}/${name}`, id]));
  const contactId = (type: 'customer' | 'vendor', name: string): string => {
    const known = contacts.get(`${type}/${name}`);
    if (known !== undefined) return known;
    const id = books.freshId();
    const now = books.now();
    const currency = books.organisation.currency;
    books.contacts.set(id, { id, name, type, email: '', currency, createdMs: now, modifiedMs: now });
    contacts.set(`${type}/${name}`, id);
    return id;
  };
  return {
    books,
    accountId: (name) => known(accounts, name),
    taxId: (name) => known(taxes, name),
    vendorId: (name) => contactId('vendor', name),
    customerId: (name) => contactId('customer', name),
    addProject(name, customer) {
      const id = books.freshId();
      const customerId = contactId('customer', customer);
      books.projects.set(id, { id, name, customerId, rate: '150.00', createdMs: books.now() });
      return id;
    },
  };
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new RangeError(`The books have no ${name}`);
  return id;
}
