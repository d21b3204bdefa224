import { z } from 'zod';
import { DecimalNumber, listOf, Text } from '../wire/input.ts';

/** A line as requests give it. */
export const LineInput = z.object({
  LineItemID: Text,
  Description: Text,
  Quantity: DecimalNumber,
  UnitAmount: DecimalNumber,
  ItemCode: Text,
  AccountCode: Text,
  AccountID: Text,
  TaxType: Text,
  TaxAmount: DecimalNumber,
  LineAmount: DecimalNumber,
  DiscountRate: DecimalNumber,
  DiscountAmount: DecimalNumber,
  Tracking: listOf(z.object({ TrackingCategoryID: Text, TrackingOptionID: Text, Name: Text, Option: Text })),
});
export type LineInput = z.infer<typeof LineInput>;
export type TrackingInput = NonNullable<LineInput['Tracking']>[number];
