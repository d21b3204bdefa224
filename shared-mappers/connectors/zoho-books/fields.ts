import { z } from 'zod';
import { plainText } from '../../model/billing/decimal.ts';
import type { CalendarDate, DecimalText } from '../../model/billing/money.ts';

/** Ids of 19 digits as text; empty where there is none. */
export const BooksId = z.string();

/** An empty text is what the books say for "none". */
export const Text = z
  .string()
  .nullish()
  .transform((text) => text || undefined)
  .catch(undefined);

/** A JSON number, which http/exact-json.ts has read by its digits. */
export const Amount: z.ZodType<DecimalText> = z
  .string()
  .regex(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/)
  .transform((digits) => plainText(digits));

/** `2026-06-09` */
export const Day: z.ZodType<CalendarDate> = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const Currency = z.string().regex(/^[A-Z]{3}$/);

export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .nullish()
  .transform((flag) => flag === true);
