import { z } from 'zod';
import { ContactChoice } from '../../documents/contact-choice.ts';
import { LineInput } from '../../documents/line-input.ts';
import { DateInput, DecimalNumber, Flag, listOf, nested, Text } from '../../wire/input.ts';

/** Money spent or received as requests give it. */
export const BankTransactionInput = z.object({
  BankTransactionID: Text,
  Type: Text,
  Contact: nested(ContactChoice),
  BankAccount: nested(z.object({ AccountID: Text, Code: Text })),
  Reference: Text,
  Date: DateInput,
  Status: Text,
  IsReconciled: Flag,
  LineAmountTypes: Text,
  LineItems: listOf(LineInput),
  CurrencyCode: Text,
  CurrencyRate: DecimalNumber,
  Total: DecimalNumber,
  Url: Text,
});
export type BankTransactionInput = z.infer<typeof BankTransactionInput>;
