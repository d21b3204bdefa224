import { param, type XeroEndpoint } from '../endpoint.ts';
import type { XeroApi } from '../serve-api.ts';
import { bankTransactionAt, bankTransactionEndpoints } from './bank/bank-transaction-endpoints.ts';
import { paymentEndpoints } from './bank/payment-endpoints.ts';
import { contactAt, contactEndpoints } from './contacts/contact-endpoints.ts';
import { attachmentEndpoints, type Owners } from './extras/attachment-endpoints.ts';
import { historyEndpoints } from './extras/history-endpoints.ts';
import { linkedTransactionEndpoints } from './extras/linked-transaction-endpoints.ts';
import { invoiceEndpoints, invoiceOwner } from './invoices/invoice-endpoints.ts';
import { accountAt, accountEndpoints } from './settings/account-endpoints.ts';
import { currencyEndpoints } from './settings/currency-endpoints.ts';
import { itemEndpoints } from './settings/item-endpoints.ts';
import { organisationEndpoints } from './settings/organisation-endpoints.ts';
import { taxRateEndpoints } from './settings/tax-rate-endpoints.ts';
import { trackingEndpoints } from './settings/tracking-endpoints.ts';
import { userEndpoints } from './settings/user-endpoints.ts';

const INVOICES: Owners = { plural: 'Invoices', operation: 'invoices', find: invoiceOwner, hasOnline: true };
const BANK_TRANSACTIONS: Owners = {
  plural: 'BankTransactions',
  operation: 'bank-transactions',
  find: (call) => bankTransactionAt(call, param(call, 'ownerId')),
};
const CONTACTS: Owners = {
  plural: 'Contacts',
  operation: 'contacts',
  find: (call) => contactAt(call, param(call, 'ownerId')),
};
const ACCOUNTS: Owners = {
  plural: 'Accounts',
  operation: 'accounts',
  find: (call) => accountAt(call, param(call, 'ownerId')),
};

const endpoints: readonly XeroEndpoint[] = [
  ...organisationEndpoints,
  ...accountEndpoints,
  ...taxRateEndpoints,
  ...trackingEndpoints,
  ...currencyEndpoints,
  ...userEndpoints,
  ...itemEndpoints,
  ...contactEndpoints,
  ...invoiceEndpoints,
  ...bankTransactionEndpoints,
  ...paymentEndpoints,
  ...linkedTransactionEndpoints,
  ...[INVOICES, BANK_TRANSACTIONS, CONTACTS, ACCOUNTS].flatMap(attachmentEndpoints),
  ...historyEndpoints(INVOICES, ['accounting.invoices']),
  ...historyEndpoints(BANK_TRANSACTIONS, ['accounting.banktransactions']),
  ...historyEndpoints(CONTACTS, ['accounting.contacts']),
];

/** The Accounting API. */
export const accountingApi: XeroApi = { prefix: '/api.xro/2.0', endpoints, speaksXml: true };
