import { z } from 'zod';

/** A date and time as the editor, or an expression, gives it. */
export const moment = z
  .union([z.string(), z.date(), z.number()])
  .transform((given) => new Date(given).getTime())
  .refine((at) => Number.isFinite(at), { error: 'must be a date and time' });
