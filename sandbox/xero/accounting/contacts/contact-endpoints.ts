import type { Answer } from '../../../simulator.ts';
import type { Contact } from '../../books/contact.ts';
import { isGuid } from '../../books/ids.ts';
import { flag, listOf, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, text, truth } from '../../query/columns.ts';
import { modifiedSince, paged, selected } from '../../query/listing.ts';
import { readInput } from '../../wire/input.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope, listAnswer } from '../envelope.ts';
import { ContactInput } from './contact-input.ts';
import { balancesOf, showContact, showContactReduced } from './contact-json.ts';
import { writeContact } from './contact-writing.ts';

const scopes = ['accounting.contacts'];

/** `/Contacts`: customers and suppliers. */
export const contactEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: '/Contacts', operation: 'contacts.list', scopes, handle: list },
  {
    method: 'PUT',
    path: '/Contacts',
    operation: 'contacts.create',
    scopes,
    handle: (call) =>
      writeElements(
        call,
        writing(call, () => undefined),
      ),
  },
  {
    method: 'POST',
    path: '/Contacts',
    operation: 'contacts.save',
    scopes,
    handle: (call) => writeElements(call, writing(call, matched)),
  },
  {
    method: 'GET',
    path: '/Contacts/:ContactID',
    operation: 'contacts.get',
    scopes,
    handle: (call) => {
      const contact = contactAt(call, param(call, 'ContactID'));
      return envelope(call.books, {
        Contacts: [{ ...showContact(call.books, contact), Balances: balancesOf(call.books, contact) }],
      });
    },
  },
  {
    method: 'POST',
    path: '/Contacts/:ContactID',
    operation: 'contacts.update',
    scopes,
    handle: (call) => {
      const contact = contactAt(call, param(call, 'ContactID'));
      return writeOne(
        call,
        writing(call, () => contact),
      );
    },
  },
];

const COLUMNS: Columns<Contact> = {
  resource: 'Contact',
  byPath: {
    ContactID: guid(({ id }) => id),
    ContactNumber: text((contact) => contact.number),
    AccountNumber: text(({ accountNumber }) => accountNumber),
    ContactStatus: text(({ status }) => status),
    Name: text(({ name }) => name),
    FirstName: text(({ firstName }) => firstName),
    LastName: text(({ lastName }) => lastName),
    EmailAddress: text(({ email }) => email),
    TaxNumber: text(({ taxNumber }) => taxNumber),
    IsCustomer: truth(({ isCustomer }) => isCustomer),
    IsSupplier: truth(({ isSupplier }) => isSupplier),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

/** By id or by number. @throws Refusal 404 */
export function contactAt({ books }: Pick<XeroCall, 'books'>, key: string): Contact {
  const found = isGuid(key) ? books.contacts.get(key) : books.contactByNumber(key);
  if (found === undefined) throw notFound();
  return found;
}

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const ids = listOf(call, 'IDs');
  const withArchived = flag(call, 'includeArchived') || ids !== undefined;
  const term = query.searchTerm?.trim().toLowerCase() ?? '';
  const rows =
    ids === undefined ? [...books.contacts.rows()] : ids.flatMap((id) => books.contacts.get(id) ?? []);
  const found = rows.filter(
    (contact) => (withArchived || contact.status === 'ACTIVE') && (term === '' || matchesTerm(contact, term)),
  );
  const listing = paged(call, selected(call, modifiedSince(call, found), COLUMNS));
  const isReduced = listing.pagination === undefined || flag(call, 'summaryOnly');
  return listAnswer(books, 'Contacts', listing, (contact) =>
    isReduced
      ? showContactReduced(books, contact)
      : { ...showContact(books, contact), Balances: balancesOf(books, contact) },
  );
}

function matchesTerm(contact: Contact, term: string): boolean {
  const { name, firstName, lastName, number, companyNumber, email } = contact;
  return [name, firstName, lastName, number, companyNumber, email].some((value) =>
    value.toLowerCase().includes(term),
  );
}

/** The contact that a POST means: by id, by number, by name. */
function matched({ books }: XeroCall, { ContactID, ContactNumber, Name }: ContactInput): Contact | undefined {
  if (ContactID !== undefined) {
    const found = books.contacts.get(ContactID);
    if (found === undefined) throw new ElementFault(['The contact with the supplied id was not found.']);
    return found;
  }
  const byNumber =
    ContactNumber === undefined || ContactNumber === '' ? undefined : books.contactByNumber(ContactNumber);
  return byNumber ?? (Name === undefined ? undefined : books.activeContactByName(Name));
}

function writing(call: XeroCall, find: (call: XeroCall, input: ContactInput) => Contact | undefined) {
  return {
    plural: 'Contacts',
    idKey: 'ContactID',
    write: (element: Record<string, unknown>, index: number): object => {
      const input = readInput(ContactInput, element, `Contacts[${index}]`);
      return showContact(call.books, writeContact(call.books, input, find(call, input)));
    },
  };
}
