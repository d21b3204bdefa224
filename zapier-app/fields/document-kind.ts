import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const invoiceKind = z.enum(['sales-invoice', 'bill']).default('sales-invoice');

export const INVOICE_KIND_FIELD = {
  key: 'kind',
  label: 'Kind of Invoice',
  type: 'string',
  required: true,
  default: 'sales-invoice',
  choices: { 'sales-invoice': 'Invoice to a Customer', bill: 'Bill from a Supplier' },
  helpText: 'Invoices that you send, or bills that you receive.',
} as const satisfies PlainInputField;

export const documentKind = z.enum([...invoiceKind.unwrap().options, 'spend-money']).default('sales-invoice');

export const DOCUMENT_KIND_FIELD = {
  ...INVOICE_KIND_FIELD,
  choices: { ...INVOICE_KIND_FIELD.choices, 'spend-money': 'Spend Money Transaction' },
  helpText: 'Invoices that you send, bills that you receive, or money that you spend without a bill.',
} as const satisfies PlainInputField;
