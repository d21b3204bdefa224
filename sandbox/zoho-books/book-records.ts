import { z } from 'zod';

/** An amount or a rate as decimal text, `-12.5` or `1234.5678`; no amount in the books is a JavaScript number. */
export const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);
/** `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** A customer or a vendor. */
export const ContactRecord = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['customer', 'vendor']),
  email: z.string(),
  currency: z.string(),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type ContactRecord = z.infer<typeof ContactRecord>;

/** The books' own project: its id is not that of Zoho Projects. */
export const BookProjectRecord = z.object({
  id: z.string(),
  name: z.string(),
  customerId: z.string(),
  rate: Amount,
  createdMs: z.number(),
});
export type BookProjectRecord = z.infer<typeof BookProjectRecord>;

export const TaxRecord = z.object({ id: z.string(), name: z.string(), percentage: Amount });
export type TaxRecord = z.infer<typeof TaxRecord>;

export const ACCOUNT_TYPES = [
  'expense',
  'cost_of_goods_sold',
  'income',
  'bank',
  'credit_card',
  'cash',
] as const;
export const AccountRecord = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string(),
  type: z.enum(ACCOUNT_TYPES),
  isActive: z.boolean(),
});
export type AccountRecord = z.infer<typeof AccountRecord>;

export const ExpenseLine = z.object({
  id: z.string(),
  accountId: z.string(),
  description: z.string(),
  /** As entered: with tax where the expense is inclusive. */
  amount: Amount,
  taxId: z.string().nullable(),
});
export type ExpenseLine = z.infer<typeof ExpenseLine>;

export const ReceiptRecord = z.object({
  fileName: z.string(),
  contentType: z.string(),
  base64: z.base64(),
});
export type ReceiptRecord = z.infer<typeof ReceiptRecord>;

export const ExpenseRecord = z.object({
  id: z.string(),
  date: Day,
  lines: z.array(ExpenseLine).min(1),
  isInclusive: z.boolean(),
  description: z.string(),
  reference: z.string(),
  currency: z.string(),
  isBillable: z.boolean(),
  isReimbursed: z.boolean(),
  customerId: z.string().nullable(),
  vendorId: z.string().nullable(),
  projectId: z.string().nullable(),
  paidThroughId: z.string().nullable(),
  invoiceId: z.string().nullable(),
  receipt: ReceiptRecord.nullable(),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type ExpenseRecord = z.infer<typeof ExpenseRecord>;

export const InvoiceLine = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  rate: Amount,
  quantity: Amount,
  accountId: z.string(),
  taxId: z.string().nullable(),
  /** The billable expense that it charges. */
  expenseId: z.string().nullable(),
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

export const INVOICE_STATUSES = ['draft', 'sent', 'overdue', 'paid', 'void'] as const;
export const InvoiceRecord = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(INVOICE_STATUSES),
  date: Day,
  dueDate: Day,
  customerId: z.string(),
  projectId: z.string().nullable(),
  currency: z.string(),
  isInclusive: z.boolean(),
  reference: z.string(),
  notes: z.string(),
  lines: z.array(InvoiceLine).min(1),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type InvoiceRecord = z.infer<typeof InvoiceRecord>;
