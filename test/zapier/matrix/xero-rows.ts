import { expect } from '@jest/globals';
import { MONTH, many, NOTHING, nothing, ONE_LOOK_UP, ofXero } from './billing-scenes.ts';
import type { Row, Stage } from './row.ts';

/** More than a page (1,000). */
const MANY_IN_XERO = 1_010;

/** What only reads in Xero. */
export const XERO_ROWS: readonly Row[] = [
  {
    ...ofXero,
    method: 'triggers.xero_invoice_updated.operation.perform',
    scene: (stage) => {
      enterInvoices(stage, 1);
      return { inputData: MONTH };
    },
    gives: [expect.objectContaining({ number: 'INV-0' })],
    empty: nothing,
    paging: many((stage) => enterInvoices(stage, MANY_IN_XERO), MANY_IN_XERO),
  },
  {
    ...ofXero,
    method: 'triggers.xero_organisations.operation.perform',
    scene: () => ({}),
    gives: [{ id: expect.any(String), label: 'Demo Company (AU)' }],
    empty: 'a sign-in to Xero is one to an organisation at least',
    paging: 'all organisations come in one answer',
    throttled: 'Xero does not count this call',
    refused: 'whoever is signed in may ask for the organisations',
  },
  {
    ...ofXero,
    method: 'searches.xero_contact.operation.perform',
    scene: ({ sandbox }) => {
      sandbox.xero.desk.create('contacts', { Name: 'Acme' });
      return { inputData: { value: 'Acme' } };
    },
    gives: [expect.objectContaining({ name: 'Acme', active: true })],
    empty: { scene: () => ({ inputData: { value: 'Acme' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
  },
  {
    ...ofXero,
    method: 'searches.xero_invoice.operation.perform',
    scene: (stage) => {
      enterInvoices(stage, 1);
      return { inputData: { number: 'INV-0' } };
    },
    gives: [expect.objectContaining({ number: 'INV-0' })],
    empty: { scene: () => ({ inputData: { number: 'INV-0' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
  },
  {
    ...ofXero,
    method: 'searches.xero_account.operation.perform',
    scene: () => ({ inputData: { account: '200' } }),
    gives: [expect.objectContaining({ code: '200', name: 'Sales' })],
    empty: { scene: () => ({ inputData: { account: 'Nonesuch' } }), expected: NOTHING },
    paging: 'the chart of accounts comes in one answer',
  },
];

function enterInvoices({ sandbox }: Stage, count: number): void {
  const contact = sandbox.xero.desk.create('contacts', { Name: 'Acme' });
  for (let n = 0; n < count; n += 1)
    sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      InvoiceNumber: `INV-${n}`,
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '2', UnitAmount: '100', AccountCode: '200' }],
    });
}
