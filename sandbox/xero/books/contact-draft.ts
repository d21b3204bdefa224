import type { Books } from './books.ts';
import type { Contact } from './contact.ts';

/** A contact of whom only the name is known. */
export function newContact(books: Books, name: string, number = ''): Contact {
  return {
    id: books.ids.next(),
    number,
    accountNumber: '',
    status: 'ACTIVE',
    name,
    firstName: '',
    lastName: '',
    companyNumber: '',
    email: '',
    taxNumber: '',
    bankAccountDetails: '',
    salesTaxType: '',
    purchasesTaxType: '',
    salesAccountCode: '',
    purchasesAccountCode: '',
    defaultCurrency: '',
    addresses: [],
    phones: [],
    persons: [],
    isSupplier: false,
    isCustomer: false,
    updatedMs: books.now(),
  };
}
