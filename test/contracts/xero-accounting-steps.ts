import type { Step } from './play-steps.ts';

const A = '/api.xro/2.0';

const LINE = {
  Description: 'Work',
  Quantity: 2.3333,
  UnitAmount: 99.9999,
  AccountCode: '200',
  TaxType: 'OUTPUT',
};
const COST = { Description: 'Taxi', Quantity: 1, UnitAmount: 40, AccountCode: '493', TaxType: 'INPUT' };

/** A history that touches each route of the Accounting API. */
export const ACCOUNTING: readonly Step[] = [
  { method: 'GET', path: '/connections' },
  { method: 'GET', path: `${A}/Organisation` },
  { method: 'GET', path: `${A}/Organisation/Actions` },
  { method: 'GET', path: `${A}/Users`, note: ['user', 'Users.0.UserID'] },
  { method: 'GET', path: `${A}/Users/{user}` },
  { method: 'GET', path: `${A}/BrandingThemes`, note: ['theme', 'BrandingThemes.0.BrandingThemeID'] },
  { method: 'GET', path: `${A}/BrandingThemes/{theme}` },
  {
    method: 'GET',
    path: `${A}/Accounts?where=Type%3D%3D%22BANK%22&order=Name`,
    note: ['bank', 'Accounts.0.AccountID'],
  },
  {
    method: 'PUT',
    path: `${A}/Accounts`,
    body: { Code: '204', Name: 'Licences', Type: 'REVENUE', TaxType: 'OUTPUT' },
    note: ['account', 'Accounts.0.AccountID'],
  },
  {
    method: 'PUT',
    path: `${A}/Accounts`,
    body: { Code: '204', Name: 'Sales', Type: 'REVENUE' },
    status: 400,
  },
  { method: 'GET', path: `${A}/Accounts/{account}` },
  { method: 'POST', path: `${A}/Accounts/{account}`, body: { Accounts: [{ Name: 'Licence fees' }] } },
  { method: 'POST', path: `${A}/Accounts/{account}`, body: { Accounts: [{ Status: 'ARCHIVED' }] } },
  { method: 'DELETE', path: `${A}/Accounts/{account}` },
  { method: 'GET', path: `${A}/TaxRates` },
  { method: 'GET', path: `${A}/TaxRates/OUTPUT` },
  {
    method: 'PUT',
    path: `${A}/TaxRates`,
    body: { TaxRates: [{ Name: 'Own', TaxComponents: [{ Name: 'State', Rate: 2.25 }] }] },
  },
  {
    method: 'POST',
    path: `${A}/TaxRates`,
    body: { TaxRates: [{ Name: 'Own', TaxType: 'TAX001', Status: 'DELETED' }] },
  },
  {
    method: 'GET',
    path: `${A}/TrackingCategories?includeArchived=true`,
    note: ['category', 'TrackingCategories.1.TrackingCategoryID'],
  },
  { method: 'PUT', path: `${A}/TrackingCategories`, body: { Name: 'Third' }, status: 400 },
  {
    method: 'PUT',
    path: `${A}/TrackingCategories/{category}/Options`,
    body: { Name: 'Research' },
    note: ['option', 'Options.0.TrackingOptionID'],
  },
  { method: 'POST', path: `${A}/TrackingCategories/{category}/Options/{option}`, body: { Name: 'R & D' } },
  { method: 'DELETE', path: `${A}/TrackingCategories/{category}/Options/{option}` },
  { method: 'POST', path: `${A}/TrackingCategories/{category}`, body: { Name: 'Section' } },
  { method: 'GET', path: `${A}/TrackingCategories/{category}` },
  { method: 'DELETE', path: `${A}/TrackingCategories/{category}` },
  { method: 'PUT', path: `${A}/Currencies`, body: { Code: 'EUR' } },
  { method: 'GET', path: `${A}/Currencies` },
  {
    method: 'PUT',
    path: `${A}/Items?summarizeErrors=false&unitdp=4`,
    body: {
      Items: [{ Code: 'DEV', Name: 'Development', SalesDetails: { UnitPrice: 120.125, AccountCode: '200' } }],
    },
    note: ['item', 'Items.0.ItemID'],
  },
  { method: 'GET', path: `${A}/Items` },
  { method: 'POST', path: `${A}/Items/{item}`, body: { Items: [{ Code: 'DEV', Name: 'Developing' }] } },
  { method: 'GET', path: `${A}/Items/{item}` },
  {
    method: 'PUT',
    path: `${A}/Contacts?summarizeErrors=false`,
    body: {
      Contacts: [
        {
          Name: 'Acme',
          ContactNumber: 'Z-1',
          EmailAddress: 'pay@acme.test',
          Addresses: [{ AddressType: 'POBOX', AddressLine1: '1 Road', City: 'Perth' }],
          Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '555-1212' }],
          ContactPersons: [
            { FirstName: 'Ann', LastName: 'Low', EmailAddress: 'ann@acme.test', IncludeInEmails: true },
          ],
        },
        { Name: 'acme ' },
      ],
    },
    note: ['contact', 'Contacts.0.ContactID'],
  },
  { method: 'PUT', path: `${A}/Contacts`, body: { Contacts: [{ Name: 'Acme' }] }, status: 400 },
  { method: 'POST', path: `${A}/Contacts`, body: { Contacts: [{ ContactNumber: 'Z-1', FirstName: 'Ann' }] } },
  { method: 'POST', path: `${A}/Contacts/{contact}`, body: { Contacts: [{ LastName: 'Low' }] } },
  { method: 'GET', path: `${A}/Contacts?page=1&pageSize=10&includeArchived=true&searchTerm=acme` },
  { method: 'GET', path: `${A}/Contacts` },
  { method: 'GET', path: `${A}/Contacts/{contact}` },
  { method: 'GET', path: `${A}/Contacts/Z-1` },
  { method: 'GET', path: `${A}/Contacts/{contact}/History` },
  {
    method: 'PUT',
    path: `${A}/Invoices?summarizeErrors=false&unitdp=4`,
    body: {
      Invoices: [
        {
          Type: 'ACCREC',
          InvoiceNumber: 'ZP-1',
          Reference: 'Milestone',
          Contact: { ContactID: '{contact}' },
          Date: '2026-11-01',
          DueDate: '2026-12-01',
          LineAmountTypes: 'Exclusive',
          Status: 'AUTHORISED',
          LineItems: [{ ...LINE, Tracking: [{ Name: 'Region', Option: 'North' }], DiscountRate: 10 }],
        },
        { Type: 'ACCREC', InvoiceNumber: 'ZP-1', Contact: { ContactID: '{contact}' }, LineItems: [LINE] },
      ],
    },
    note: ['invoice', 'Invoices.0.InvoiceID'],
  },
  {
    method: 'PUT',
    path: `${A}/Invoices`,
    body: {
      Invoices: [{ Type: 'ACCREC', Status: 'AUTHORISED', LineItems: [{ ...LINE, AccountCode: '999' }] }],
    },
    status: 400,
  },
  { method: 'POST', path: `${A}/Invoices/{invoice}`, body: { Invoices: [{ SentToContact: true }] } },
  {
    method: 'GET',
    path: `${A}/Invoices?page=1&pageSize=50&unitdp=4&Statuses=AUTHORISED,PAID&order=Date%20DESC`,
  },
  { method: 'GET', path: `${A}/Invoices?InvoiceNumbers=ZP-1&createdByMyApp=true` },
  { method: 'GET', path: `${A}/Invoices?IDs={invoice}&ContactIDs={contact}&summaryOnly=true&page=1` },
  { method: 'GET', path: `${A}/Invoices?where=Foo%3D%3D1`, status: 400 },
  { method: 'GET', path: `${A}/Invoices/{invoice}/OnlineInvoice` },
  { method: 'POST', path: `${A}/Invoices/{invoice}/Email`, body: {} },
  {
    method: 'PUT',
    path: `${A}/Invoices/{invoice}/Attachments/ledger.json?IncludeOnline=true`,
    body: { lines: [] },
  },
  { method: 'POST', path: `${A}/Invoices/{invoice}/Attachments/ledger.json`, body: { lines: [1] } },
  { method: 'GET', path: `${A}/Invoices/{invoice}/Attachments` },
  {
    method: 'PUT',
    path: `${A}/Invoices/{invoice}/History`,
    body: { HistoryRecords: [{ Details: 'Billed by Stackbridge' }] },
  },
  { method: 'GET', path: `${A}/Invoices/{invoice}/History` },
  {
    method: 'PUT',
    path: `${A}/Payments?summarizeErrors=false`,
    body: {
      Payments: [
        { Invoice: { InvoiceID: '{invoice}' }, Account: { Code: '090' }, Date: '2026-11-02', Amount: 10 },
      ],
    },
    note: ['payment', 'Payments.0.PaymentID'],
  },
  { method: 'GET', path: `${A}/Payments?page=1` },
  { method: 'GET', path: `${A}/Payments/{payment}` },
  { method: 'GET', path: `${A}/Invoices/{invoice}?unitdp=4` },
  { method: 'POST', path: `${A}/Payments/{payment}`, body: { Status: 'DELETED' } },
  {
    method: 'PUT',
    path: `${A}/BankTransactions?summarizeErrors=false&unitdp=4`,
    body: {
      BankTransactions: [
        {
          Type: 'SPEND',
          Contact: { Name: 'Yellow Cabs' },
          BankAccount: { AccountID: '{bank}' },
          LineAmountTypes: 'Inclusive',
          LineItems: [COST],
        },
      ],
    },
    note: ['spend', 'BankTransactions.0.BankTransactionID'],
  },
  {
    method: 'GET',
    path: `${A}/BankTransactions/{spend}`,
    note: ['cost', 'BankTransactions.0.LineItems.0.LineItemID'],
  },
  { method: 'GET', path: `${A}/BankTransactions?page=1` },
  {
    method: 'POST',
    path: `${A}/BankTransactions/{spend}`,
    body: {
      BankTransactions: [
        { Type: 'SPEND', BankAccount: { AccountID: '{bank}' }, LineItems: [], Reference: 'R-1' },
      ],
    },
  },
  { method: 'PUT', path: `${A}/BankTransactions/{spend}/Attachments/receipt.txt`, body: { receipt: true } },
  {
    method: 'PUT',
    path: `${A}/LinkedTransactions`,
    body: { SourceTransactionID: '{spend}', SourceLineItemID: '{cost}', ContactID: '{contact}' },
    note: ['link', 'LinkedTransactions.0.LinkedTransactionID'],
  },
  {
    method: 'PUT',
    path: `${A}/LinkedTransactions`,
    body: { SourceTransactionID: '{spend}', SourceLineItemID: '{link}' },
    status: 400,
  },
  { method: 'GET', path: `${A}/LinkedTransactions?page=1&Status=APPROVED` },
  { method: 'GET', path: `${A}/LinkedTransactions/{link}` },
  {
    method: 'POST',
    path: `${A}/LinkedTransactions/{link}`,
    body: { LinkedTransactions: [{ ContactID: '{contact}' }] },
  },
  { method: 'DELETE', path: `${A}/LinkedTransactions/{link}`, status: 204 },
  {
    method: 'POST',
    path: `${A}/Invoices`,
    body: { Invoices: [{ Type: 'ACCREC', InvoiceNumber: 'ZP-1', Status: 'VOIDED' }] },
  },
];
