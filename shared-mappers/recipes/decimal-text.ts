import { z } from 'zod';

/** A decimal number, written as one or in quotes; read as text, so that no amount becomes a floating-point number. */
export const decimalText = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, { error: 'Write a plain number: 150 or 150.25' }));

/** `2026-07-01`. */
export const calendarDate = z.iso.date({ error: 'Write a day as 2026-07-01' });
