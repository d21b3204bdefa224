import { z } from 'zod';
import { decimal, plainText, toCents } from '../../model/billing/decimal.ts';
import type {
  DocumentKind,
  DocumentStatus,
  HeldDocument,
  HeldLine,
  LineAmounts,
} from '../../model/billing/document.ts';
import type { DecimalText } from '../../model/billing/money.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { splitReference } from './spend-reference.ts';
import { parseXeroDate, parseXeroInstant } from './wire-time.ts';

/** Numbers arrive as their text (http/exact-json.ts). */
const amount = z.string().nullish();
const text = z.string().nullish();

const Line = z.object({
  LineItemID: text,
  Description: text,
  Quantity: amount,
  UnitAmount: amount,
  AccountCode: text,
  TaxType: text,
  TaxAmount: amount,
  LineAmount: amount,
  Tracking: z.array(z.object({ Name: text, Option: text })).nullish(),
});

const STATUSES: Readonly<Record<string, DocumentStatus>> = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  AUTHORISED: 'authorised',
  PAID: 'paid',
  VOIDED: 'voided',
  DELETED: 'deleted',
};

const LINE_AMOUNTS: Readonly<Record<string, LineAmounts>> = {
  Exclusive: 'exclusive',
  Inclusive: 'inclusive',
  NoTax: 'no-tax',
};

/** One document of a listing or of a write's answer, in the part that both kinds share. */
export const DocumentRow = z.object({
  InvoiceID: text,
  BankTransactionID: text,
  Type: z.string(),
  InvoiceNumber: text,
  Reference: text,
  Status: z.string(),
  Contact: z.object({ ContactID: z.string() }),
  Date: text,
  DateString: text,
  DueDate: text,
  DueDateString: text,
  CurrencyCode: text,
  LineAmountTypes: text,
  LineItems: z.array(Line).nullish(),
  SubTotal: amount,
  TotalTax: amount,
  Total: amount,
  UpdatedDateUTC: text,
  HasAttachments: z.boolean().nullish(),
});
export type DocumentRow = z.infer<typeof DocumentRow>;

export function idOfRow(kind: DocumentKind, row: DocumentRow): string {
  return row[DOCUMENT_HOMES[kind].id] ?? '';
}

/** Undefined for a row of another type, or in a status that no document of that kind has. */
export function heldDocument(kind: DocumentKind, row: DocumentRow): HeldDocument | undefined {
  const status = STATUSES[row.Status];
  if (row.Type !== DOCUMENT_HOMES[kind].type || status === undefined) return undefined;
  const dueDate = dateOf(row.DueDateString, row.DueDate);
  const lineAmounts = LINE_AMOUNTS[row.LineAmountTypes ?? ''];
  return {
    id: idOfRow(kind, row),
    kind,
    ...namesOf(kind, row),
    status,
    contactId: row.Contact.ContactID,
    date: dateOf(row.DateString, row.Date) ?? '',
    ...(dueDate === undefined ? {} : { dueDate }),
    currency: row.CurrencyCode ?? '',
    ...(lineAmounts === undefined ? {} : { lineAmounts }),
    lines: (row.LineItems ?? []).map(heldLine),
    subTotal: cents(row.SubTotal),
    totalTax: cents(row.TotalTax),
    total: cents(row.Total),
    modifiedAt: parseXeroInstant(row.UpdatedDateUTC ?? '') ?? 0,
    hasAttachments: row.HasAttachments === true,
  };
}

function namesOf(kind: DocumentKind, row: DocumentRow): { number: string; reference: string } {
  if (kind === 'spend-money') return splitReference(row.Reference ?? '');
  return { number: row.InvoiceNumber ?? '', reference: kind === 'bill' ? '' : (row.Reference ?? '') };
}

function heldLine(line: z.infer<typeof Line>): HeldLine {
  const tracking = (line.Tracking ?? []).map(({ Name, Option }) => ({
    category: Name ?? '',
    option: Option ?? '',
  }));
  return {
    id: line.LineItemID ?? '',
    description: line.Description ?? '',
    quantity: plainText(line.Quantity ?? '0'),
    unitAmount: plainText(line.UnitAmount ?? '0'),
    accountCode: line.AccountCode ?? '',
    taxType: line.TaxType ?? '',
    amount: cents(line.LineAmount),
    taxAmount: cents(line.TaxAmount),
    tracking,
  };
}

/** Both spellings say the same day; the readable one is missing from older kinds of answers. */
function dateOf(readable: string | null | undefined, ms: string | null | undefined): string | undefined {
  return parseXeroDate(readable ?? '') ?? parseXeroDate(ms ?? '');
}

function cents(value: DecimalText | null | undefined): DecimalText {
  return toCents(decimal(value ?? '0'));
}
