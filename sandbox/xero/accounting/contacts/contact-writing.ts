import type { Books } from '../../books/books.ts';
import { type Contact, PHONE_TYPES } from '../../books/contact.ts';
import { newContact } from '../../books/contact-draft.ts';
import { ElementFault } from '../../wire/refusal.ts';
import type { ContactInput } from './contact-input.ts';

/** Longest texts, in characters. */
const LONGEST = {
  Name: 255,
  FirstName: 255,
  LastName: 255,
  EmailAddress: 255,
  ContactNumber: 50,
  AccountNumber: 50,
  CompanyNumber: 50,
  TaxNumber: 50,
} as const;
const MOST_PERSONS = 5;

/** Writes a contact, new or changed. @throws ElementFault */
export function writeContact(books: Books, input: ContactInput, previous: Contact | undefined): Contact {
  const faults: string[] = [];
  const name = (input.Name ?? previous?.name ?? '').trim();
  const status = statusOf(input, previous, faults);
  checkTexts(input, name, faults);
  checkUnique(books, name, input.ContactNumber, status, previous, faults);
  checkDefaults(books, input, faults);
  if (faults.length > 0) throw new ElementFault(faults);
  const base = previous ?? newContact(books, name);
  const contact = books.contacts.put({
    ...base,
    name,
    status,
    number: input.ContactNumber ?? base.number,
    accountNumber: input.AccountNumber ?? base.accountNumber,
    firstName: input.FirstName ?? base.firstName,
    lastName: input.LastName ?? base.lastName,
    companyNumber: input.CompanyNumber ?? base.companyNumber,
    email: input.EmailAddress ?? base.email,
    taxNumber: input.TaxNumber ?? base.taxNumber,
    bankAccountDetails: input.BankAccountDetails ?? base.bankAccountDetails,
    salesTaxType: input.AccountsReceivableTaxType ?? base.salesTaxType,
    purchasesTaxType: input.AccountsPayableTaxType ?? base.purchasesTaxType,
    salesAccountCode: input.SalesDefaultAccountCode ?? base.salesAccountCode,
    purchasesAccountCode: input.PurchasesDefaultAccountCode ?? base.purchasesAccountCode,
    defaultCurrency: input.DefaultCurrency ?? base.defaultCurrency,
    addresses: addressesOf(input, base),
    phones: phonesOf(input, base),
    // The persons that a request leaves out are gone.
    persons:
      input.ContactPersons?.map((person) => ({
        firstName: person.FirstName ?? '',
        lastName: person.LastName ?? '',
        email: person.EmailAddress ?? '',
        includeInEmails: person.IncludeInEmails ?? false,
      })) ?? base.persons,
    updatedMs: books.now(),
  });
  books.record(contact.id, previous === undefined ? 'Created' : 'Edited', contact.name);
  return contact;
}

function statusOf(
  { ContactStatus }: ContactInput,
  previous: Contact | undefined,
  faults: string[],
): Contact['status'] {
  const status = ContactStatus?.toUpperCase() ?? previous?.status ?? 'ACTIVE';
  if (status === 'ACTIVE' || status === 'ARCHIVED') return status;
  faults.push(`The ContactStatus '${status}' is not valid.`);
  return 'ACTIVE';
}

function checkTexts(input: ContactInput, name: string, faults: string[]): void {
  if (name === '') faults.push('The Contact Name must be specified.');
  if (/[<>]/.test(name)) faults.push('The contact name cannot contain the characters < or >.');
  for (const [field, most] of Object.entries(LONGEST)) {
    const value = Object.entries(input).find(([key]) => key === field)?.[1];
    if (typeof value === 'string' && value.length > most) {
      faults.push(`The ${field} field must be no longer than ${most} characters.`);
    }
  }
  if ((input.ContactPersons?.length ?? 0) > MOST_PERSONS)
    faults.push(`A contact can have at most ${MOST_PERSONS} contact persons.`);
  const email = input.EmailAddress;
  if (email !== undefined && email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    faults.push('Email address must be valid.');
  }
}

function checkUnique(
  books: Books,
  name: string,
  number: string | undefined,
  status: Contact['status'],
  previous: Contact | undefined,
  faults: string[],
): void {
  const holder = books.activeContactByName(name);
  if (status === 'ACTIVE' && holder !== undefined && holder.id !== previous?.id) {
    faults.push(
      `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
    );
  }
  if (number === undefined || number === '') return;
  const other = books.contactByNumber(number);
  if (other !== undefined && other.id !== previous?.id) {
    faults.push(
      `The contact number ${number} is already assigned to another contact. The contact number must be unique.`,
    );
  }
}

function checkDefaults(books: Books, input: ContactInput, faults: string[]): void {
  for (const type of [input.AccountsReceivableTaxType, input.AccountsPayableTaxType]) {
    if (type !== undefined && type !== '' && books.taxRates.get(type) === undefined) {
      faults.push(`The TaxType code ${type} does not exist or cannot be used for this type of transaction`);
    }
  }
  const { DefaultCurrency: currency } = input;
  if (currency !== undefined && currency !== '' && !books.currencies.includes(currency)) {
    faults.push(`Organisation is not subscribed to currency ${currency}`);
  }
}

function addressesOf({ Addresses }: ContactInput, { addresses }: Contact): Contact['addresses'] {
  if (Addresses === undefined) return addresses;
  const given = Addresses.map((address): Contact['addresses'][number] => ({
    type: address.AddressType?.toUpperCase() === 'STREET' ? 'STREET' : 'POBOX',
    line1: address.AddressLine1 ?? '',
    line2: address.AddressLine2 ?? '',
    line3: address.AddressLine3 ?? '',
    line4: address.AddressLine4 ?? '',
    city: address.City ?? '',
    region: address.Region ?? '',
    postalCode: address.PostalCode ?? '',
    country: address.Country ?? '',
    attentionTo: address.AttentionTo ?? '',
  }));
  return [...addresses.filter(({ type }) => !given.some((address) => address.type === type)), ...given];
}

function phonesOf({ Phones }: ContactInput, { phones }: Contact): Contact['phones'] {
  if (Phones === undefined) return phones;
  const given = Phones.map((phone): Contact['phones'][number] => ({
    type: PHONE_TYPES.find((type) => type === phone.PhoneType?.toUpperCase()) ?? 'DEFAULT',
    number: phone.PhoneNumber ?? '',
    areaCode: phone.PhoneAreaCode ?? '',
    countryCode: phone.PhoneCountryCode ?? '',
  }));
  return [...phones.filter(({ type }) => !given.some((phone) => phone.type === type)), ...given];
}
