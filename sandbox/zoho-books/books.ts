import type { World } from '../world.ts';
import type {
  AccountRecord,
  BookProjectRecord,
  ContactRecord,
  ExpenseRecord,
  InvoiceRecord,
  TaxRecord,
} from './book-records.ts';
import { BooksSettings } from './books-settings.ts';
import { RateLimit } from './rate-limit.ts';
import { notThere } from './refusal.ts';

const ID_HEAD = '46000000';
const ID_TAIL_DIGITS = 11;

/** The books of the one organisation. */
export class Books {
  readonly world: World;
  readonly organisation = {
    id: '800018022',
    name: 'Stackbridge Sandbox',
    currency: 'AUD',
    zone: 'Australia/Sydney',
  } as const;
  readonly limit: RateLimit;
  settings: BooksSettings = BooksSettings.parse({});
  readonly contacts = new Map<string, ContactRecord>();
  readonly projects = new Map<string, BookProjectRecord>();
  readonly taxes = new Map<string, TaxRecord>();
  readonly accounts = new Map<string, AccountRecord>();
  readonly expenses = new Map<string, ExpenseRecord>();
  readonly invoices = new Map<string, InvoiceRecord>();
  nextSerial = 1;

  constructor(world: World) {
    this.world = world;
    this.limit = new RateLimit(world.clock);
  }

  /** 19 digits: past 2^53. */
  freshId(): string {
    return ID_HEAD + String(this.nextSerial++).padStart(ID_TAIL_DIGITS, '0');
  }

  now(): number {
    return this.world.clock.now();
  }

  /** Empties the books. */
  clear(): void {
    this.settings = BooksSettings.parse({});
    for (const table of [
      this.contacts,
      this.projects,
      this.taxes,
      this.accounts,
      this.expenses,
      this.invoices,
    ]) {
      table.clear();
    }
    this.limit.clear();
    this.nextSerial = 1;
  }

  /** @throws BooksRefusal 404 */
  contact(id: string): ContactRecord {
    return there(this.contacts.get(id), 'Contact');
  }

  /** @throws BooksRefusal 404 */
  project(id: string): BookProjectRecord {
    return there(this.projects.get(id), 'Project');
  }

  /** @throws BooksRefusal 404 */
  tax(id: string): TaxRecord {
    return there(this.taxes.get(id), 'Tax');
  }

  /** @throws BooksRefusal 404 */
  account(id: string): AccountRecord {
    return there(this.accounts.get(id), 'Account');
  }

  /** @throws BooksRefusal 404 */
  expense(id: string): ExpenseRecord {
    return there(this.expenses.get(id), 'Expense');
  }

  /** @throws BooksRefusal 404 */
  invoice(id: string): InvoiceRecord {
    return there(this.invoices.get(id), 'Invoice');
  }
}

function there<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw notThere(what);
  return record;
}
