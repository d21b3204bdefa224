import { Decimal } from 'decimal.js';
import type { Books } from '../../books/books.ts';
import { type Contact, type ContactAddress, type ContactPhone, PHONE_TYPES } from '../../books/contact.ts';
import { today } from '../../documents/today.ts';
import { cents } from '../../wire/money.ts';
import { msStamp } from '../../wire/wire-time.ts';

/** A contact with all it has. */
export function showContact(books: Books, contact: Contact): object {
  return {
    ContactID: contact.id,
    ...(contact.number === '' ? {} : { ContactNumber: contact.number }),
    ...(contact.accountNumber === '' ? {} : { AccountNumber: contact.accountNumber }),
    ContactStatus: contact.status,
    Name: contact.name,
    ...(contact.mergedIntoId === undefined ? {} : { MergedToContactID: contact.mergedIntoId }),
    ...(contact.firstName === '' ? {} : { FirstName: contact.firstName }),
    ...(contact.lastName === '' ? {} : { LastName: contact.lastName }),
    ...(contact.companyNumber === '' ? {} : { CompanyNumber: contact.companyNumber }),
    EmailAddress: contact.email,
    BankAccountDetails: contact.bankAccountDetails,
    ...(contact.taxNumber === '' ? {} : { TaxNumber: contact.taxNumber }),
    ...(contact.salesTaxType === '' ? {} : { AccountsReceivableTaxType: contact.salesTaxType }),
    ...(contact.purchasesTaxType === '' ? {} : { AccountsPayableTaxType: contact.purchasesTaxType }),
    Addresses: (['STREET', 'POBOX'] as const).map((type) => showAddress(type, contact.addresses)),
    Phones: PHONE_TYPES.map((type) => showPhone(type, contact.phones)),
    UpdatedDateUTC: msStamp(contact.updatedMs),
    ContactGroups: [],
    IsSupplier: contact.isSupplier,
    IsCustomer: contact.isCustomer,
    ...(contact.defaultCurrency === '' ? {} : { DefaultCurrency: contact.defaultCurrency }),
    ...(contact.salesAccountCode === '' ? {} : { SalesDefaultAccountCode: contact.salesAccountCode }),
    ...(contact.purchasesAccountCode === ''
      ? {}
      : { PurchasesDefaultAccountCode: contact.purchasesAccountCode }),
    SalesTrackingCategories: [],
    PurchasesTrackingCategories: [],
    ContactPersons: contact.persons.map((person) => ({
      FirstName: person.firstName,
      LastName: person.lastName,
      EmailAddress: person.email,
      IncludeInEmails: person.includeInEmails,
    })),
    HasAttachments: !books.attachments.found(books.attachmentsByOwner, contact.id)[Symbol.iterator]().next()
      .done,
    HasValidationErrors: false,
  };
}

/** A contact within a list of documents. */
export function showContactBriefly({ id, name }: Contact): object {
  return {
    ContactID: id,
    Name: name,
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

/** A contact in an unpaged list: no addresses, phones or persons, nor what it was merged into. */
export function showContactReduced(books: Books, { mergedIntoId: _, ...contact }: Contact): object {
  return { ...showContact(books, contact), Addresses: [], Phones: [], ContactPersons: [] };
}

/** What the contact owes and is owed. */
export function balancesOf(books: Books, contact: Contact): object {
  const todayDate = today(books);
  const side = (type: 'ACCREC' | 'ACCPAY'): object => {
    let outstanding = new Decimal(0);
    let overdue = new Decimal(0);
    for (const invoice of books.invoices.found(books.invoicesByContact, contact.id)) {
      if (invoice.type !== type || invoice.status !== 'AUTHORISED') continue;
      const due = new Decimal(invoice.total).minus(invoice.amountPaid);
      outstanding = outstanding.plus(due);
      if (invoice.dueDate !== undefined && invoice.dueDate < todayDate) overdue = overdue.plus(due);
    }
    return { Outstanding: cents(outstanding), Overdue: cents(overdue) };
  };
  return { AccountsReceivable: side('ACCREC'), AccountsPayable: side('ACCPAY') };
}

function showAddress(type: ContactAddress['type'], addresses: readonly ContactAddress[]): object {
  const address = addresses.find((one) => one.type === type);
  return {
    AddressType: type,
    ...(address === undefined
      ? {}
      : {
          AddressLine1: address.line1,
          AddressLine2: address.line2,
          AddressLine3: address.line3,
          AddressLine4: address.line4,
        }),
    City: address?.city ?? '',
    Region: address?.region ?? '',
    PostalCode: address?.postalCode ?? '',
    Country: address?.country ?? '',
    ...(address === undefined || address.attentionTo === '' ? {} : { AttentionTo: address.attentionTo }),
  };
}

function showPhone(type: ContactPhone['type'], phones: readonly ContactPhone[]): object {
  const phone = phones.find((one) => one.type === type);
  return {
    PhoneType: type,
    PhoneNumber: phone?.number ?? '',
    PhoneAreaCode: phone?.areaCode ?? '',
    PhoneCountryCode: phone?.countryCode ?? '',
  };
}
