import { z } from 'zod';
import { minutesOf } from './duration.ts';
import { Day } from './work-records.ts';

/** `02:30`, read as minutes. */
export const Hours = z.string().transform((text, context) => {
  const minutes = minutesOf(text);
  if (minutes !== undefined) return minutes;
  context.addIssue({ code: 'custom', message: 'Hours are written HH:MM' });
  return z.NEVER;
});

export const BillStatus = z.enum(['Billable', 'Non Billable']).transform((status) => status === 'Billable');

/** A log as the API takes it. Written as `bill_status`, read as `billing_status`. */
export const NewLogBody = z.object({
  date: Day,
  bill_status: BillStatus.default(true),
  hours: Hours,
  notes: z.string().default(''),
  owner_zpuid: z.string().optional(),
  module: z.object({ type: z.enum(['task', 'issue', 'general']), id: z.string().optional() }),
  log_name: z.string().optional(),
});

export const LogChangeBody = z.object({
  date: Day.optional(),
  bill_status: BillStatus.optional(),
  hours: Hours.optional(),
  notes: z.string().optional(),
  owner_zpuid: z.string().optional(),
  log_name: z.string().optional(),
});
