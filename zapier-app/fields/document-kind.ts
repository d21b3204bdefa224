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
