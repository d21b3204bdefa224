import type { World } from '../../world.ts';
import type { Account } from './account.ts';
import type { Attachment } from './attachment.ts';
import type { BankTransaction } from './bank-transaction.ts';
import { type Contact, nameKey } from './contact.ts';
import type { EarningsRate } from './earnings-rate.ts';
import type { Employee } from './employee.ts';
import type { HistoryRecord } from './history-record.ts';
import { Ids } from './ids.ts';
import type { Invoice } from './invoice.ts';
import type { Item } from './item.ts';
import type { LinkedTransaction } from './linked-transaction.ts';
import type { Organisation } from './organisation.ts';
import type { PayCalendar } from './pay-calendar.ts';
import type { Payment } from './payment.ts';
import type { Project, ProjectTask, TimeEntry } from './project.ts';
import { Journal, Table } from './table.ts';
import type { TaxRate } from './tax-rate.ts';
import type { Timesheet } from './timesheet.ts';
import type { TrackingCategory } from './tracking-category.ts';
import type { User } from './user.ts';

/** Everything one organisation keeps in Xero. */
export class Books {
  readonly world: World;
  readonly ids: Ids;
  /** Ids of answers: a sequence of their own, so that reading changes no record's id. */
  readonly answers: Ids;
  readonly journal = new Journal();
  organisation: Organisation;
  /** Codes of the currencies the organisation has subscribed to; the base currency first. */
  currencies: readonly string[];
  /** The tracking category that payroll timesheets use. */
  timesheetCategoryId: string | undefined;
  /** Number of the next sales invoice that comes without one. */
  nextInvoiceNumber = 1;

  readonly accounts = new Table<Account>(this.journal);
  readonly taxRates = new Table<TaxRate>(this.journal);
  readonly trackingCategories = new Table<TrackingCategory>(this.journal);
  readonly users = new Table<User>(this.journal);
  readonly items = new Table<Item>(this.journal);
  readonly contacts = new Table<Contact>(this.journal);
  readonly invoices = new Table<Invoice>(this.journal);
  readonly payments = new Table<Payment>(this.journal);
  readonly bankTransactions = new Table<BankTransaction>(this.journal);
  readonly linkedTransactions = new Table<LinkedTransaction>(this.journal);
  readonly attachments = new Table<Attachment>(this.journal);
  readonly history = new Table<HistoryRecord>(this.journal);
  readonly projects = new Table<Project>(this.journal);
  readonly tasks = new Table<ProjectTask>(this.journal);
  readonly timeEntries = new Table<TimeEntry>(this.journal);
  readonly payCalendars = new Table<PayCalendar>(this.journal);
  readonly earningsRates = new Table<EarningsRate>(this.journal);
  readonly employees = new Table<Employee>(this.journal);
  readonly timesheets = new Table<Timesheet>(this.journal);

  readonly accountsByCode = this.accounts.indexed(({ code }) =>
    code === '' ? undefined : code.toLowerCase(),
  );
  readonly itemsByCode = this.items.indexed(({ code }) => code.toLowerCase());
  readonly contactsByName = this.contacts.indexed(({ name }) => nameKey(name));
  readonly contactsByNumber = this.contacts.indexed(({ number }) =>
    number === '' ? undefined : number.toLowerCase(),
  );
  readonly invoicesByNumber = this.invoices.indexed(({ number }) =>
    number === '' ? undefined : number.toLowerCase(),
  );
  readonly invoicesByContact = this.invoices.indexed(({ contactId }) => contactId);
  readonly attachmentsByOwner = this.attachments.indexed(({ ownerId }) => ownerId);
  readonly historyByOwner = this.history.indexed(({ ownerId }) => ownerId);
  readonly linksBySource = this.linkedTransactions.indexed(({ sourceLineId }) => sourceLineId);
  readonly tasksByProject = this.tasks.indexed(({ projectId }) => projectId);
  readonly timeByProject = this.timeEntries.indexed(({ projectId }) => projectId);
  readonly timesheetsByEmployee = this.timesheets.indexed(({ employeeId }) => employeeId);

  constructor(world: World, organisation: Organisation) {
    this.world = world;
    this.ids = new Ids(`${world.seed}:${organisation.id}`);
    this.answers = new Ids(`${world.seed}:${organisation.id}:answer`);
    this.organisation = organisation;
    this.currencies = [organisation.baseCurrency];
  }

  /** All tables by name: those are the collections of the admin API, too. */
  tables() {
    return {
      accounts: this.accounts,
      taxRates: this.taxRates,
      trackingCategories: this.trackingCategories,
      users: this.users,
      items: this.items,
      contacts: this.contacts,
      invoices: this.invoices,
      payments: this.payments,
      bankTransactions: this.bankTransactions,
      linkedTransactions: this.linkedTransactions,
      attachments: this.attachments,
      history: this.history,
      projects: this.projects,
      tasks: this.tasks,
      timeEntries: this.timeEntries,
      payCalendars: this.payCalendars,
      earningsRates: this.earningsRates,
      employees: this.employees,
      timesheets: this.timesheets,
    };
  }

  /** Milliseconds since 1970 on the sandbox's clock. */
  now(): number {
    return this.world.clock.now();
  }

  /** Among those that are not deleted. */
  accountByCode(code: string): Account | undefined {
    for (const account of this.accounts.found(this.accountsByCode, code.toLowerCase())) {
      if (account.status !== 'DELETED') return account;
    }
    return undefined;
  }

  activeContactByName(name: string): Contact | undefined {
    for (const contact of this.contacts.found(this.contactsByName, nameKey(name))) {
      if (contact.status === 'ACTIVE') return contact;
    }
    return undefined;
  }

  contactByNumber(number: string): Contact | undefined {
    for (const contact of this.contacts.found(this.contactsByNumber, number.toLowerCase())) return contact;
    return undefined;
  }

  salesInvoiceByNumber(number: string): Invoice | undefined {
    for (const invoice of this.invoices.found(this.invoicesByNumber, number.toLowerCase())) {
      if (invoice.type === 'ACCREC') return invoice;
    }
    return undefined;
  }

  itemByCode(code: string): Item | undefined {
    for (const item of this.items.found(this.itemsByCode, code.toLowerCase())) return item;
    return undefined;
  }

  /** Notes what has happened to a document. */
  record(ownerId: string, changes: string, details: string, user = 'System Generated'): HistoryRecord {
    return this.history.put({ id: this.ids.next(), ownerId, changes, details, user, atMs: this.now() });
  }
}
