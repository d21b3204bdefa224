import { z } from 'zod';
import { ACCOUNT_TYPES, Amount, Day, INVOICE_STATUSES } from './book-records.ts';

export const NewContact = z.strictObject({
  contact_name: z.string().min(1),
  contact_type: z.enum(['customer', 'vendor']).default('customer'),
  email: z.string().default(''),
  currency_code: z.string().length(3).optional(),
});
export const ContactChange = z.strictObject({
  contact_name: z.string().min(1).optional(),
  email: z.string().optional(),
});

export const NewProject = z.strictObject({
  project_name: z.string().min(1),
  customer_id: z.string(),
  rate: Amount.default('0'),
});
export const ProjectChange = z.strictObject({
  project_name: z.string().min(1).optional(),
  customer_id: z.string().optional(),
  rate: Amount.optional(),
});

export const NewTax = z.strictObject({ tax_name: z.string().min(1), tax_percentage: Amount });
export const TaxChange = NewTax.partial();

export const NewAccount = z.strictObject({
  account_name: z.string().min(1),
  account_code: z.string().default(''),
  account_type: z.enum(ACCOUNT_TYPES).default('expense'),
});
export const AccountChange = z.strictObject({
  account_name: z.string().min(1).optional(),
  account_code: z.string().optional(),
  is_active: z.boolean().optional(),
});

const InvoiceLineValues = z.strictObject({
  name: z.string().default(''),
  description: z.string().default(''),
  rate: Amount,
  quantity: Amount.default('1'),
  account_id: z.string(),
  tax_id: z.string().optional(),
  /** The expense that it bills: it becomes invoiced. */
  expense_id: z.string().optional(),
});
export const NewInvoice = z.strictObject({
  /** Default: the next of the series. */
  invoice_number: z.string().min(1).optional(),
  status: z.enum(INVOICE_STATUSES).default('draft'),
  date: Day,
  due_date: Day.optional(),
  customer_id: z.string(),
  project_id: z.string().optional(),
  currency_code: z.string().length(3).optional(),
  is_inclusive_tax: z.boolean().default(false),
  reference_number: z.string().default(''),
  notes: z.string().default(''),
  line_items: z.array(InvoiceLineValues).min(1),
});
export const InvoiceChange = z.strictObject({
  status: z.enum(INVOICE_STATUSES).optional(),
  date: Day.optional(),
  due_date: Day.optional(),
  reference_number: z.string().optional(),
  notes: z.string().optional(),
  line_items: z.array(InvoiceLineValues).min(1).optional(),
});
