import { z } from 'zod';

/** Which of the pack's steps an app has: an app for one client is best kept to what that client uses. */
export const PATTERNS = ['contacts', 'billing', 'all'] as const;

/** What is fixed when an app is built for one client. */
export const preset = z.strictObject({
  pattern: z.enum(PATTERNS).default('all'),
  /** Text of a recipe `contact-sync/v1`: the steps then have no field for it. */
  recipe: z.string().min(1).optional(),
  /** Text of a recipe `campaign-activity/v1`, likewise. */
  activity: z.string().min(1).optional(),
  /** Text of a recipe `milestone-invoice/v1` with its account map inside, likewise. */
  milestones: z.string().min(1).optional(),
  /** Text of a recipe `expenses/v1`, likewise. */
  expenses: z.string().min(1).optional(),
  /** Text of a recipe `zoho-invoice/v1`, likewise. */
  invoices: z.string().min(1).optional(),
  /** Text of a recipe `time-entries/v1`, likewise. */
  time: z.string().min(1).optional(),
});

export type Preset = z.output<typeof preset>;
export type PresetInput = z.input<typeof preset>;
