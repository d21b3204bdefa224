import { z } from 'zod';
import { ContactChoice } from '../../documents/contact-choice.ts';
import { LineInput } from '../../documents/line-input.ts';
import { DateInput, DecimalNumber, Flag, listOf, nested, Text } from '../../wire/input.ts';

/** An invoice or bill as requests give it. */
export const InvoiceInput = z.object({
  InvoiceID: Text,
  Type: Text,
  InvoiceNumber: Text,
  Reference: Text,
  Contact: nested(ContactChoice),
  Date: DateInput,
  DueDate: DateInput,
  ExpectedPaymentDate: DateInput,
  PlannedPaymentDate: DateInput,
  Status: Text,
  LineAmountTypes: Text,
  LineItems: listOf(LineInput),
  CurrencyCode: Text,
  CurrencyRate: DecimalNumber,
  SubTotal: DecimalNumber,
  TotalTax: DecimalNumber,
  Total: DecimalNumber,
  RoundingAmount: DecimalNumber,
  SentToContact: Flag,
  BrandingThemeID: Text,
  Url: Text,
});
export type InvoiceInput = z.infer<typeof InvoiceInput>;
