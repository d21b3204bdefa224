import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { type AdminAction, adminAction } from '../../simulator.ts';
import { deletePayment, pay } from '../accounting/bank/payment-writing.ts';
import { ContactInput } from '../accounting/contacts/contact-input.ts';
import { writeContact } from '../accounting/contacts/contact-writing.ts';
import { InvoiceInput } from '../accounting/invoices/invoice-input.ts';
import { writeInvoice } from '../accounting/invoices/invoice-writing.ts';
import { AccountInput, writeAccount } from '../accounting/settings/account-writing.ts';
import type { Books } from '../books/books.ts';
import type { Contact } from '../books/contact.ts';
import type { Invoice } from '../books/invoice.ts';
import { REGIONS } from '../books/organisation.ts';
import { isCurrency } from '../documents/currency.ts';
import { Settings } from '../limits/settings.ts';
import { SeedOptions, seedXero } from '../seed/seed-xero.ts';
import { WEB_APP } from '../sign-in/auth.ts';
import type { Site } from '../site.ts';
import { WebhookSettings } from '../webhooks/webhooks.ts';
import { mergeContacts } from './merge-contacts.ts';
import { setTimeStatus, setTimesheetStatus } from './work-actions.ts';

const AS_PERSON = { madeBy: null, unitPlaces: 4 } as const;

/** The organisation; default the first. */
const Place = z.strictObject({ tenantId: z.string().optional() });
/** An invoice or bill by its id, or by its number: several bills may have one, the newest is meant. */
const InvoicePlace = Place.extend({ invoice: z.string() });
const ContactPlace = Place.extend({ contact: z.string() });
const LockDates = Place.extend({
  period: z.iso.date().nullable().optional(),
  endOfYear: z.iso.date().nullable().optional(),
});

/** What people and administrators do at Xero's screens, `POST /admin/xero/<name>`. Ids and numbers name records. */
export function personActions(site: Site): Readonly<Record<string, AdminAction>> {
  const at = ({ tenantId }: { tenantId?: string | undefined }): Books => site.organisation(tenantId);
  const toStatus = (status: string): AdminAction =>
    adminAction(InvoicePlace, (input) => {
      const { id } = edited(at(input), input.invoice, { Status: status });
      return { id };
    });
  return {
    authorise: toStatus('AUTHORISED'),
    submit: toStatus('SUBMITTED'),
    void: toStatus('VOIDED'),
    'delete-invoice': toStatus('DELETED'),
    'edit-invoice': adminAction(
      InvoicePlace.extend({ values: z.record(z.string(), z.unknown()) }),
      ({ invoice, values, ...place }) => ({ id: edited(at(place), invoice, values).id }),
    ),
    pay: adminAction(
      InvoicePlace.extend({
        amount: z.number().optional(),
        date: z.iso.date().optional(),
        account: z.string().default('090'),
      }),
      (input) => payInvoice(at(input), input),
    ),
    'delete-payments': adminAction(InvoicePlace, (input) => {
      const books = at(input);
      for (const id of invoiceNamed(books, input.invoice).paymentIds) {
        const payment = books.payments.get(id);
        if (payment !== undefined) deletePayment(books, payment);
      }
    }),
    'rename-contact': adminAction(ContactPlace.extend({ name: z.string() }), ({ contact, name, ...place }) =>
      changeContact(at(place), contact, { Name: name }),
    ),
    'archive-contact': adminAction(ContactPlace, ({ contact, ...place }) =>
      changeContact(at(place), contact, { ContactStatus: 'ARCHIVED' }),
    ),
    'restore-contact': adminAction(ContactPlace, ({ contact, ...place }) =>
      changeContact(at(place), contact, { ContactStatus: 'ACTIVE' }),
    ),
    'merge-contacts': adminAction(
      ContactPlace.extend({ into: z.string() }),
      ({ contact, into, ...place }) => {
        const books = at(place);
        return mergeContacts(books, contactNamed(books, contact), contactNamed(books, into));
      },
    ),
    'archive-account': adminAction(Place.extend({ code: z.string() }), ({ code, ...place }) =>
      changeAccount(at(place), code, { Status: 'ARCHIVED' }),
    ),
    'restore-account': adminAction(Place.extend({ code: z.string() }), ({ code, ...place }) =>
      changeAccount(at(place), code, { Status: 'ACTIVE' }),
    ),
    'account-tax': adminAction(
      Place.extend({ code: z.string(), taxType: z.string() }),
      ({ code, taxType, ...place }) => changeAccount(at(place), code, { TaxType: taxType }),
    ),
    'lock-dates': adminAction(LockDates, ({ period, endOfYear, ...place }) => {
      const books = at(place);
      books.organisation = {
        ...books.organisation,
        ...(period === undefined ? {} : { periodLockDate: period }),
        ...(endOfYear === undefined ? {} : { endOfYearLockDate: endOfYear }),
      };
    }),
    'subscribe-currency': adminAction(Place.extend({ code: z.string() }), ({ code, ...place }) => {
      const books = at(place);
      if (!isCurrency(code)) throw new RangeError(`No such currency: ${code}`);
      if (!books.currencies.includes(code)) books.currencies = [...books.currencies, code];
    }),
    'time-status': adminAction(
      Place.extend({ timeEntries: z.array(z.string()), status: z.enum(['ACTIVE', 'LOCKED', 'INVOICED']) }),
      ({ timeEntries, status, ...place }) => setTimeStatus(at(place), timeEntries, status),
    ),
    'timesheet-status': adminAction(
      Place.extend({ timesheet: z.string(), status: z.enum(['draft', 'approved', 'processed']) }),
      ({ timesheet, status, ...place }) => setTimesheetStatus(at(place), timesheet, status),
    ),
    seed: adminAction(SeedOptions.extend({ tenantId: z.string().optional() }), ({ tenantId, ...options }) =>
      seedXero(site.organisation(tenantId), options),
    ),
    'open-organisation': adminAction(z.strictObject({ region: z.enum(REGIONS) }), ({ region }) => ({
      tenantId: site.openOrganisation(region),
    })),
    disconnect: adminAction(Place, ({ tenantId = site.organisation().organisation.id }) => {
      site.connections = site.connections.filter((connection) => connection.tenantId !== tenantId);
    }),
    settings: adminAction(Settings.partial(), (changes) => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      site.settings = Settings.parse({ ...site.settings, ...given });
      return site.settings;
    }),
    webhook: adminAction(WebhookSettings, (settings) => site.webhooks.register(settings)),
    'intent-to-receive': adminAction(z.strictObject({}), () => site.webhooks.checkIntent()),
    // How deliveries stand, once everything due has been sent.
    'webhook-deliveries': adminAction(z.strictObject({}), () => site.webhooks.settle()),
    'use-up-calls': adminAction(
      Place.extend({ day: z.int().min(0).optional(), minute: z.int().min(0).optional() }),
      ({ tenantId, ...left }) =>
        site.limits.leave(site.organisation(tenantId).organisation.id, WEB_APP.clientId, left),
    ),
  };
}

function invoiceNamed(books: Books, name: string): Invoice {
  const found =
    books.invoices.get(name) ??
    books.salesInvoiceByNumber(name) ??
    [...books.invoices.rows()].findLast(({ number }) => number === name);
  if (found === undefined) throw new RangeError(`No such invoice: ${name}`);
  return found;
}

function edited(books: Books, name: string, values: Record<string, unknown>): Invoice {
  return books.journal.attempt(() =>
    writeInvoice(books, InvoiceInput.parse(values), invoiceNamed(books, name), AS_PERSON),
  );
}

function payInvoice(
  books: Books,
  {
    invoice: name,
    amount,
    date,
    account,
  }: { invoice: string; amount?: number | undefined; date?: string | undefined; account: string },
): object {
  const invoice = invoiceNamed(books, name);
  const due = new Decimal(invoice.total).minus(invoice.amountPaid);
  const payment = books.journal.attempt(() =>
    pay(books, {
      Invoice: { InvoiceID: invoice.id, InvoiceNumber: undefined },
      InvoiceNumber: undefined,
      Account: { Code: account, AccountID: undefined },
      Date: date,
      Amount: amount === undefined ? due : new Decimal(amount),
      CurrencyRate: undefined,
      Reference: undefined,
      IsReconciled: undefined,
    }),
  );
  return { id: payment.id, status: books.invoices.get(invoice.id)?.status };
}

function changeContact(books: Books, name: string, values: Record<string, unknown>): object {
  return { id: writeContact(books, ContactInput.parse(values), contactNamed(books, name)).id };
}

function contactNamed(books: Books, name: string): Contact {
  const contact =
    books.contacts.get(name) ??
    books.contactByNumber(name) ??
    books.activeContactByName(name) ??
    archivedNamed(books, name);
  if (contact === undefined) throw new RangeError(`No such contact: ${name}`);
  return contact;
}

function archivedNamed(books: Books, name: string): Contact | undefined {
  return [...books.contacts.rows()].find((contact) => contact.name === name);
}

function changeAccount(books: Books, code: string, values: Record<string, unknown>): object {
  const account = books.accountByCode(code) ?? books.accounts.get(code);
  if (account === undefined) throw new RangeError(`No such account: ${code}`);
  return { id: writeAccount(books, AccountInput.parse(values), account).id };
}
