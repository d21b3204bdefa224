import type { HeldDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { DocumentResult } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { invoice, LINE, ok } from './xero-client.ts';

export const PUT = 'PUT /api.xro/2.0/Invoices?summarizeErrors=false&unitdp=4';
export const lookUp = (...numbers: readonly string[]): string =>
  `GET /api.xro/2.0/Invoices?InvoiceNumbers=${numbers.join(',')}&unitdp=4&page=1&pageSize=1000`;
export const invoices = (...rows: readonly object[]): ScriptedAnswer =>
  ok({ Id: 'x', Status: 'OK', Invoices: rows });
export const create = (number: string, changed = {}) =>
  ({ action: 'create', document: invoice(number, changed) }) as const;

export const held: HeldDocument = {
  id: 'id-ZP-1',
  kind: 'sales-invoice',
  number: 'ZP-1',
  status: 'draft',
  contactId: 'c-1',
  date: '2026-11-02',
  dueDate: '2026-11-16',
  currency: 'AUD',
  reference: 'Kitchen, phase 1',
  lines: [
    {
      id: 'line-ZP-1',
      description: 'Design, 2:20 h',
      quantity: '2.3333',
      unitAmount: '150.1234',
      accountCode: '200',
      taxType: 'OUTPUT',
      amount: '350.28',
      taxAmount: '35.03',
      tracking: [{ category: 'Region', option: 'North' }],
    },
  ],
  subTotal: '350.28',
  totalTax: '35.03',
  total: '385.31',
  modifiedAt: 1793617200000,
  hasAttachments: false,
  lineAmounts: 'exclusive',
};

/** Fills a request by itself. */
export const heavy = {
  lines: Array.from({ length: 900 }, () => ({ ...LINE, description: 'x'.repeat(4000) })),
};
export const USED_UP = { status: 429, headers: { 'x-rate-limit-problem': 'day', 'retry-after': '80000' } };

export const short = (results: readonly DocumentResult[]): string[] =>
  results.map((result) =>
    result.outcome === 'written' ? `written ${result.held.id}` : `${result.outcome} ${result.error.code}`,
  );
