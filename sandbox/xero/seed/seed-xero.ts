import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { COMPANIES } from '../../people/companies.ts';
import { Dice } from '../../people/dice.ts';
import { ContactInput } from '../accounting/contacts/contact-input.ts';
import { writeContact } from '../accounting/contacts/contact-writing.ts';
import { InvoiceInput } from '../accounting/invoices/invoice-input.ts';
import { writeInvoice } from '../accounting/invoices/invoice-writing.ts';
import type { Books } from '../books/books.ts';
import { addEmployee } from '../desk/employee-values.ts';
import { addDays, dateOf } from '../wire/wire-time.ts';

/** How much to seed. */
export const SeedOptions = z.strictObject({
  /** Same seed, same records. Default 1. */
  seed: z.int().optional(),
  /** Customers and suppliers. Default 12; the first thirty are the firms of the other simulated systems. */
  contacts: z.int().min(0).optional(),
  /** Sales invoices that people made in the last months. Default 20. */
  invoices: z.int().min(0).optional(),
  /** Lines of each. Default 3. */
  lines: z.int().min(1).max(100).optional(),
  /** Where the organisation has payroll. Default 3. */
  employees: z.int().min(0).optional(),
});
export type SeedOptions = z.infer<typeof SeedOptions>;

/** Ids of what was seeded, in the order of seeding. */
export interface XeroSeedManifest {
  seed: number;
  contacts: string[];
  invoices: string[];
  employees: string[];
}

const SERVICES = [
  ['203', 'Workshop and requirements'],
  ['203', 'Design review'],
  ['200', 'Development, sprint work'],
  ['200', 'Support, monthly'],
  ['206', 'Travel on your behalf'],
] as const;

const EMPLOYEES = [
  ['Mira', 'Okafor'],
  ['Jonas', 'Lindqvist'],
  ['Tess', 'Nakamura'],
  ['Ravi', 'Menon'],
  ['Elena', 'Petrova'],
] as const;

/** Fills an organisation with a small agency's books. Adds to what is there. */
export function seedXero(books: Books, options: SeedOptions = {}): XeroSeedManifest {
  const { seed = 1, contacts = 12, invoices = 20, lines = 3, employees = 3 } = options;
  const dice = new Dice(seed * 2 + 7);
  const contactIds = Array.from({ length: contacts }, (_, index) => seedContact(books, index));
  return {
    seed,
    contacts: contactIds,
    invoices:
      contactIds.length === 0
        ? []
        : Array.from({ length: invoices }, () => seedInvoice(books, dice, contactIds, lines)),
    employees:
      books.payCalendars.size === 0
        ? []
        : Array.from({ length: employees }, (_, index) => seedEmployee(books, index)),
  };
}

function seedContact(books: Books, index: number): string {
  const company = COMPANIES[index % COMPANIES.length];
  const round = Math.floor(index / COMPANIES.length);
  const name = `${company?.name ?? 'Customer'}${round === 0 ? '' : ` ${round + 1}`}`;
  const known = books.activeContactByName(name);
  if (known !== undefined) return known.id;
  return writeContact(
    books,
    ContactInput.parse({
      Name: name,
      EmailAddress: `accounts${round === 0 ? '' : round + 1}@${company?.domain ?? 'customer.test'}`,
      Addresses: [{ AddressType: 'POBOX', AddressLine1: `${index + 1} Harbour Street`, City: 'Island Bay' }],
    }),
    undefined,
  ).id;
}

function seedInvoice(books: Books, dice: Dice, contacts: readonly string[], lines: number): string {
  const date = addDays(dateOf(books.now()), -dice.whole(120));
  const status = dice.pick(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'AUTHORISED', 'AUTHORISED']);
  return writeInvoice(
    books,
    InvoiceInput.parse({
      Type: 'ACCREC',
      Contact: { ContactID: dice.pick(contacts) },
      Date: date,
      DueDate: addDays(date, 14),
      Status: status,
      LineAmountTypes: 'Exclusive',
      Reference: `Seeded ${dice.digits(4)}`,
      LineItems: Array.from({ length: lines }, () => {
        const [AccountCode, Description] = dice.pick(SERVICES);
        const Quantity = new Decimal(dice.whole(160) + 1).dividedBy(8).toString();
        const UnitAmount = new Decimal(dice.whole(20_000) + 5000).dividedBy(100).toString();
        return { AccountCode, Description, Quantity, UnitAmount };
      }),
    }),
    undefined,
    { madeBy: null, unitPlaces: 4 },
  ).id;
}

function seedEmployee(books: Books, index: number): string {
  const [firstName, lastName] = EMPLOYEES[index % EMPLOYEES.length] ?? ['Sam', 'Worker'];
  const round = Math.floor(index / EMPLOYEES.length);
  return addEmployee(books, { firstName, lastName: round === 0 ? lastName : `${lastName} ${round + 1}` }).id;
}
